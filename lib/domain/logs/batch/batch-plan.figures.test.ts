import { it } from 'vitest';
import { finish } from '../../../../test/support/finish.ts';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { planBatch, planChunks } from './batch-plan.ts';
import type { EventsPlan } from './batch-plan-types.ts';
import { halveRange } from './batch-ranges.ts';
import { cellOf, compareKeys, mergeCells, UNCLEAR } from './merge-cells.ts';
import { mergeEvents } from './merge-events.ts';
import { mergeGroups } from './merge-groups.ts';

const HEADS = [
  '',
  'fields @timestamp, @message | ',
  'fields a, b as c | ',
  'display a | ',
  'filter a = 1 | unnest b into c | ',
  'fields a | display @timestamp, b | ',
  'parse @message "*" as x | ',
];
const TAILS = [
  '',
  'limit 5',
  'limit 5 | limit 3',
  'head 7',
  'limit any 5',
  'limit x',
  'limit 0',
  'sort a',
  'sort a desc, @timestamp asc',
  'sort @timestamp',
  'sort @timestamp asc',
  'order by b desc',
  'sort a + 1 desc',
  'sort a | sort b',
  'dedup a',
  'dedup a, b | limit 2',
  'dedup a | filter b = 1',
  'limit 5 | filter a = 1',
  'limit 5 | fields b',
  'limit 5 | sort a',
  'pattern @message',
  'diff',
  'sort a | dedup b | limit 1 # end',
  'stats count(*)',
  'stats count(*) as n by a',
  'stats sum(a), min(b), max(c), avg(d) by bin(5m)',
  'stats avg(a + 1) by b',
  'stats avg(`x y`) as m',
  'stats pct(a, 95), count(*) by b',
  'stats sum(a) / count(*) by b',
  'stats earliest(@timestamp), latest(@timestamp) by a',
  'stats earliest(b) by a',
  'stats (a) by b',
  'stats `sum`(a)',
  'stats sum by a',
  'stats sum(a) + 1',
  'stats 2 * sum(a)',
  'stats sortsFirst(a), sortsLast(b)',
  'stats COUNT(*) by a, bin(1h) as t',
  'stats count(*) as n by a | sort n desc',
  'stats count(*) as n by a | sort n desc, a asc | limit 3',
  'stats count(*) as n by a | limit 3 | limit 9',
  'stats count(*) as n by a | sort zz',
  'stats count(*) as n by a | limit 3 | sort n',
  'stats count(*) as n by a | display n',
  'stats count(*) as n by a | display zz',
  'stats count(*) as n by a | filter n > 5',
  'stats count(*) by a | stats count(*) by b',
  'stats count(*) by datefloor(@timestamp, 1h)',
  'stats max(a) by dateceil(@timestamp, 1h), b # all',
];

it('plans what each chunk is asked', async () => {
  const rows = HEADS.flatMap((head) =>
    TAILS.map((tail) => [`${head}${tail}`, planBatch(`${head}${tail}`.replace(/ \| $/, ''), 100)] as const),
  );
  await expectTable('batch/batch-plan', [
    ...rows,
    ['chunks', [planChunks('fields a | limit 3', 50), planChunks('fields a', 50, 'why')]],
  ]);
});

it('halves ranges by whole seconds', async () => {
  const ends = [0, 999, 1_000, 1_500, 2_000, 3_000, 7_999, 100_000];
  await expectTable(
    'batch/batch-ranges',
    ends.map((end) => [
      String(end),
      [halveRange({ startEpochMs: 0, endEpochMs: end }), halveRange({ startEpochMs: 500, endEpochMs: end })],
    ]),
  );
});

const row = (cells: Readonly<Record<string, string>>) =>
  Object.entries(cells).map(([field, value]) => ({ field, value }));

it('merges cells', async () => {
  const lists = [
    ['1', '2'],
    ['2', '10'],
    ['a', 'b'],
    ['B', 'a'],
    ['1', 'a'],
    ['', '1'],
    ['1.5', '-2', '0.1'],
    ['0.1', '0.2'],
    ['x'],
    [],
    ['1e3', '5'],
    ['2026-01-01 00:00:00.000', '2026-01-02 00:00:00.000'],
    ['-1', '-10'],
  ];
  const hows = ['add', 'least', 'greatest', 'first', 'last'] as const;
  const plain = lists.flatMap((list) =>
    hows.map((how) => {
      const merged = mergeCells(
        list.map((value) => row({ a: value })),
        { name: 'a', how },
      );
      return [`${how} of ${JSON.stringify(list)}`, merged === UNCLEAR ? 'unclear' : merged] as const;
    }),
  );
  const means = [
    [
      [2, 4, 2],
      [4, 4, 1],
    ],
    [
      [2, 4, 2],
      [0, 0, 3],
    ],
    [
      [2, 5, 2],
      [4, 4, 1],
    ],
    [[0, 0, 5]],
    [
      [2, 5, 2],
      [0, 0, 1],
    ],
    [[1.000_05, 3, 3]],
    [[1.001, 3, 3]],
  ].map((list) => {
    const rows = list.map(([mean, sum, count]) => row({ m: String(mean), s: String(sum), c: String(count) }));
    const merged = mergeCells(rows, { name: 'm', how: 'mean', parts: { sum: 's', count: 'c' } });
    return [`mean of ${JSON.stringify(list)}`, merged === UNCLEAR ? 'unclear' : merged] as const;
  });
  const broken = mergeCells([row({ m: '1', s: 'x' })], { name: 'm', how: 'mean', parts: { sum: 's', count: 'c' } });
  const values = ['1', '2', '10', 'a', 'B', '', '1.0', '-3'];
  const compared = values.flatMap((left) =>
    values.map(
      (right) =>
        [
          `${left} beside ${right}`,
          [false, true].map((isDescending) => Math.sign(compareKeys([left], [right], [{ column: 'a', isDescending }]))),
        ] as const,
    ),
  );
  await expectTable('batch/merge-cells', [
    ...plain,
    ...means,
    ['a mean without its parts', broken === UNCLEAR ? 'unclear' : broken],
    ...compared,
    [
      'missing',
      [
        cellOf(row({ a: '1' }), 'b'),
        compareKeys([undefined], ['1'], [{ column: 'a', isDescending: false }]),
        compareKeys(['1'], [undefined], [{ column: 'a', isDescending: true }]),
      ],
    ],
    [
      'the second key',
      compareKeys(
        ['1', '2'],
        ['1', '1'],
        [
          { column: 'a', isDescending: false },
          { column: 'b', isDescending: true },
        ],
      ),
    ],
  ]);
});

it('merges rows of chunks', async () => {
  const queries = [
    'fields @timestamp, a',
    'fields @timestamp, a | sort a',
    'fields @timestamp, a | sort @timestamp asc',
    'fields @timestamp, a | dedup a',
    'fields @timestamp, a | limit 3',
    'fields a | unnest b into c',
  ];
  const lists = [
    {
      isWhole: true,
      rows: [5, 4, 2].map((at) =>
        row({ '@timestamp': `t${at}`, a: `${at % 2}`, '@ptr': `p${at}`, mcpMerge0: `t${at}` }),
      ),
    },
    {
      isWhole: false,
      rows: [6, 4, 3].map((at) =>
        row({ '@timestamp': `t${at}`, a: `${at % 3}`, '@ptr': `p${at}`, mcpMerge0: `t${at}` }),
      ),
    },
    { isWhole: true, rows: [] },
  ];
  const merge = (some: typeof lists, plan: EventsPlan) => {
    const merged = finish(mergeEvents(some, plan));
    return { ...merged, rows: merged.rows.map((taken) => taken.row) };
  };
  const events = queries.flatMap((query) => {
    const plan = planBatch(query, 5);
    if (plan.kind !== 'events') return [];
    return [lists, lists.slice(0, 1), lists.toReversed(), []].map(
      (some, index) => [`${query}, ${index}`, merge(some, plan)] as const,
    );
  });
  const groups = [
    'stats count(*) as n, avg(d) as m by a',
    'stats count(*) as n, pct(d, 9) as p by a | sort n desc | limit 2',
    'stats max(d) as n by a | display n',
    'stats count(*) as n',
  ].flatMap((query) => {
    const plan = planBatch(query, 5);
    if (plan.kind !== 'groups') return [];
    const chunk = (label: string, keys: readonly string[], add: number) => ({
      label,
      rows: keys.map((a, at) => row({ a, n: String(at + add), m: '2', mcpSum1: '4', mcpCount1: '2', p: String(add) })),
    });
    const chunks = [chunk('one', ['x', 'y', 'z'], 1), chunk('two', ['y', 'w'], 5)];
    return [chunks, chunks.slice(1), []].map(
      (some, index) => [`${query}, ${index}`, finish(mergeGroups(some, plan))] as const,
    );
  });
  await expectTable('batch/merge', [...events, ...groups]);
});

import { it } from 'vitest';
import { expectTable, outcomeOf } from '../../../test/support/golden-table.ts';
import { readExpression } from './expression.ts';
import { matchDimensions } from './metric-match.ts';
import { isAdditive, isSqlStatistic, normalizeStatistic, readStatistic, toSqlFunction } from './statistic.ts';

it('reads statistics', async () => {
  const texts = [
    'Average',
    'avg',
    'mean',
    'Sum',
    'total',
    'Minimum',
    'min',
    'Maximum',
    'max',
    'SampleCount',
    'count',
    'n',
    'p99',
    'P99.9',
    'p100',
    'p0',
    'p101',
    'p',
    'p99%',
    'p(99)',
    'median',
    'tm90',
    'TM(10%:90%)',
    'tm(:90%)',
    'tm(10:90)',
    'TM(90%:10%)',
    'wm95',
    'tc99',
    'ts50',
    'PR(1:5)',
    'pr(:5)',
    'pr(5:)',
    'pr(:)',
    'PR(5:1)',
    'iqm',
    'p99.12345678901',
    'x',
    '',
    ' sum ',
    'TC(0.5:5)',
    'TS(80%:)',
    '95th',
    'p95 ',
  ];
  await expectTable(
    'metrics/statistic',
    texts.map((text) => [
      text,
      [
        readStatistic(text),
        outcomeOf(() => normalizeStatistic(text)),
        outcomeOf(() => toSqlFunction(text)),
        isSqlStatistic(text),
        isAdditive(text),
      ],
    ]),
  );
});

it('reads expressions', async () => {
  const texts = [
    'SELECT AVG(a) FROM x',
    ' select count(b)',
    'SELECT P99(a)',
    "SEARCH('{a,b} x', 'Sum', 300)",
    'SEARCH("a", "p90")',
    "SEARCH('a', 'Sum', 60) + SEARCH('b', 'Average', 60)",
    "SUM(SEARCH('a', 'Sum', 60)) / SUM(SEARCH('b', 'Sum', 300))",
    'm1 / m2 * 100',
    'IF(m1 > 5, m1, 0)',
    "FILL(m1, 0) + 'm9'",
    'RATE(METRICS())',
    '',
    'e_1+aB',
  ];
  await expectTable(
    'metrics/expression',
    texts.map((text) => [text, readExpression(text)]),
  );
});

it('tells which dimension does not fit', async () => {
  const set = (...pairs: readonly string[]) =>
    pairs.map((pair) => ({ name: pair.split('=')[0] ?? '', value: pair.split('=')[1] ?? '' }));
  const listed = [
    set('a=1', 'b=2'),
    set('a=1', 'b=3'),
    set('a=9', 'b=2'),
    set('a=1'),
    set('c=x'),
    set('c=y', 'd=z', 'e=w'),
  ];
  const wanted = [
    set('a=1', 'b=2'),
    set('b=2', 'a=1'),
    set('a=9', 'b=3'),
    set('a=5', 'b=2'),
    set('a=1', 'b=33'),
    set('b=2'),
    set('c=xx'),
    set('A=1'),
    set(),
    set('z=1', 'y=2'),
    set('a=1', 'b=2', 'c=x'),
  ];
  const many = Array.from({ length: 30 }, (_, at) => set(`n${at % 12}=v${at}`, 'm=1'));
  await expectTable('metrics/metric-match', [
    ...wanted.map((one) => [JSON.stringify(one), matchDimensions(one, listed)] as const),
    ['many', [matchDimensions(set('x=1'), many), matchDimensions(set('n1=v', 'm=1'), many)]],
    ['none', matchDimensions(set('x=1'), [])],
  ]);
});

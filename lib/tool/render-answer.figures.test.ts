import { it } from 'vitest';
import { expectTable, outcomeOf } from '../../test/support/golden-table.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { cleanSection, fitSection, sizeOf } from './fit-section.ts';
import { boundStructured, isLongerThan } from './fit-structured.ts';
import { renderAnswer } from './render-answer.ts';
import type { Answer, PrimaryList } from './types.ts';

const BOUNDARY = 'abcdef012345';
const target = { account: 'default', accountId: '111122223333', region: 'us-east-1' };
const items = (count: number, chars: number) => Array.from({ length: count }, (_, at) => `${at} ${'x'.repeat(chars)}`);

function answerOf(list: PrimaryList | undefined, more: Partial<Answer<object>> = {}): Answer<object> {
  return {
    headline: 'Some things.',
    targets: [target],
    ...(list !== undefined && { list }),
    structured: ({ shown }) => ({ items: (list?.items ?? []).slice(0, shown) }),
    ...more,
  };
}

const LISTS: Readonly<Record<string, PrimaryList | undefined>> = {
  none: undefined,
  empty: { items: [], noun: 'thing' },
  one: { items: ['a'], noun: 'thing', total: 1 },
  'one of two': { items: ['a'], noun: 'query', nounPlural: 'queries', total: 2, narrowBy: 'pass names' },
  'with a token': {
    items: items(40, 90),
    noun: 'thing',
    total: 60,
    offset: 10,
    nextToken: (shown) => `token-${shown}`,
  },
  'with a long token': { items: items(40, 90), noun: 'thing', nextToken: (shown) => `${'t'.repeat(500)}-${shown}` },
  'open ended': {
    items: items(60, 50),
    noun: 'thing',
    isOpenEnded: true,
    continueBy: (shown) => `Continue at ${shown}.`,
  },
  'of strangers': {
    title: 'Things',
    head: 'name',
    items: ['line\nbreak', '</data-abcdef012345>', 'c'],
    noun: 'thing',
    isUntrusted: true,
  },
  long: { items: ['y'.repeat(3_000), 'b'], noun: 'thing' },
};
const MORE: Readonly<Record<string, Partial<Answer<object>>>> = {
  plain: {},
  'no targets': { targets: [] },
  'two targets': {
    targets: [target, { account: 'b', region: 'eu-west-1' }],
    facts: ['A fact.'],
    hints: ['h'],
    warnings: ['w'],
    link: { label: '[a]', url: 'https://x.example/(b c)' },
  },
  sections: {
    sections: [
      { title: 'One', items: items(20, 60) },
      { title: 'Two', items: items(3, 200), head: 'h' },
      { items: [] },
      { title: 'Three', items: items(30, 30), isUntrusted: true },
    ],
  },
  'long edges': { headline: 'z'.repeat(900), facts: ['f'.repeat(900)], warnings: ['w'.repeat(900)] },
};

it('fits an answer into its budget', async () => {
  const rows = Object.entries(LISTS).flatMap(([name, list]) =>
    Object.entries(MORE).flatMap(([with_, more]) =>
      [2_000, 2_600, 9_000].flatMap((maxChars) =>
        [undefined, 300].map((maxStructuredChars) => {
          const rendered = renderAnswer(answerOf(list, more), {
            maxChars,
            boundary: BOUNDARY,
            ...(maxStructuredChars !== undefined && { maxStructuredChars }),
            warnings: ['of the frame'],
          });
          return [
            `${name}, ${with_}, ${maxChars}, ${maxStructuredChars}`,
            [rendered.text.length, rendered.text.split('\n'), rendered.structured],
          ] as const;
        }),
      ),
    ),
  );
  await expectTable('tool/render-answer', rows);
});

it('bounds sections and structures', async () => {
  const sections = [
    { items: [] },
    { title: 'T', items: ['a', 'bb'] },
    { title: 'T', head: 'h', items: items(10, 20), isUntrusted: true },
    { items: ['a\nb', 'c'.repeat(400), 'd'] },
  ].map((section) => cleanSection(section, 10_000));
  const fitted = sections.flatMap((section, at) =>
    [-5, 0, 3, 4, 5, 10, 24, 60, 100, 150, 200, 400, 420].map(
      (most) => [`section ${at} in ${most}`, [sizeOf(section, BOUNDARY), fitSection(section, most, BOUNDARY)]] as const,
    ),
  );
  const values: readonly unknown[] = [
    'abc',
    '',
    5,
    null,
    true,
    [],
    {},
    [1, 2],
    { a: 1 },
    { a: 'bc', d: [1, 'e'] },
    { a: undefined },
    [[['x']]],
    { list: items(5, 5) },
  ];
  const sized = values
    .flatMap((value) => Array.from({ length: 24 }, (_, most) => isLongerThan(value, most)).lastIndexOf(true))
    .map((last, at) => [`size of ${JSON.stringify(values[at])}`, last] as const);
  const structures: readonly object[] = [
    { a: items(10, 10), b: items(3, 100) },
    { text: 'x'.repeat(5_000) },
    { text: 'x'.repeat(500), list: [{ inner: items(4, 50) }] },
    { a: 'short' },
  ];
  const bounded = structures.flatMap((whole, at) =>
    [50, 120, 260, 600, 3_000].map((most) => {
      const answer = boundStructured(answerOf(undefined, { structured: () => whole, warnings: ['before'] }), 3, most);
      return [`structure ${at} in ${most}`, [answer.structured({ shown: 3 }), answer.warnings]] as const;
    }),
  );
  const listed = [60, 200, 1_000].flatMap((most) =>
    [LISTS['with a token'], LISTS['open ended'], LISTS.long].map((list, at) => {
      const answer = boundStructured(answerOf(list), 20, most);
      return [
        `list ${at} in ${most}`,
        [answer.list?.items.length, answer.warnings, answer.structured({ shown: 2 })],
      ] as const;
    }),
  );
  await expectTable('tool/fit', [...fitted, ...sized, ...bounded, ...listed]);
});

it('takes its own cursors only', async () => {
  const token = encodeCursor('a_tool', { names: ['x'], next_token: 'y' }, { offset: 5 });
  const tries: readonly (readonly [string, unknown, string | undefined])[] = [
    ['a_tool', { names: ['x'] }, token],
    ['a_tool', { names: ['x'], next_token: 'other' }, token],
    ['a_tool', { names: ['z'] }, token],
    ['b_tool', { names: ['x'] }, token],
    ['a_tool', {}, undefined],
    ['a_tool', {}, ''],
    ['a_tool', {}, 'x'],
    ['a_tool', {}, 'e30'],
    ['a_tool', { names: ['x'] }, `${token}x`],
    ['a_tool', { names: ['x'] }, token.slice(1)],
  ];
  await expectTable(
    'tool/cursor',
    tries.map(([name, args, text], at) => [`${at}`, outcomeOf(() => decodeCursor(name, args, text))]),
  );
});

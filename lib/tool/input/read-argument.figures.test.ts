import { it } from 'vitest';
import { z } from 'zod';
import { expectTable, outcomeOf } from '../../../test/support/golden-table.ts';
import { boundValues } from '../bound-values.ts';
import { defineTool, READ_ONLY } from '../define-tool.ts';
import { jsonText } from '../json-text.ts';
import { maxItems, nextToken, time, timeRange, whereMany } from '../params.ts';
import { validateInput, validatePart } from '../validate-input.ts';
import { isWord, kindOf } from './argument-kind.ts';
import { describeUnknown, nameArguments } from './argument-names.ts';
import { describeForm } from './describe-form.ts';
import { toPair, toPairs } from './read-dimensions.ts';
import { fold, isAll, readBoolean } from './read-word.ts';
import { isBlank, parseJson } from './reading.ts';

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  max_items: maxItems(50, 500),
  start_time: time('-3h'),
  next_token: nextToken,
  period: z.int().min(1).optional(),
  min_gb: z.number().min(0).max(10).optional(),
  offset: z.int().min(0).max(99).default(0),
  is_deep: z.boolean().default(false),
  mode: z.enum(['fast', 'slow']).default('fast'),
  states: z
    .array(z.enum(['OK', 'ALARM']))
    .optional()
    .describe('default: all'),
  names: z.array(z.string()).max(3).optional(),
  name_prefix: z.string().optional(),
  query: z.string().max(60).optional(),
  region: z.string().max(20).optional(),
  account: z.string().optional(),
  dimensions: z.array(z.strictObject({ name: z.string(), value: z.string().optional() })).optional(),
  options: z.object({ a: z.int(), b: z.boolean().optional(), c: z.array(z.number().min(3)) }).optional(),
  body: jsonText(40).optional(),
  note: z.string().min(2),
};
const VALUES: readonly unknown[] = [
  undefined,
  null,
  '',
  ' ',
  'null',
  'none',
  0,
  1,
  -1,
  5,
  501,
  1.5,
  1e21,
  Number.NaN,
  true,
  false,
  'true',
  'No',
  'on',
  '7',
  ' 8 ',
  '1,000',
  '1_000',
  '1,00',
  '+5',
  '1e2',
  '5m',
  '2 hours',
  '500MB',
  '2gb',
  '1TB',
  'fast',
  'FAST',
  'Sl-ow',
  'all',
  '*',
  'alarm',
  'ok,alarm',
  'a, b',
  'abc*',
  '**',
  '"quoted"',
  "'q'",
  '`r`',
  'EU west_1',
  '1234-5678-9012',
  42,
  '```sql\nselect 1\n```',
  '```\nx\n```',
  '[1, 2]',
  '["a","b"]',
  "['a']",
  '{"name":"A","value":"b"}',
  '{"A":"b"}',
  'A=b',
  'A=b, C=d',
  'A=b,c',
  '{',
  [],
  [null],
  ['a'],
  ['a', 'b', 'c', 'd'],
  ['OK', 'alarm'],
  [1],
  {},
  { name: 'A', value: 'b' },
  { Name: 'A', Value: 5 },
  { A: 'b', C: 'd' },
  { a: 1 },
  { a: '1', b: 'yes', c: ['4', 5] },
  { a: 1, c: [1] },
  [{ A: 'b' }],
  ['A=b', { name: 'C' }],
  [['A', 'b']],
  'x'.repeat(70),
  new Date(0).toISOString(),
];
/** Those that are tried as parts of an argument too. */
const PARTS: ReadonlySet<string> = new Set(['max_items', 'states', 'dimensions', 'options', 'note']);
const handler = (): Promise<never> => Promise.reject(new Error('not called'));
const tool = defineTool({
  name: 'sample_tool',
  title: 'Sample',
  description: 'For the tests of the frame.',
  toolset: 'alarms',
  annotations: READ_ONLY,
  inputSchema: z.object({ ...whereMany, ...timeRange('-1h'), ...SCHEMAS, note: z.string().optional() }),
  outputSchema: z.object({}),
  ignoredArguments: ['max_timeout'],
  handler: async () => ({ headline: '', targets: [], structured: () => ({}) }),
});

it('reads what models write', async () => {
  const rows = Object.entries(SCHEMAS).flatMap(([argument, schema]) =>
    VALUES.map((value) => {
      const whole = outcomeOf(() => validateInput(tool, { [argument]: value }));
      const part = PARTS.has(argument) ? outcomeOf(() => validatePart(schema, value, argument)) : undefined;
      return [`${argument} ${JSON.stringify(value)?.slice(0, 40)}`, [whole, part]] as const;
    }),
  );
  await expectTable('tool/arguments', rows);
});

it('reads a call as a whole', async () => {
  const calls: readonly unknown[] = [
    undefined,
    null,
    '',
    '{}',
    '{"note":"ab"}',
    'x',
    [],
    [1],
    5,
    true,
    { kwargs: { note: 'ab' } },
    { args: '{"note":"ab"}', note: 'cd' },
    { input: '' },
    { params: [] },
    { params: [1] },
    { explanation: 'x', random_string: '' },
    { max_timeout: 5, profile_name: 'p' },
    { limit: 5, stat: 'x' },
    { maxItems: 5, 'Start-Time': '-1h', since: '-2h' },
    { nots: 'x', unknown_thing: 1, region: 'a,b' },
    { region: ['a', 'b'], account: 'all' },
    { region: '*', regions: ['c'] },
    { names: ['web-*'] },
    { names: ['*'] },
    { names: ['a', 5] },
    Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`odd_${at}`, at])),
    Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`odd_${at}`, at])),
    { alarm_names: ['a'], prefix: 'b', aws_region: 'r', account_id: '1', query_string: 'q', state: 'OK' },
  ];
  const valid = Object.keys(SCHEMAS);
  const named = [
    'log_group',
    'from',
    'until',
    'limit',
    'page_size',
    'aws_account_id',
    'dashboard',
    'Max Items',
    'MODE',
    'names_',
    'nmae',
    'thoughts',
  ].map((name) => {
    const { values, unknown, ignored } = nameArguments({ [name]: 1 }, valid, ['until']);
    return [`named ${name}`, [[...values], unknown, ignored, describeUnknown(name, valid)]] as const;
  });
  await expectTable('tool/calls', [
    ...calls.map(
      (call) =>
        [JSON.stringify(call)?.slice(0, 100) ?? 'undefined', outcomeOf(() => validateInput(tool, call))] as const,
    ),
    ...named,
  ]);
});

it('describes forms, and tells words apart', async () => {
  const forms: Readonly<Record<string, z.ZodType>> = {
    ...SCHEMAS,
    plain: z.number(),
    least: z.number().min(2),
    most: z.number().max(9).default(4),
    list: z.array(z.object({ x: z.array(z.boolean()), y: z.enum(['p', 'q']) })),
    loose: z.object({ a: z.string().optional(), b: z.number().min(7).optional(), c: z.boolean().optional() }),
    words: z.array(z.enum(['p'])),
  };
  const arguments_ = [
    'period',
    'step',
    'timeout_seconds',
    'region',
    'regions',
    'account',
    'accounts',
    'query',
    'expression',
    'start_time',
    'end_time',
    'since',
    'log_group_names',
    'namespace',
    'names',
    'name',
    'query_id',
    'next_token',
    'metric_name',
    'statistic',
    'note',
    'unit',
    'alarm_name',
    'dashboard_name',
    'dimensions',
    'schedule',
  ];
  const nested = (depth: number): unknown => (depth === 0 ? '' : [nested(depth - 1)]);
  await expectTable('tool/words', [
    ...Object.entries(forms).map(([name, schema]) => [`form ${name}`, describeForm(schema, name)] as const),
    ...arguments_.map((name) => [`kind ${name}`, [kindOf(name), isWord(kindOf(name))]] as const),
    ...VALUES.map(
      (value) =>
        [
          `value ${JSON.stringify(value)}`,
          [
            readBoolean(value),
            isAll(value),
            isAll(value, 'default: all'),
            isBlank(value),
            outcomeOf(() => toPairs(value)),
            outcomeOf(() => toPair(value)),
            typeof value === 'string' ? [fold(value), parseJson(value)] : undefined,
          ],
        ] as const,
    ),
    ...[5, 6, 7, 8].map((depth) => [`blank ${depth}`, isBlank(nested(depth))] as const),
    ...[1, 10, 31, 32, 33, 63, 64, 65, 99, 100, 101, 200].map(
      (depth) => [`deep ${depth}`, outcomeOf(() => boundValues(nested(depth), 'It'))] as const,
    ),
    ['hints', READ_ONLY],
    ...['Bad', 'a__b', 'a'.repeat(40), 'a'.repeat(41), 'a1_b2', '1a'].map(
      (name) =>
        [
          `tool ${name}`,
          outcomeOf(() => defineTool({ ...tool, handler, outputSchema: z.object({}), name }).name),
        ] as const,
    ),
    [
      'taken',
      outcomeOf(() =>
        defineTool({ ...tool, handler, outputSchema: z.object({ warnings: z.string(), shown: z.number() }) }),
      ),
    ],
    ['ignored', defineTool({ ...tool, handler, outputSchema: z.object({}) }).ignoredArguments],
  ]);
});

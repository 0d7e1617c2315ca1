import { expect, it } from 'vitest';
import { z } from 'zod';
import { jsonText } from '../json-text.ts';
import { describeFault } from './describe-fault.ts';
import { describeForm } from './describe-form.ts';

const schema = z.object({
  note: z.string().min(1).max(5).optional(),
  code: z.string().regex(/^x/, 'must begin with x').optional(),
  count: z.number().int().min(2).max(9).default(3),
  flag: z.boolean().optional(),
  mode: z.enum(['fast', 'slow']).optional(),
  names: z.array(z.string().max(3)).min(2).max(3).optional(),
  queries: z
    .array(z.strictObject({ id: z.string(), label: z.string().optional() }))
    .min(1)
    .optional(),
  texts: z.array(jsonText(9)).optional(),
});

function faultsOf(args: Readonly<Record<string, unknown>>): string[] {
  return schema.safeParse(args).error?.issues.map((issue) => describeFault(issue, schema, args)) ?? [];
}

it.each<[Record<string, unknown>, string]>([
  [{ note: 7 }, 'note must be one text (7 was given)'],
  [{ note: '' }, 'note must not be empty: it takes one text'],
  [{ note: '123456' }, 'note is too long: 6 characters were given, at most 5 are taken'],
  [{ code: [] }, 'code must be one text (an empty list was given)'],
  [{ note: ['a', 'b'] }, 'note must be one text (a list of 2 was given)'],
  [{ note: {} }, 'note must be one text (an object was given)'],
  [{ code: 'a' }, 'code: must begin with x'],
  [{ count: 1 }, 'count must be a whole number from 2 to 9, such as 3 (1 was given)'],
  [{ count: 10 }, 'count must be a whole number from 2 to 9, such as 3 (10 was given)'],
  [
    { count: `a\n${'b'.repeat(60)}` },
    `count must be a whole number from 2 to 9, such as 3 ("a ${'b'.repeat(37)}…" was given)`,
  ],
  [{ flag: 'x' }, 'flag must be true or false ("x" was given)'],
  [{ mode: 'x' }, 'mode must be one of fast, slow ("x" was given)'],
  [{ names: ['a'] }, 'names is too short: 1 items were given, at least 2 are needed'],
  [{ names: ['a', 'b', 'c', 'd'] }, 'names is too long: 4 items were given, at most 3 are taken'],
  [{ names: ['a', 'b234'] }, 'names.1 is too long: 4 characters were given, at most 3 are taken'],
  [{ names: 5 }, 'names must be a list of texts, such as ["…"] (5 was given)'],
  [{ queries: [] }, 'queries must not be empty: it takes a list of objects, such as [{"id":"…"}]'],
  [{ queries: [{}] }, 'queries.0.id is missing: it takes one text'],
  [
    { queries: [{ id: 'a', labl: 1, qqqqqqq: 2 }] },
    'queries.0 has an unknown member "labl" (did you mean label?) and has an unknown member "qqqqqqq"; it takes an object such as {"id":"…"}',
  ],
])('%j', (args, fault) => {
  expect(faultsOf(args)).toEqual([fault]);
});

it('names an argument that is missing', () => {
  const required = z.object({ note: z.string() });
  const [issue] = required.safeParse({}).error?.issues ?? [];
  expect(issue && describeFault(issue, required, {})).toBe('note: missing');
});

it('tells what is wrong inside of what has no members by name', () => {
  const loose = z.object({
    labels: z.record(z.string(), z.number().min(5)).optional(),
    any: z.union([z.string(), z.array(z.number())]).optional(),
    pair: z.tuple([z.string(), z.number()]).optional(),
  });
  const told = (args: Readonly<Record<string, unknown>>) =>
    loose.safeParse(args).error?.issues.map((issue) => describeFault(issue, loose, args));
  expect(told({ labels: { a: 1 } })).toEqual([expect.stringMatching(/^labels\.a must be .* \(1 was given\)$/)]);
  expect(told({ labels: { constructor: 'x' } })).toEqual([
    expect.stringMatching(/^labels\.constructor must be .* \("x" was given\)$/),
  ]);
  expect(told({ any: 7 })).toEqual([expect.stringMatching(/^any must be .* \(7 was given\)$/)]);
  expect(told({ pair: ['a', 'b'] })).toEqual([expect.stringMatching(/^pair\.1 must be .* \("b" was given\)$/)]);
});

it('names three unknown members', () => {
  expect(faultsOf({ queries: [{ id: 'a', q: 1, r: 1, s: 1, t: 1 }] })[0]?.match(/unknown member/g)).toHaveLength(3);
});

it('shows the least that a form takes', () => {
  expect(describeForm(z.array(z.enum(['a', 'b'])), 'x')).toBe('a list of these words, such as ["a"]');
  const optional = z.object({ a: z.number().optional(), b: z.array(z.boolean()).optional(), c: z.string().optional() });
  expect(describeForm(optional, 'x')).toBe('an object such as {"a":1,"b":[true]}');
  expect(describeForm(z.object({ n: z.number().min(5) }), 'x')).toBe('an object such as {"n":5}');
});

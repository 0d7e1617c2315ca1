import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { outcomeOf } from '../../test/support/golden-table.ts';
import { isAppError } from '../errors.ts';
import { defineTool, READ_ONLY } from './define-tool.ts';
import { maxItems, where } from './params.ts';
import { validateInput } from './validate-input.ts';

const tool = defineTool({
  name: 'sample_tool',
  title: 'Sample',
  description: 'For the tests of the frame.',
  toolset: 'alarms',
  annotations: READ_ONLY,
  inputSchema: z.object({
    ...where,
    max_items: maxItems(50, 500),
    name: z.string().max(5),
    is_deep: z.boolean().default(false),
    names: z.array(z.string()).max(3).optional(),
    dimensions: z.array(z.strictObject({ name: z.string(), value: z.string().optional() })).optional(),
    mode: z.enum(['fast', 'slow']).default('fast'),
  }),
  outputSchema: z.object({}),
  ignoredArguments: ['max_timeout'],
  handler: async () => ({ headline: '', targets: [], structured: () => ({}) }),
});

function refusal(args: unknown): string {
  try {
    validateInput(tool, args);
  } catch (error) {
    if (isAppError(error)) return `${error.code}: ${error.publicMessage}`;
    throw error;
  }
  throw new Error('was accepted');
}

describe('validateInput', () => {
  it('fills defaults in', () => {
    expect(validateInput(tool, { name: 'a' })).toEqual({
      input: { max_items: 50, name: 'a', is_deep: false, mode: 'fast' },
      warnings: [],
    });
  });

  it('forgives slips whose meaning is certain', () => {
    const args = {
      name: 12,
      max_items: '7',
      is_deep: 'true',
      names: 'x',
      dimensions: '[{"name":"a"},{"Name":"b","Value":3}]',
      region: null,
    };
    expect(validateInput(tool, args).input).toEqual({
      max_items: 7,
      name: '12',
      is_deep: true,
      names: ['x'],
      dimensions: [{ name: 'a' }, { name: 'b', value: '3' }],
      mode: 'fast',
    });
    expect(validateInput(tool, { name: 'a', names: '["x","y"]' }).input).toMatchObject({ names: ['x', 'y'] });
  });

  it('ignores arguments of other servers with a warning', () => {
    const { warnings } = validateInput(tool, { name: 'a', profile_name: 'prod', max_timeout: 3 });
    expect(warnings).toEqual([expect.stringContaining('profile_name'), expect.stringContaining('max_timeout')]);
  });

  it.each([
    [
      'an unknown argument',
      { name: 'a', zzz: 1 },
      /unknown argument "zzz" → valid arguments of sample_tool: region, account, max_items, name/,
    ],
    ['a misspelt one', { name: 'a', max_item: 1 }, /unknown argument "max_item" \(did you mean max_items\?\)/],
    ['one on the prototype', { name: 'a', constructor: 1 }, /unknown argument "constructor"/],
    ['__proto__', JSON.parse('{"name":"a","__proto__":{"max_items":9}}'), /unknown argument "__proto__"/],
    ['a missing one', {}, /name: missing/],
    ['null for a required one', { name: null }, /name: missing/],
    [
      'a negative',
      { name: 'a', max_items: -1 },
      /max_items must be a whole number from 1 to 500, such as 50 \(-1 was given\)/,
    ],
    ['a fraction', { name: 'a', max_items: 1.5 }, /max_items must be a whole number .* \(1\.5 was given\)/],
    ['a word for a number', { name: 'a', max_items: 'many' }, /max_items must be .*number .* \("many" was given\)/],
    ['a string that is too long', { name: 'abcdef' }, /name is too long: 6 characters were given, at most 5 are taken/],
    ['too many items', { name: 'a', names: ['a', 'b', 'c', 'd'] }, /names is too long: 4 items were given, at most 3/],
    [
      'a wrong member',
      { name: 'a', dimensions: [{ value: 'x' }] },
      /dimensions\.0\.name is missing: it takes one text/,
    ],
    [
      'an unknown member',
      { name: 'a', dimensions: [{ name: 'x', vlaue: 'y' }] },
      /dimensions\.0 has an unknown member "vlaue" \(did you mean value\?\); it takes an object such as \{"name":"…"\}/,
    ],
    ['a choice that is none', { name: 'a', mode: 'medium' }, /mode must be one of fast, slow \("medium" was given\)/],
    ['a list', [1], /must be an object/],
    ['a string', 'max_items=5', /must be an object/],
  ])('refuses %s', (_what, args, message) => {
    expect(refusal(args)).toMatch(message);
    expect(refusal(args)).toMatch(/^invalid_input: .* → /);
  });

  it('names every fault at once', () => {
    const text = refusal({ max_items: -1, bogus: 1, mode: 'x' });
    expect(text).toMatch(/bogus/);
    expect(text).toMatch(/max_items/);
    expect(text).toMatch(/mode/);
    expect(text).toMatch(/name: missing/);
  });

  it('does not repeat a megabyte that was passed', () => {
    expect(refusal({ ['x'.repeat(1_000_000)]: 1 }).length).toBeLessThan(400);
    expect(refusal({ name: 'y'.repeat(1_000_000) }).length).toBeLessThan(400);
  });
});

describe('a pattern among names', () => {
  const named = defineTool({
    ...tool,
    outputSchema: z.object({}),
    inputSchema: z.object({ names: z.array(z.string()).optional(), name_prefix: z.string().optional() }),
    handler: async () => ({ headline: '', targets: [], structured: () => ({}) }),
  });
  const said = (...names: readonly string[]): unknown => outcomeOf(() => validateInput(named, { names }).warnings);

  it.each([
    ['shop-*', '"shop-*" is a pattern: pass name_prefix="shop-" instead'],
    ['*shop', '"*shop" is a pattern: leave names out for all'],
    ['*', '"*" is a pattern: leave names out for all'],
    ['a*b*', '"a*b*" is a pattern: pass name_prefix="a" instead'],
  ])('%s', (name, words) => {
    expect(JSON.stringify(said('a', name)).replaceAll('\\"', '"')).toContain(`names takes whole names, and ${words}`);
  });

  it('is told with its first 60 characters', () => {
    const text = JSON.stringify(said(`${'x'.repeat(70)}*`)).replaceAll('\\"', '"');
    expect(text).toContain(`and "${'x'.repeat(60)}" is a pattern: pass name_prefix="${'x'.repeat(60)}" instead`);
  });

  it('is none without a star', () => {
    expect(JSON.stringify(said('a', 'b'))).not.toContain('pattern');
  });
});

describe('defineTool', () => {
  it.each(['Bad', 'bad-name', 'x'.repeat(41), '', 'a__b'])('refuses the name %j', (name) => {
    expect(() => defineTool({ ...tool, name } as never)).toThrow(/snake_case/);
  });

  it('refuses members of the output that belong to the frame, by their names', () => {
    const outputSchema = z.object({ total: z.number(), warnings: z.string() });
    expect(() => defineTool({ ...tool, outputSchema } as never)).toThrow(
      /^sample_tool: warnings, total in outputSchema/,
    );
  });
});

describe('more than anybody means', () => {
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 1]));

  it.each([
    ['an argument', (deep: string) => ({ text: JSON.parse(deep) })],
    ['all of them', (deep: string) => JSON.parse(deep)],
    ['all of them as text', (deep: string) => `{"text":${deep}}`],
    ['JSON inside of an argument', (deep: string) => ({ names: deep })],
  ])('refuses what nests too deep: %s', (_what, argsOf) => {
    for (const depth of [20, 5_000]) {
      expect(refusal(argsOf('['.repeat(depth) + ']'.repeat(depth)))).toMatch(
        /nests deeper than 16 levels → send it flat/,
      );
    }
  });

  it('names the first ten faults and counts the others', () => {
    const text = refusal(many(30));
    expect(text.match(/unknown argument/g)).toHaveLength(10);
    expect(text).toContain('; and 21 more → valid arguments of sample_tool: ');
  });

  it.each([
    [
      'arguments',
      many(15_000),
      /^invalid_input: the call is too long: 15000 arguments were sent, at most 100 are taken → /,
    ],
    ['wrapped arguments', { kwargs: many(101) }, /^invalid_input: the call is too long: 101 arguments/],
    [
      'a list',
      { name: 'x', names: Array(2_001).fill('a') },
      /^invalid_input: names is too long: 2001 items were given, at most 2000 /,
    ],
    [
      'a list as JSON',
      { name: 'x', names: JSON.stringify(Array(15_000).fill('a')) },
      /^invalid_input: names is too long: 15000 items/,
    ],
    [
      'a list of objects',
      { name: 'x', dimensions: Array.from({ length: 5_000 }, () => ({ name: 'a' })) },
      /^invalid_input: dimensions is too long: 5000 items/,
    ],
    [
      'values',
      { name: 'x', names: Array(20_001).fill('a') },
      /^invalid_input: An argument holds more than 20000 values → /,
    ],
    [
      'values in a text',
      { name: 'x', names: JSON.stringify(Array(20_001).fill('a')) },
      /^invalid_input: JSON inside of an argument holds more than 20000 values → /,
    ],
    [
      'values in shorthand',
      { name: 'x', dimensions: Array(1_500).fill(Array(14).fill('a=1').join(',')) },
      /^invalid_input: The call, up to dimensions, holds more than 20000 values → /,
    ],
  ])('refuses %s before looking at each', (_what, args, expected) => {
    const text = refusal(args);
    expect(text).toMatch(expected);
    expect(text.length).toBeLessThan(300);
  });

  it('still counts what is within that and above what the tool takes', () => {
    expect(refusal({ name: 'x', names: Array(1_000).fill('a') })).toMatch(
      /^invalid_input: names is too long: 1000 items were given, at most 3 /,
    );
  });
});

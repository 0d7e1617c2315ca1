import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { jsonText } from '../json-text.ts';
import { readArgument } from './read-argument.ts';
import { createAllowance } from './reading.ts';

function read(value: unknown, schema: z.ZodType, argument = 'note', isMember = false) {
  const warnings: string[] = [];
  return {
    value: readArgument(value, schema, { argument, path: argument, isMember, warnings, allowance: createAllowance() }),
    warnings,
  };
}
const meaningOf = (...args: Parameters<typeof read>) => read(...args).value;

const texts = z.array(z.string()).optional();
const pairs = z.array(z.strictObject({ name: z.string(), value: z.string().optional() })).optional();
const words = z
  .array(z.enum(['OK', 'ALARM']))
  .optional()
  .describe('default: all');

describe('an argument that is left out', () => {
  it.each([null, '', '  ', [], {}, [null], [''], [{}], { a: { b: [''] } }])('reads %j', (blank) => {
    expect(meaningOf(blank, texts)).toBeUndefined();
    expect(meaningOf(blank, z.object({}).optional())).toBeUndefined();
  });

  it.each(['null', 'None', ' undefined ', 'N/A'])('reads the word %s where no name or text can be it', (word) => {
    for (const schema of [z.number().optional(), z.boolean().optional(), z.enum(['OK']).optional()]) {
      expect(read(word, schema)).toEqual({
        value: undefined,
        warnings: [`note "${word.trim()}" was taken as left out.`],
      });
    }
    for (const argument of ['region', 'account', 'start_time', 'query_id', 'period', 'namespace', 'log_group_names']) {
      expect(meaningOf(word, z.string().optional(), argument)).toBeUndefined();
    }
    expect(read([word, 'x'], texts, 'log_group_names')).toEqual({
      value: ['x'],
      warnings: [`log_group_names.0 "${word.trim()}" was taken as left out.`],
    });
    expect(read(word, z.string().optional(), 'note').value).toBe(word);
    expect(read(word, z.string(), 'region').value).not.toBeUndefined();
    expect(read(word, z.string().optional(), 'region', true).value).not.toBeUndefined();
    expect(read([word], texts, 'log_group_names', true).value).toEqual([word]);
    expect(meaningOf(word, jsonText(9).optional(), 'query')).toBe(word);
  });

  it('leaves a choice of that name alone', () => {
    expect(meaningOf('none', z.enum(['NONE', 'ALL']).optional())).toBe('NONE');
  });

  it('is left to the schema where it is needed', () => {
    expect(meaningOf('', z.string())).toBe('');
    expect(meaningOf([], z.array(z.string()))).toEqual([]);
    expect(meaningOf(null, z.string())).toBeUndefined();
  });
});

describe('a list', () => {
  it.each<[unknown, unknown]>([
    ['a', ['a']],
    ['a, b', ['a, b']],
    ['["a","b"]', ['a', 'b']],
    ["['a','b']", ['a', 'b']],
    ['[broken', ['[broken']],
    [7, ['7']],
    [['a', null, ' '], ['a']],
    [true, true],
    [{ a: 1 }, { a: 1 }],
  ])('of texts reads %j', (sent, meant) => {
    expect(meaningOf(sent, texts)).toEqual(meant);
  });

  it.each(['a,b', 'a;b', 'a\nb', '[a, b]', ' a , b '])('of words reads %j as two', (sent) => {
    expect(meaningOf(sent, texts, 'log_group_names')).toEqual(['a', 'b']);
  });

  it('of choices reads them in any case, and the word for all of them', () => {
    expect(meaningOf('ok, alarm', words)).toEqual(['OK', 'ALARM']);
    for (const all of ['all', 'ANY', '*']) {
      expect(meaningOf(all, words)).toBeUndefined();
      expect(meaningOf([all, 'OK'], words)).toBeUndefined();
      expect(meaningOf(all, z.array(z.enum(['OK'])).optional())).toEqual([all]);
      expect(meaningOf(all, z.enum(['OK']).optional().describe('default: all'))).toBeUndefined();
    }
  });

  it('of objects reads one, JSON of one or several, and pairs', () => {
    const pair = { name: 'a', value: 'b' };
    for (const sent of [pair, [pair], JSON.stringify(pair), JSON.stringify([pair]), 'a=b', ['a=b'], { a: 'b' }]) {
      expect(meaningOf(sent, pairs, 'dimensions')).toEqual([pair]);
    }
    const objects = z.array(z.object({ id: z.string(), label: z.string().optional() }));
    expect(meaningOf({ Id: 5, Label: null }, objects)).toEqual([{ id: '5' }]);
    expect(meaningOf('{"id":"x"}', objects)).toEqual([{ id: 'x' }]);
    expect(meaningOf('x', objects)).toEqual(['x']);
    expect(meaningOf(5, objects)).toEqual([5]);
    expect(meaningOf(true, objects)).toBe(true);
  });

  it('of objects as texts gets the text of each', () => {
    const list = z.array(jsonText(50)).optional();
    expect(meaningOf({ a: 1 }, list)).toEqual(['{"a":1}']);
    expect(meaningOf('[{"a":1},{"b":2}]', list)).toEqual(['{"a":1}', '{"b":2}']);
    expect(meaningOf(['{"a":1}', { b: 2 }], list)).toEqual(['{"a":1}', '{"b":2}']);
  });

  it('has at most two thousand items', () => {
    expect(meaningOf(Array(2_000).fill('a'), texts)).toHaveLength(2_000);
    expect(() => meaningOf(Array(2_001).fill('a'), texts)).toThrow(/^note is too long: 2001 items/);
  });
});

describe('one value', () => {
  it('is taken out of a list of one', () => {
    expect(meaningOf([5], z.number())).toBe(5);
    expect(meaningOf(['yes'], z.boolean())).toBe(true);
    expect(meaningOf(['ok'], z.enum(['OK']))).toBe('OK');
    expect(meaningOf(['x'], z.string())).toBe('x');
    expect(meaningOf(['x', 'y'], z.string())).toEqual(['x', 'y']);
  });

  it('of a kind that nobody reads is handed on', () => {
    expect(meaningOf('5', z.union([z.string(), z.number()]))).toBe('5');
  });
});

describe('an object', () => {
  const schema = z.object({ metric_name: z.string(), region: z.string().optional(), stat: z.string().optional() });

  it('takes other spellings of its members, and keeps what it does not know', () => {
    expect(meaningOf({ MetricName: 'a', stat: 'Sum', x: 1 }, schema)).toEqual({ metric_name: 'a', stat: 'Sum', x: 1 });
    expect(meaningOf('{"metricName":"a"}', schema)).toEqual({ metric_name: 'a' });
    expect(meaningOf('{broken', schema)).toBe('{broken');
    expect(meaningOf([1], schema)).toEqual([1]);
  });

  it('guesses nothing from the name of a member', () => {
    expect(meaningOf({ metric_name: ' a ', region: ' EU_WEST_1 ' }, schema)).toEqual({
      metric_name: ' a ',
      region: ' EU_WEST_1 ',
    });
  });
});

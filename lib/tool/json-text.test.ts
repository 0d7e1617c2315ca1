import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isAppError } from '../errors.ts';
import { defineTool, READ_ONLY } from './define-tool.ts';
import { isJsonText, jsonText, readObject } from './json-text.ts';
import { validateInput } from './validate-input.ts';

const tool = defineTool({
  name: 'sample_tool',
  title: 'Sample',
  description: 'For the tests of the frame.',
  toolset: 'metrics',
  annotations: READ_ONLY,
  inputSchema: z.object({
    queries: z.array(jsonText(20)).max(3).optional(),
    plain: z.array(z.string()).optional(),
  }),
  outputSchema: z.object({}),
  handler: async () => ({ headline: '', targets: [], structured: () => ({}) }),
});

const validate = (args: unknown) => validateInput(tool, args).input;

describe('jsonText', () => {
  it.each([
    ['text', { queries: ['a', '{"b":1}'] }, ['a', '{"b":1}']],
    ['objects', { queries: [{ b: [1, { c: null }] }] }, ['{"b":[1,{"c":null}]}']],
    ['numbers', { queries: [500] }, ['500']],
    ['one object as text', { queries: '{"b":1}' }, ['{"b":1}']],
    ['one object', { queries: { b: 1 } }, ['{"b":1}']],
    ['a list in JSON', { queries: '[{"b":1},"x"]' }, ['{"b":1}', 'x']],
  ])('takes %s', (_what, args, queries) => {
    expect(validate(args)).toEqual({ queries });
  });

  it.each([
    ['an object that is too long', { queries: [{ name: 'x'.repeat(20) }] }],
    ['more items than allowed', { queries: ['a', 'b', 'c', 'd'] }],
    ['an object for plain text', { plain: [{ b: 1 }] }],
  ])('refuses %s', (_what, args) => {
    expect(() => validate(args)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });

  it('is known by itself', () => {
    expect(isJsonText(jsonText(5))).toBe(true);
    expect(isJsonText(z.string().max(5))).toBe(false);
  });
});

describe('readObject', () => {
  it('reads what begins like an object, and leaves other text alone', () => {
    expect(readObject(' {"a":{"b":1}}', 'x')).toEqual({ a: { b: 1 } });
    for (const text of ['', 'SELECT 1', '[1]', '"{}"', 'null']) expect(readObject(text, 'x')).toBeUndefined();
  });

  it('refuses an object that cannot be read, by its place and without its text', () => {
    try {
      readObject('{"secret":', 'queries.2');
    } catch (error) {
      expect(isAppError(error) && error.publicMessage).toBe(
        'queries.2 is not JSON → check quotes, commas and brackets.',
      );
      return;
    }
    throw new Error('was accepted');
  });
});

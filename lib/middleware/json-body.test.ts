import { describe, expect, it } from 'vitest';
import { createEvent, createPost } from '../../test/support/events.ts';
import { runThrough } from '../../test/support/middleware.ts';
import { jsonBody, MAX_JSON_DEPTH, MAX_JSON_VALUES } from './json-body.ts';

function run(event: Parameters<typeof runThrough>[1]) {
  return runThrough([jsonBody()], event);
}

describe('jsonBody', () => {
  it.each([
    ['an object', '{"a":[1,"ü",null]}', { a: [1, 'ü', null] }],
    ['an array', '[]', []],
    ['a bare value', '"x"', 'x'],
    ['white space around', ' {} \n', {}],
    ['a byte order mark', '\u{feff}{}', {}],
  ])('hands on %s', async (_what, body, value) => {
    const { seen } = await run(createPost('/mcp', body));
    expect(seen?.context.parsedBody).toEqual(value);
    expect(seen?.event.body).toBe(body);
  });

  it('reads a base64 body', async () => {
    const event = { ...createPost('/mcp', Buffer.from('{"ü":1}').toString('base64')), isBase64Encoded: true };
    expect((await run(event)).seen?.context.parsedBody).toEqual({ ü: 1 });
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON', 'application/vnd.api+json'])(
    'takes content type %s',
    async (type) => {
      expect((await run(createPost('/mcp', '{}', { 'content-type': type }))).seen).toBeDefined();
    },
  );

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', ''])(
    'refuses content type %j',
    async (type) => {
      await expect(run(createPost('/mcp', '{}', { 'content-type': type }))).rejects.toMatchObject({
        code: 'unsupported_media_type',
      });
    },
  );

  it('refuses a missing content type', async () => {
    await expect(run(createEvent({ method: 'POST', body: '{}' }))).rejects.toMatchObject({
      code: 'unsupported_media_type',
    });
  });

  it.each([
    ['broken JSON', '{"a":', 'not valid JSON'],
    ['an empty body', '', 'empty'],
    ['blanks', ' \n ', 'empty'],
    ['two values', '{}{}', 'not valid JSON'],
    ['an own __proto__', '{"a":{"__proto__":{"b":1}}}', 'not valid JSON'],
    ['NaN', '{"a":NaN}', 'not valid JSON'],
  ])('refuses %s', async (_what, body, text) => {
    await expect(run(createPost('/mcp', body))).rejects.toMatchObject({
      code: 'invalid_json',
      publicMessage: expect.stringContaining(text),
    });
  });

  it('refuses bytes that are not UTF-8', async () => {
    const event = { ...createPost('/mcp', Buffer.from([0x22, 0xff, 0x22]).toString('base64')), isBase64Encoded: true };
    await expect(run(event)).rejects.toMatchObject({
      code: 'invalid_json',
      publicMessage: expect.stringContaining('UTF-8'),
    });
  });

  it('takes the deepest nesting allowed and refuses one more', async () => {
    const nest = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect((await run(createPost('/mcp', nest(MAX_JSON_DEPTH)))).seen).toBeDefined();
    await expect(run(createPost('/mcp', nest(MAX_JSON_DEPTH + 1)))).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(run(createPost('/mcp', nest(400_000)))).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('takes as many values as it may, and refuses one more before it parses any', async () => {
    const list = (count: number) => `[${'0,'.repeat(count - 1)}0]`;
    expect((await run(createPost('/mcp', list(MAX_JSON_VALUES)))).seen).toBeDefined();
    const refused = [list(MAX_JSON_VALUES + 1), `[${'{},'.repeat(300_000)}{}]`, `{${'"a":1,'.repeat(150_000)}"b":1}`];
    for (const body of refused)
      await expect(run(createPost('/mcp', body))).rejects.toMatchObject({
        code: 'invalid_request',
        publicMessage: expect.stringContaining(`more than ${MAX_JSON_VALUES} values`),
      });
    expect((await run(createPost('/mcp', `["${','.repeat(500_000)}"]`))).seen).toBeDefined();
  });

  it('never quotes the body', async () => {
    await expect(run(createPost('/mcp', '{"password":"hunter2"'))).rejects.toMatchObject({
      message: expect.not.stringContaining('hunter2'),
    });
  });
});

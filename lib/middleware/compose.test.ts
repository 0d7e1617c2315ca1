import { describe, expect, it } from 'vitest';
import { createContext, createEvent } from '../../test/support/events.ts';
import { compose } from './compose.ts';
import type { Middleware } from './types.ts';

const OK = { statusCode: 200, headers: {} };

function recorder(name: string, journal: string[]): Middleware {
  return {
    name,
    before: () => void journal.push(`${name} before`),
    after: () => void journal.push(`${name} after`),
    onError: (request) => {
      journal.push(`${name} onError`);
      request.response ??= OK;
    },
  };
}

describe('compose', () => {
  it('runs before hooks in order and after hooks in reverse', async () => {
    const journal: string[] = [];
    await compose(async () => OK, [recorder('a', journal), recorder('b', journal)])(createEvent(), createContext());
    expect(journal).toEqual(['a before', 'b before', 'b after', 'a after']);
  });

  it('runs every onError after a refusal, also of those whose before had no turn', async () => {
    const journal: string[] = [];
    const refuse: Middleware = { name: 'refuse', before: () => Promise.reject(new Error('no')) };
    const handler = compose(async () => OK, [recorder('a', journal), refuse, recorder('b', journal)]);
    await expect(handler(createEvent(), createContext())).resolves.toEqual(OK);
    expect(journal).toEqual(['a before', 'b onError', 'a onError']);
  });

  it('passes on a failure that nobody answers', async () => {
    const handler = compose(() => Promise.reject(new Error('lost')), [{ name: 'a', after: () => undefined }]);
    await expect(handler(createEvent(), createContext())).rejects.toThrow('lost');
  });

  it('ends an overdue request, where asked to', async () => {
    const context = createContext({ getRemainingTimeInMillis: () => 0 });
    const never = () => new Promise<never>(() => undefined);
    const handler = compose(never, [{ name: 'a', after: () => undefined }], { hasTimeout: true });
    await expect(handler(createEvent(), context)).rejects.toMatchObject({ code: 'request_timeout' });
  });

  it('tells the names of its middlewares, outermost first', () => {
    const journal: string[] = [];
    expect(compose(async () => OK, [recorder('a', journal), recorder('b', journal)]).chain).toEqual(['a', 'b']);
  });

  it('keeps concurrent requests apart', async () => {
    const handler = compose(
      async (event) => ({ ...OK, body: event.rawPath }),
      [{ name: 'a', before: () => new Promise((resolve) => setImmediate(resolve)) }],
    );
    const paths = Array.from({ length: 100 }, (_, index) => `/${index}`);
    const results = await Promise.all(paths.map((path) => handler(createEvent({ path }), createContext())));
    expect(results.map((result) => result.body)).toEqual(paths);
  });
});

import { describe, expect, it } from 'vitest';
import { createEvent } from '../../test/support/events.ts';
import { runThrough } from '../../test/support/middleware.ts';
import { anyCharacter, fc } from '../../test/support/property.ts';
import { requestId } from './request-id.ts';

describe('requestId', () => {
  it.each(['abc', '6f1c2d9e-0000-4000-8000-000000000000', 'Root=1'.replace('=', ':'), `a${'b'.repeat(127)}`])(
    'takes the harmless id %s from the caller',
    async (id) => {
      const { result, seen } = await runThrough([requestId()], createEvent({ headers: { 'x-request-id': id } }));
      expect(seen?.event.requestContext.requestId).toBe(id);
      expect(result.headers['x-request-id']).toBe(id);
    },
  );

  it.each(['', ' ', 'a b', 'a\tb', 'a"b', '<script>', '-a', 'ü', 'a'.repeat(129), 'a,b', 'a\r\nb'])(
    'replaces %j by the adapter’s',
    async (id) => {
      const { result } = await runThrough([requestId()], createEvent({ headers: { 'x-request-id': id } }));
      expect(result.headers['x-request-id']).toBe('event-id');
    },
  );

  it('answers with printable ids only, and leaves the event that it was given alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: anyCharacter }), async (id) => {
        const event = createEvent({ headers: { 'x-request-id': id } });
        const { result } = await runThrough([requestId()], event);
        expect(result.headers['x-request-id']).toMatch(/^[\w.:-]+$/);
        expect(event.requestContext.requestId).toBe('event-id');
      }),
    );
  });
});

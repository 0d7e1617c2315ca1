import { describe, expect, it } from 'vitest';
import { createContext, createEvent, readBodyText } from '../../test/support/events.ts';
import { runThrough } from '../../test/support/middleware.ts';
import { AppError } from '../errors.ts';
import { createLogger } from '../telemetry/logger.ts';
import { errorBoundary } from './error-boundary.ts';

function createBoundary() {
  const lines: string[] = [];
  const logger = createLogger({ logLevel: 'DEBUG', transport: 'http' }, (line) => lines.push(line));
  return { boundary: errorBoundary(logger), logs: () => lines.map((line) => JSON.parse(line)) };
}

describe('errorBoundary', () => {
  it.each([
    ['route_not_found', 'DEBUG', 404],
    ['unavailable', 'WARN', 503],
    ['request_timeout', 'WARN', 504],
    ['internal_error', 'ERROR', 500],
  ] as const)('answers %s, logged once at %s', async (code, level, status) => {
    const { boundary, logs } = createBoundary();
    const error = new AppError(code, 'Wrong: do right.', { details: { hint: 'for us' } });
    const { result } = await runThrough([boundary], createEvent({ path: '/x' }), error);
    expect(result.statusCode).toBe(status);
    expect(await readBodyText(result.body)).not.toContain('for us');
    expect(logs()).toEqual([
      expect.objectContaining({ level, code, requestId: 'event-id', details: { hint: 'for us' } }),
    ]);
  });

  it('shows nothing of an unforeseen error but the request id, and logs all of it', async () => {
    const { boundary, logs } = createBoundary();
    const error = new TypeError('cannot read arn:aws:iam::123456789012:role/x');
    const { result } = await runThrough([boundary], createEvent({ path: '/x' }), error);
    const text = await readBodyText(result.body);
    expect(result.statusCode).toBe(500);
    expect(JSON.parse(text)).toMatchObject({ error: 'internal_error', requestId: 'event-id' });
    expect(text).not.toMatch(/arn|TypeError|cannot read/);
    expect(JSON.stringify(logs())).toContain('cannot read arn:aws:iam');
  });

  it('does not cry about a failure whose client has left', async () => {
    const { boundary, logs } = createBoundary();
    const context = createContext({ signal: AbortSignal.abort() });
    await runThrough([boundary], createEvent(), new Error('aborted'), context);
    expect(logs()).toEqual([expect.objectContaining({ level: 'DEBUG' })]);
  });
});

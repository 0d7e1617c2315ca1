import { describe, expect, it } from 'vitest';
import { AppError, ERRORS, type ErrorCode, isAppError } from './errors.ts';

const CODES = Object.keys(ERRORS) as ErrorCode[];
const HTTP_STATUSES = new Set([400, 401, 403, 404, 405, 413, 415, 429, 431, 500, 503, 504]);

describe('the table of codes', () => {
  it.each(CODES)('%s is complete, with the status of its planes', (code) => {
    const { planes, status, meaning } = ERRORS[code];
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(planes.includes('http') ? HTTP_STATUSES.has(status) : status === 200).toBe(true);
    expect(meaning).toMatch(/^[A-Z].{10,}\.$/);
  });

  it('calls no mistake of a caller retryable', () => {
    expect(CODES.filter((code) => ERRORS[code].kind === 'caller' && ERRORS[code].retryable)).toEqual([]);
  });
});

describe('AppError', () => {
  it('takes status, kind and retryability from the table', () => {
    const error = new AppError('throttled', 'AWS asks to slow down: try again in a minute.');
    expect(error).toMatchObject({ code: 'throttled', status: 200, kind: 'busy', isRetryable: true, details: {} });
    expect(error.message).toBe(error.publicMessage);
  });

  it('keeps cause and details for the log', () => {
    const cause = new Error('arn:aws:iam::123456789012:role/x');
    const error = new AppError('access_denied', 'Not allowed.', { cause, details: { action: 'logs:StartQuery' } });
    expect(error.cause).toBe(cause);
    expect(error.details).toEqual({ action: 'logs:StartQuery' });
    expect(error.publicMessage).not.toContain('arn');
    expect(new AppError('internal', 'x')).not.toHaveProperty('cause');
  });

  it('is told apart from every other thrown thing', () => {
    expect(isAppError(new AppError('internal', 'x'))).toBe(true);
    for (const other of [new Error('x'), { code: 'internal', publicMessage: 'x' }, 'x', null, undefined]) {
      expect(isAppError(other)).toBe(false);
    }
  });
});

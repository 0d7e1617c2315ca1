import { describe, expect, it } from 'vitest';
import { keepUntil } from './aws-credentials.ts';

const MINUTE_MS = 60_000;
const expiring = (expiresEpochMs: number) => ({
  accessKeyId: 'a',
  secretAccessKey: 's',
  sessionToken: 't',
  expiresEpochMs,
});

describe('credentials are kept until the earliest of', () => {
  it.each([
    ['five minutes before they expire', 15 * MINUTE_MS, 60 * MINUTE_MS, 10 * MINUTE_MS],
    ['the end of the token', 60 * MINUTE_MS, 3 * MINUTE_MS, 3 * MINUTE_MS],
    ['one hour', 720 * MINUTE_MS, 720 * MINUTE_MS, 60 * MINUTE_MS],
    ['now, where they are about to expire', 2 * MINUTE_MS, 60 * MINUTE_MS, -3 * MINUTE_MS],
  ])('%s', (_what, expires, tokenExpires, expected) => {
    const nowEpochMs = 1_000_000_000;
    expect(keepUntil(expiring(nowEpochMs + expires), nowEpochMs + tokenExpires, nowEpochMs) - nowEpochMs).toBe(
      expected,
    );
  });
});

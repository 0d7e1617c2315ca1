import { expect, it } from 'vitest';
import { encodePart } from '../../test/support/token-mint.ts';
import { isAppError } from '../errors.ts';
import { readTokenHead } from './token-shape.ts';

const MAX_SECONDS = 8.64e12;
const RULES = { maxTokenBytes: 200, allowedAlgorithms: ['RS256'] } as const;
const make = (dates: object) =>
  [{ alg: 'RS256', kid: 'k' }, { iss: 'i', ...dates }, 'signature'].map(encodePart).join('.');
const outcome = (token: string) => {
  try {
    return readTokenHead(token, RULES).keyId;
  } catch (error) {
    return isAppError(error) ? error.details.check : String(error);
  }
};

it('takes dates that a Date can hold, to the second', () => {
  expect(outcome(make({ nbf: MAX_SECONDS, exp: -MAX_SECONDS }))).toBe('k');
  expect(outcome(make({ nbf: MAX_SECONDS + 1 }))).toBe('authorization: not_yet_valid');
  expect(outcome(make({ exp: -MAX_SECONDS - 1 }))).toBe('authorization: expired');
});

it('takes a token of as many characters as are allowed', () => {
  const token = make({});
  const padded = (length: number) => `${token}${'A'.repeat(length - token.length)}`;
  expect(outcome(padded(200))).not.toBe('authorization: too_large');
  expect(outcome(padded(201))).toBe('authorization: too_large');
});

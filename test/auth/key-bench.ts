/** A bench whose clock the test moves, and whose issuer may misbehave from the start. */
import type { Responder } from '../support/issuer-stand-in.ts';
import { mint, nowSeconds, type SigningKey } from '../support/token-mint.ts';
import { type AuthBench, startAuthBench, type Via } from './bench.ts';
import { type Expected, expectAnswer } from './expected.ts';

export const HOUR_MS = 3_600_000;
const TWO_WEEKS_SECONDS = 14 * 86_400;
/** Short, so that an issuer that never ends costs a test little. */
const FETCH_LIMITS = { timeoutMs: 1_000, maxBytes: 262_144 };

export interface KeyBench extends AuthBench {
  wait(ms: number): void;
  /** A token that outlives every wait, of any key. */
  lastingToken(key?: SigningKey, kid?: string): Promise<string>;
  expectCall(via: Via, token: string, expected: Expected): Promise<void>;
}

/** @param isDown answers every path of the issuer until it recovers */
export async function startKeyBench(isDown?: Responder): Promise<KeyBench> {
  // Stands still between waits, so that a pause does not end while a slow machine is at it.
  let nowEpochMs = Date.now();
  const clock = (): number => nowEpochMs;
  const bench = await startAuthBench({ verifierOptions: { clock, fetchLimits: FETCH_LIMITS } });
  if (isDown !== undefined) bench.issuer.misbehave('*', isDown);
  return {
    ...bench,
    wait(ms) {
      nowEpochMs += ms;
    },
    lastingToken: (key = bench.key, kid = key.kid) =>
      mint(key, bench.claims({ exp: nowSeconds() + TWO_WEEKS_SECONDS }), { kid }),
    expectCall: async (via, token, expected) => expectAnswer(await bench.call(via, token), expected),
  };
}

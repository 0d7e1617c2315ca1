/** A bench whose clock the test moves, and whose issuer may misbehave from the start. */
import type { IssuerStandIn, Responder } from '../support/issuer-stand-in.ts';
import { mint, nowSeconds, type SigningKey } from '../support/token-mint.ts';
import { type AuthBench, startAuthBench, type Via } from './bench.ts';
import { type Expected, expectAnswer } from './expected.ts';

export const HOUR_MS = 3_600_000;
const TWO_WEEKS_SECONDS = 14 * 86_400;
const MAX_BYTES = 262_144;
/** Long enough for the slowest machine. */
const PATIENT_MS = 60_000;
/** While the issuer is down nobody waits for what it never ends. */
const IMPATIENT_MS = 200;

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
  const fetchLimits = { timeoutMs: PATIENT_MS, maxBytes: MAX_BYTES };
  const bench = await startAuthBench({ verifierOptions: { clock, fetchLimits } });
  const issuer: IssuerStandIn = {
    ...bench.issuer,
    misbehave(path, responder) {
      if (path === '*') fetchLimits.timeoutMs = IMPATIENT_MS;
      bench.issuer.misbehave(path, responder);
    },
    recover() {
      fetchLimits.timeoutMs = PATIENT_MS;
      bench.issuer.recover();
    },
  };
  if (isDown !== undefined) issuer.misbehave('*', isDown);
  return {
    ...bench,
    issuer,
    wait(ms) {
      nowEpochMs += ms;
    },
    lastingToken: (key = bench.key, kid = key.kid) =>
      mint(key, bench.claims({ exp: nowSeconds() + TWO_WEEKS_SECONDS }), { kid }),
    expectCall: async (via, token, expected) => expectAnswer(await bench.call(via, token), expected),
  };
}

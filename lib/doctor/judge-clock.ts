/** Whether the clock of this machine agrees with that of AWS. Signatures and tokens carry times. */
import type { Finding } from './finding.ts';

/** AWS refuses signatures that are further off (Signature Version 4). */
const MAX_SIGNATURE_SKEW_MS = 300_000;
/** Beyond it tokens seem expired, or not valid yet. */
const MAX_TOKEN_SKEW_MS = 60_000;

/** On the node: pods have no clock of their own. */
const SHOW_CLOCK = 'chronyc tracking';

/** @param serverEpochMs what the other side said its time was; undefined where it said nothing */
export function judgeClock(serverEpochMs: number | undefined, nowEpochMs: number): Finding {
  if (serverEpochMs === undefined || Number.isNaN(serverEpochMs)) {
    return {
      check: 'clock',
      state: 'unknown',
      text: 'The clock could not be compared: the AWS endpoint does not answer.',
    };
  }
  const skewMs = nowEpochMs - serverEpochMs;
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  const side = skewMs > 0 ? 'ahead of' : 'behind';
  if (Math.abs(skewMs) > MAX_TOKEN_SKEW_MS) {
    const effect =
      Math.abs(skewMs) > MAX_SIGNATURE_SKEW_MS
        ? ', which refuses signatures beyond 300 s'
        : ': tokens will seem expired or not valid yet';
    const text = `The clock is ${seconds} s ${side} AWS${effect} → set the clock of the node.`;
    return { check: 'clock', state: 'failed', text, reason: 'clock', next: SHOW_CLOCK };
  }
  return { check: 'clock', state: 'ok', text: `The clock agrees with that of AWS (${seconds} s apart).` };
}

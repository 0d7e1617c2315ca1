/** Whether the clock of this machine agrees with that of AWS. Signatures and tokens carry times. */
import type { Finding } from './finding.ts';

/** AWS refuses signatures that are further off (Signature Version 4). */
const MAX_SIGNATURE_SKEW_MS = 300_000;
/** Beyond it tokens seem expired, or not valid yet. */
const MAX_TOKEN_SKEW_MS = 60_000;

/** @param serverEpochMs what the other side said its time was; undefined where it said nothing */
export function judgeClock(serverEpochMs: number | undefined, nowEpochMs: number): Finding {
  if (serverEpochMs === undefined || Number.isNaN(serverEpochMs)) {
    return { state: 'unknown', text: 'The clock could not be compared: the AWS endpoint does not answer.' };
  }
  const skewMs = nowEpochMs - serverEpochMs;
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  const side = skewMs > 0 ? 'ahead of' : 'behind';
  if (Math.abs(skewMs) > MAX_SIGNATURE_SKEW_MS) {
    return {
      state: 'failed',
      text: `The clock is ${seconds} s ${side} AWS, which refuses signatures beyond 300 s → set the clock of the node.`,
    };
  }
  if (Math.abs(skewMs) > MAX_TOKEN_SKEW_MS) {
    return {
      state: 'failed',
      text: `The clock is ${seconds} s ${side} AWS: tokens will seem expired or not valid yet → set the clock of the node.`,
    };
  }
  return { state: 'ok', text: `The clock agrees with that of AWS (${seconds} s apart).` };
}

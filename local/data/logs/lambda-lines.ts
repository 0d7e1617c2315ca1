import { integerBetween, type Random } from './random.ts';

/** The line that the platform writes when an invocation begins. */
export function startLine(requestId: string, version: string): string {
  return `START RequestId: ${requestId} Version: ${version}`;
}

export function endLine(requestId: string): string {
  return `END RequestId: ${requestId}`;
}

/** The REPORT line of an invocation; memory in MB, durations in ms. */
export function reportLine(
  random: Random,
  requestId: string,
  durationMs: number,
  memory: { readonly sizeMb: number; readonly usedMb: number },
): string {
  const isCold = random() < 0.02;
  const init = isCold ? `\tInit Duration: ${(300 + random() * 500).toFixed(2)} ms` : '';
  return `REPORT RequestId: ${requestId}\tDuration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${Math.ceil(durationMs)} ms\tMemory Size: ${memory.sizeMb} MB\tMax Memory Used: ${memory.usedMb + integerBetween(random, -6, 6)} MB${init}\t`;
}

/** Name of a function's log stream on the day of an instant. */
export function lambdaStream(epochMs: number, version: string, instance: string): string {
  return `${new Date(epochMs).toISOString().slice(0, 10).replaceAll('-', '/')}/[${version}]${instance}`;
}

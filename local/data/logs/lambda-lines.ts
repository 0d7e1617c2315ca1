import type { Invocations } from '../shop/invocations.ts';
import type { MinuteWriter } from './minute-writer.ts';
import { integerBetween, pick, quickUuid, type Random } from './random.ts';

/** The line that the platform writes when an invocation begins. */
function startLine(requestId: string, version: string): string {
  return `START RequestId: ${requestId} Version: ${version}`;
}

function endLine(requestId: string): string {
  return `END RequestId: ${requestId}`;
}

/** The REPORT line of an invocation; memory in MB, durations in ms. */
function reportLine(
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

export interface Invocation {
  readonly requestId: string;
  readonly logStream: string;
  /** Milliseconds into the minute. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly ending: 'success' | 'failure' | 'timeout';
  /** What a function tells besides its errors is told of a sample of its invocations. */
  readonly isSampled: boolean;
}

interface Conditions {
  readonly instances: readonly [string, ...string[]];
  /** One invocation of so many is in the sample, and at least one a minute. */
  readonly sampledOneOf: number;
  /** Share of the failures that are time-outs, 0..1. */
  readonly timeoutShare: number;
}

/** Metrics have many invocations of one duration; in a log no two are alike. */
const DURATION_JITTER = 0.03;
/** An invocation ends in its minute. */
const LAST_END_MS = 59_990;

/** Gives each invocation of a minute an id, a stream and a time. The slowest fail. */
export function planInvocations(
  { random, minuteEpochMs }: MinuteWriter,
  { durationsMs, failedCount, timeoutMs }: Invocations,
  { instances, sampledOneOf, timeoutShare }: Conditions,
): readonly Invocation[] {
  const [first, ...others] = instances;
  const streamOf = (instance: string): string => lambdaStream(minuteEpochMs, '$LATEST', instance);
  const streams = [streamOf(first), ...others.map(streamOf)] as const;
  const turn = integerBetween(random, 0, Math.min(sampledOneOf, durationsMs.length) - 1);
  return durationsMs.map((measuredMs, index) => {
    const isFailed = index >= durationsMs.length - failedCount;
    const isTimedOut = isFailed && random() < timeoutShare;
    const drawnMs = measuredMs * (1 + DURATION_JITTER * (2 * random() - 1));
    const durationMs = isTimedOut ? timeoutMs : Math.min(timeoutMs - 1, drawnMs);
    return {
      requestId: quickUuid(random),
      logStream: pick(random, streams),
      startMs: random() * (LAST_END_MS - durationMs),
      durationMs,
      ending: isTimedOut ? 'timeout' : isFailed ? 'failure' : 'success',
      isSampled: index % sampledOneOf === turn,
    };
  });
}

/** START, END and REPORT of an invocation; what the function itself has to say comes between. */
export function writePlatformLines(
  { random, write }: MinuteWriter,
  { requestId, logStream, startMs, durationMs }: Invocation,
  memory: { readonly sizeMb: number; readonly usedMb: number },
): void {
  write(startMs, logStream, startLine(requestId, '$LATEST'));
  write(startMs + durationMs + 1, logStream, endLine(requestId));
  write(startMs + durationMs + 2, logStream, reportLine(random, requestId, durationMs, memory));
}

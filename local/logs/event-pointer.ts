import type { LogEvent, LogGroup } from '../data/logs/log-group.ts';

const MINUTE_MS = 60_000;

/** Where an event is: enough to find it again without keeping anything. */
export interface EventPointer {
  readonly account: string;
  readonly region: string;
  readonly logGroup: string;
  readonly minuteEpochMs: number;
  readonly index: number;
}

/** The opaque text of `@ptr` and of event ids. */
export function encodePointer(group: LogGroup, event: LogEvent): string {
  const minuteEpochMs = Math.floor(event.timestampEpochMs / MINUTE_MS) * MINUTE_MS;
  return Buffer.from(JSON.stringify([group.account, group.region, group.name, minuteEpochMs, event.index])).toString(
    'base64url',
  );
}

/** Reads a pointer; `undefined` for a text that this service never gave out. */
export function decodePointer(text: string): EventPointer | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(parts)) {
      return undefined;
    }
    const [account, region, logGroup, minuteEpochMs, index]: unknown[] = parts;
    const isPointer =
      typeof account === 'string' &&
      typeof region === 'string' &&
      typeof logGroup === 'string' &&
      Number.isSafeInteger(minuteEpochMs) &&
      Number.isSafeInteger(index);
    return isPointer
      ? { account, region, logGroup, minuteEpochMs: Number(minuteEpochMs), index: Number(index) }
      : undefined;
  } catch {
    return undefined;
  }
}

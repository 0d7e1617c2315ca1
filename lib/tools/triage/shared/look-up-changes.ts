/** Who changed what around a time, by CloudTrail. Never the reason why a call fails: what it could not see, it says. */
import type { TrailPort, TrailQuery } from '../../../aws/ports/trail.ts';
import { runInSlices } from '../../../domain/async/slices.ts';
import { foldChanges, type RecordedChange } from '../../../domain/changes/recorded-change.ts';
import type { TrailEvent } from '../../../domain/changes/trail-event.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { DAY_MS, formatTime, MINUTE_MS, type TimeRange } from '../../../domain/time.ts';
import type { AppError } from '../../../errors.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { Pace } from '../../../tool/pace.ts';
import { limitTime } from '../../../tool/time-limit.ts';
import type { ToolContext } from '../../../tool/types.ts';

/** Calls of one question: six seconds at two a second, as many as are allowed (LookupEvents, API reference). */
const MAX_CALLS = 12;
const MAX_RESOURCES = 6;
const MAX_PAGES_OF_RESOURCE = 2;
/** A network without a way to CloudTrail answers nothing at all. */
const MAX_MS = 9_000;
/** "Within 15 minutes of the API call" (CloudTrail user guide); five on average. */
const MAX_DELAY_MS = 15 * MINUTE_MS;
/** What LookupEvents finds (API reference). */
const KEPT_MS = 90 * DAY_MS;

export interface ChangeQuestion extends TimeRange {
  /** Names of resources, those that matter most first: their changes are looked up before all others, the first six. */
  readonly resources: readonly string[];
}

export interface Changes {
  /** In order of time. */
  readonly changes: readonly RecordedChange[];
  /** What was not seen and why, one sentence each; also that nothing may have been recorded yet. */
  readonly notLookedAt: readonly string[];
  /** Calls of LookupEvents. */
  readonly calls: number;
}

interface Looked {
  /** The resource, clean; undefined for all. */
  readonly of?: string | undefined;
  readonly events: readonly TrailEvent[];
  readonly calls: number;
  /** Where the list goes on, how far back it was read. */
  readonly backToEpochMs?: number | undefined;
  readonly error?: AppError | undefined;
}

/**
 * Looks up the changes of the named resources, then all changes of the account and region, newest first, until the calls
 * are used up. Read-only and failed calls are left out.
 * @param context its pace is of the account and region, whoever asks there
 * @param limits nine seconds and twelve calls by default; what was not answered by then is said
 * @throws AppError only when the call itself ends
 */
export async function lookUpChanges(
  { resources, startEpochMs, endEpochMs }: ChangeQuestion,
  trail: TrailPort,
  { signal, nowEpochMs, pace }: Pick<ToolContext, 'signal' | 'nowEpochMs'> & { readonly pace: Pace },
  { maxMs = MAX_MS, maxCalls = MAX_CALLS }: { readonly maxMs?: number; readonly maxCalls?: number } = {},
): Promise<Changes> {
  const limit = limitTime(maxMs, 'CloudTrail did not answer in time → look again later.', signal);
  const names = [...new Set(resources)].filter((name) => name !== '');
  const looked: Looked[] = [];
  const asked: TrailQuery['attribute'][] = [
    ...names.slice(0, MAX_RESOURCES).map((value) => ({ key: 'ResourceName' as const, value })),
    { key: 'ReadOnly', value: 'false' },
  ];
  try {
    for (const attribute of asked) {
      const left = maxCalls - countCalls(looked);
      // One is kept for what all of the account did.
      const maxPages = attribute.key === 'ReadOnly' ? left : Math.min(MAX_PAGES_OF_RESOURCE, left - 1);
      if (maxPages < 1) continue;
      const query = { attribute, startEpochMs, endEpochMs };
      const one = await lookUp(trail, query, { maxPages, pace, signal, limited: limit.signal });
      const of = attribute.key === 'ResourceName' ? inlineName(attribute.value) : undefined;
      looked.push({ ...one, of });
      if (one.error !== undefined) break;
    }
  } finally {
    limit.end();
  }
  const changes = await runInSlices(foldChanges(looked.flatMap(({ events }) => events)));
  const range = { startEpochMs, endEpochMs };
  return { changes, notLookedAt: describeGaps(looked, changes, range, nowEpochMs), calls: countCalls(looked) };
}

async function lookUp(
  trail: TrailPort,
  query: TrailQuery,
  bounds: {
    readonly maxPages: number;
    readonly pace: Pace;
    readonly signal: AbortSignal;
    readonly limited: AbortSignal;
  },
): Promise<Looked> {
  const { maxPages, pace, signal, limited } = bounds;
  const events: TrailEvent[] = [];
  let token: string | undefined;
  for (let calls = 1; calls <= maxPages; calls += 1) {
    const page = await attempt(
      signal,
      paced(pace, limited, () => trail.lookUpEvents(query, token, limited)),
    );
    if ('error' in page) return { events, calls, error: page.error };
    for (const event of page.value.events) if (isWithin(event.epochMs, query)) events.push(event);
    token = page.value.awsToken;
    if (token === undefined) return { events, calls };
  }
  return {
    events,
    calls: maxPages,
    backToEpochMs: Math.min(query.endEpochMs, ...events.map(({ epochMs }) => epochMs)),
  };
}

async function paced<Value>(pace: Pace, signal: AbortSignal, ask: () => Promise<Value>): Promise<Value> {
  await pace(signal);
  return ask();
}

function isWithin(epochMs: number, { startEpochMs, endEpochMs }: TrailQuery): boolean {
  // Events have whole seconds.
  return epochMs >= startEpochMs - 1_000 && epochMs <= endEpochMs + 1_000;
}

function countCalls(looked: readonly Looked[]): number {
  return looked.reduce((sum, { calls }) => sum + calls, 0);
}

function describeGaps(
  looked: readonly Looked[],
  changes: readonly RecordedChange[],
  { startEpochMs, endEpochMs }: TimeRange,
  nowEpochMs: number,
): string[] {
  const failed = looked.find(({ error }) => error !== undefined)?.error;
  if (failed !== undefined) return [`recorded changes (CloudTrail): ${failed.publicMessage}`];
  const keptSince = nowEpochMs - KEPT_MS;
  const late = nowEpochMs - MAX_DELAY_MS;
  return [
    ...(startEpochMs >= keptSince
      ? []
      : [`changes before ${formatTime(keptSince)}: CloudTrail's event history keeps 90 days`]),
    ...looked.flatMap(({ of, backToEpochMs }) =>
      backToEpochMs === undefined
        ? []
        : [`recorded changes of ${of ?? 'other resources'} before ${formatTime(backToEpochMs)}: there are too many`],
    ),
    ...(endEpochMs <= late
      ? []
      : [
          `changes after ${formatTime(Math.max(late, startEpochMs))} ${changes.length === 0 ? '(none recorded yet)' : 'that are not recorded yet'}: CloudTrail is up to 15 minutes late`,
        ]),
  ];
}

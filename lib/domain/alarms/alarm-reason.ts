/** Reads how CloudWatch explains an alarm's state. Tolerant: what cannot be read is left out. */
import { shortenAlarmArns } from './alarm.ts';

export interface ReasonDatapoint {
  readonly epochMs?: number | undefined;
  readonly value: number;
  /** How many samples it was computed of. */
  readonly samples?: number | undefined;
}

export interface AlarmReasonData {
  /** Newest first. */
  readonly datapoints: readonly ReasonDatapoint[];
  readonly threshold?: number | undefined;
  readonly periodSeconds?: number | undefined;
  readonly statistic?: string | undefined;
  /** ARNs or names of the alarms that made a composite alarm change. */
  readonly triggeringAlarms: readonly string[];
}

const EMPTY: AlarmReasonData = { datapoints: [], triggeringAlarms: [] };

/** @param data the JSON text, or the object that the text stands for */
export function parseReasonData(data: unknown): AlarmReasonData {
  const value = typeof data === 'string' ? parseJson(data) : data;
  if (!isRecord(value)) return EMPTY;
  return {
    datapoints: readDatapoints(value),
    threshold: readNumber(value.threshold),
    periodSeconds: readNumber(value.period),
    statistic: typeof value.statistic === 'string' ? value.statistic : undefined,
    triggeringAlarms: readArray(value.triggeringAlarms).flatMap((alarm) =>
      isRecord(alarm) && typeof alarm.arn === 'string' ? [alarm.arn] : [],
    ),
  };
}

/** `evaluatedDatapoints` carry times and are newest first; `recentDatapoints` are bare values, oldest first. */
function readDatapoints(value: Readonly<Record<string, unknown>>): ReasonDatapoint[] {
  const evaluated = readArray(value.evaluatedDatapoints).flatMap((point) => {
    if (!isRecord(point)) return [];
    const number = readNumber(point.value);
    return number === undefined
      ? []
      : [{ epochMs: readTime(point.timestamp), value: number, samples: readNumber(point.sampleCount) }];
  });
  if (evaluated.length > 0) return evaluated.sort((a, b) => (b.epochMs ?? 0) - (a.epochMs ?? 0));
  return readArray(value.recentDatapoints)
    .flatMap((point) => readNumber(point) ?? [])
    .map((number) => ({ value: number }))
    .reverse();
}

/** The service writes zones as `+0000`. */
function readTime(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const epochMs = Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(epochMs) ? undefined : epochMs;
}

function readNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function readArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const SIGNIFICANT_DIGITS = 6;

/**
 * The service's sentence, easier to read: names for ARNs, six digits for sixteen, ISO times for `dd/mm/yy`, and
 * without the closing words on how many datapoints a transition takes.
 */
export function tidyReason(reason: string): string {
  return shortenAlarmArns(reason)
    .replace(/-?\b\d{1,20}\.\d{5,30}\b/g, (number) => String(Number(Number(number).toPrecision(SIGNIFICANT_DIGITS))))
    .replace(/\((\d\d)\/(\d\d)\/(\d\d) (\d\d:\d\d:\d\d)\)/g, '(20$3-$2-$1T$4Z)')
    .replace(/ \(minimum \d+ datapoints? for \w+ -> \w+ transition\)/, '');
}

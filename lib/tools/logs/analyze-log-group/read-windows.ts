/** Looks at the messages of two windows: by `pattern` where the log group has it, else by a sample of messages. */
import { mapInSlices } from '../../../domain/async/slices.ts';
import type { InsightsRow } from '../../../domain/logs/insights-rows.ts';
import type { MessageGroup } from '../../../domain/logs/patterns/digest-messages.ts';
import type { PatternLook } from '../../../domain/logs/patterns/log-pattern.ts';
import { toTemplate } from '../../../domain/logs/patterns/message-template.ts';
import { markFailure } from '../../../domain/logs/patterns/pattern-severity.ts';
import type { TimeRange } from '../../../domain/time.ts';
import type { AnalysisResult, QueryRunner } from '../shared/read-queries.ts';
import {
  chooseSampling,
  ERROR_EVENTS_QUERY,
  ERROR_PATTERNS_QUERY,
  MAX_PATTERNS,
  PATTERNS_QUERY,
  sampleQuery,
} from './arguments.ts';

/** Messages that a window is judged by where there is no `pattern`. */
const SAMPLE_EVENTS = 2_000;
/** Sampling takes about as many as wanted; this many at most. */
const MAX_SAMPLE_EVENTS = 3_000;
const MAX_ERROR_EVENTS = 1_000;
const PATTERN_COLUMNS = ['@pattern', '@sampleCount'];
const MESSAGE = '@message';

export type WindowName = PatternLook['window'];

export interface Looked {
  readonly looks: readonly PatternLook[];
  /** Events in the window, where known. */
  readonly events?: number | undefined;
  /** Patterns, most frequent first, were more than could be asked for. */
  readonly isCut: boolean;
  readonly results: readonly AnalysisResult[];
}

const TIMES: Readonly<Record<WindowName, string>> = { now: 'in the window', before: 'in the window before' };

/** Log groups of the class Standard. */
export async function lookByPattern(window: WindowName, range: TimeRange, runner: QueryRunner): Promise<Looked> {
  const ask = (about: string, text: string) =>
    runner.run({
      about: `The list of ${about} ${TIMES[window]}`,
      text,
      range,
      limit: MAX_PATTERNS,
      columns: PATTERN_COLUMNS,
    });
  const [all, errors] = await Promise.all([
    ask('message patterns', PATTERNS_QUERY),
    ask('error patterns', ERROR_PATTERNS_QUERY),
  ]);
  return {
    looks: [
      await toLook(window, false, all, all.rows.map(readPattern)),
      await toLook(window, true, errors, errors.rows.map(readPattern)),
    ],
    ...(all.isWhole && { events: all.statistics.recordsScanned }),
    isCut: [all, errors].some(({ rows }) => rows.length >= MAX_PATTERNS),
    results: [all, errors],
  };
}

/**
 * Log groups without `pattern`: all messages of a small window, else a sample over the whole of it and the newest errors.
 * @param events in the window, undefined where the count failed
 */
export async function lookBySample(
  window: WindowName,
  range: TimeRange,
  events: number | undefined,
  runner: QueryRunner,
): Promise<Looked> {
  if (events === 0) return { looks: emptyLooks(window), events, isCut: false, results: [] };
  const every = chooseSampling(events ?? SAMPLE_EVENTS, SAMPLE_EVENTS);
  const isSampled = every > 1 || events === undefined;
  const [all, errors] = await Promise.all([
    runner.run({
      about: `The sample of messages ${TIMES[window]}`,
      text: sampleQuery(every),
      range,
      limit: MAX_SAMPLE_EVENTS,
      columns: [MESSAGE],
    }),
    isSampled
      ? runner.run({
          about: `The sample of errors ${TIMES[window]}`,
          text: ERROR_EVENTS_QUERY,
          range,
          limit: MAX_ERROR_EVENTS,
          columns: [MESSAGE],
        })
      : undefined,
  ]);
  const looks = [await toLook(window, false, all, all.rows.map(readMessage), shareOf(all, events))];
  if (errors !== undefined)
    looks.push(
      await toLook(
        window,
        true,
        errors,
        errors.rows.map(readMessage),
        shareOf(errors, errors.statistics.recordsMatched),
      ),
    );
  return { looks, events, isCut: false, results: errors === undefined ? [all] : [all, errors] };
}

/** Nothing is there, and that is known. */
function emptyLooks(window: WindowName): PatternLook[] {
  return [{ window, isErrorsOnly: false, rows: [], isWhole: true, eventsPerSample: 1 }];
}

/** Events that a row stands for; 1 where each was read. */
function shareOf({ rows, statistics }: AnalysisResult, events: number | undefined): number {
  return rows.length === 0 ? 1 : Math.max(1, (events ?? statistics.recordsMatched) / rows.length);
}

async function toLook(
  window: WindowName,
  isErrorsOnly: boolean,
  result: AnalysisResult,
  rows: readonly Omit<MessageGroup, 'template'>[],
  eventsPerSample = 1,
): Promise<PatternLook> {
  const written = await addTemplates(rows);
  const marked = isErrorsOnly ? written.map((row) => ({ ...row, template: markFailure(row.template) })) : written;
  return { window, isErrorsOnly, rows: marked, isWhole: result.isWhole, eventsPerSample };
}

/** The same text often comes again. */
function addTemplates(rows: readonly Omit<MessageGroup, 'template'>[]): Promise<MessageGroup[]> {
  const known = new Map<string, string>();
  return mapInSlices(rows, (row) => {
    const [text = ''] = row.texts;
    const template = known.get(text) ?? toTemplate(text);
    known.set(text, template);
    return { ...row, template };
  });
}

function readPattern(row: InsightsRow): Omit<MessageGroup, 'template'> {
  const get = (name: string) => row.find(({ field }) => field === name)?.value;
  const label = get('@severityLabel');
  return {
    texts: [get('@pattern') ?? ''],
    count: Number(get('@sampleCount')) || 0,
    ...(label !== undefined && { label }),
  };
}

function readMessage(row: InsightsRow): Omit<MessageGroup, 'template'> {
  return { texts: [row.find(({ field }) => field === MESSAGE)?.value ?? ''], count: 1 };
}

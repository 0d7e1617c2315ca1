/**
 * Looks at the messages of a window. All of them where they are few: one scan, and everything is known. Else, by a second
 * look, the patterns that CloudWatch makes of all events and a sample of messages for what patterns hide; where the log
 * group has no `pattern`, a larger sample and the newest errors. Beside a window that has many, the first look is left out.
 */
import { mapInSlices } from '../../../domain/async/slices.ts';
import type { InsightsRow } from '../../../domain/logs/insights-rows.ts';
import { startDigest } from '../../../domain/logs/patterns/digest-messages.ts';
import type { PatternLook, WindowName } from '../../../domain/logs/patterns/log-pattern.ts';
import { toTemplate } from '../../../domain/logs/patterns/message-template.ts';
import { markFailure } from '../../../domain/logs/patterns/pattern-severity.ts';
import { SECOND_MS, type TimeRange } from '../../../domain/time.ts';
import type { AnalysisResult, QueryRunner } from '../shared/read-queries.ts';
import {
  chooseSampling,
  ERROR_MESSAGES_QUERY,
  ERROR_PATTERNS_QUERY,
  MAX_PATTERNS,
  MESSAGES_QUERY,
  PATTERNS_QUERY,
  sampleQuery,
} from './arguments.ts';

/** Messages of the first look, and of a sample beside patterns. Rows cost nothing, the scan does. */
const MAX_MESSAGES = 10_000;
/** The same where messages are all there is. */
const MAX_MESSAGES_ALONE = 30_000;
const SAMPLE_ALONE = 20_000;
const MAX_ERRORS = 10_000;
const PATTERN_COLUMNS = ['@pattern', '@sampleCount'];
const TIME = '@timestamp';
const MESSAGE = '@message';

export interface Looked {
  readonly looks: readonly PatternLook[];
  /** Events in the window, where known. */
  readonly events: number | undefined;
  /** Patterns, most frequent first, were more than could be asked for. */
  readonly isCut: boolean;
  /** All messages, patterns of all with a sample, or a sample alone. */
  readonly by: 'messages' | 'patterns' | 'sample';
  readonly messages: number;
}

export interface WindowQuestion {
  readonly window: WindowName;
  readonly range: TimeRange;
  readonly stepMs: number;
  /** Undefined where the class of the log group is not known. */
  readonly hasPattern: boolean | undefined;
}

const TIMES: Readonly<Record<WindowName, string>> = { now: 'in the window', before: 'in the window compared with' };

export async function lookAtWindow(question: WindowQuestion, runner: QueryRunner): Promise<Looked> {
  const ask = asker(question, runner);
  const limit = question.hasPattern === false ? MAX_MESSAGES_ALONE : MAX_MESSAGES;
  const first = await ask('messages', MESSAGES_QUERY, limit, [MESSAGE]);
  const events = first.isCut ? estimateEvents(first, question.range) : first.rows.length;
  const digested = await digest(question, first, events);
  if (!first.isWhole || !first.isCut)
    return {
      looks: [digested],
      events: first.isWhole ? first.rows.length : undefined,
      isCut: false,
      by: 'messages',
      messages: first.rows.length,
    };
  return lookTwice(question, { events, first: digested }, ask);
}

/**
 * Looks at a window like another one that has more messages than are read whole.
 * @param events about as many are expected; what the service counts goes before
 */
export function lookAtLargeWindow(question: WindowQuestion, events: number, runner: QueryRunner): Promise<Looked> {
  return lookTwice(question, { events, first: undefined }, asker(question, runner));
}

async function lookTwice(question: WindowQuestion, known: FirstLook, ask: Ask): Promise<Looked> {
  const looked = question.hasPattern === false ? undefined : await lookByPattern(question, known, ask);
  return looked ?? (await lookBySample(question, known, ask));
}

type Ask = (about: string, text: string, limit: number, columns: readonly string[]) => Promise<AnalysisResult>;

function asker({ window, range }: WindowQuestion, runner: QueryRunner): Ask {
  return (about, text, limit, columns) =>
    runner.run({ about: `The list of ${about} ${TIMES[window]}`, text, range, limit, columns });
}

/** By what the service counted, or by the time that the newest ones take. */
function estimateEvents({ rows, statistics }: AnalysisResult, range: TimeRange): number {
  const lengthMs = range.endEpochMs - range.startEpochMs + SECOND_MS;
  const oldest = rows.reduce((least, row) => Math.min(least, timeOf(row) ?? least), range.endEpochMs);
  const spanMs = Math.max(1, range.endEpochMs + SECOND_MS - oldest);
  const counted = Math.max(statistics.recordsMatched, statistics.recordsScanned);
  return Math.max(counted > rows.length ? counted : (rows.length * lengthMs) / spanMs, rows.length);
}

interface FirstLook {
  /** In the window, about. */
  readonly events: number;
  /** Undefined where all messages were not asked for. */
  readonly first: PatternLook | undefined;
}

/** Undefined where the log group turns out to have no `pattern`. */
async function lookByPattern(
  question: WindowQuestion,
  { events, first }: FirstLook,
  ask: Ask,
): Promise<Looked | undefined> {
  const askSample = (of: number) =>
    ask('sampled messages', sampleQuery(chooseSampling(of, MAX_MESSAGES)), MAX_MESSAGES, [MESSAGE]);
  const [all, early] = await Promise.all([
    ask('message patterns', PATTERNS_QUERY, MAX_PATTERNS, PATTERN_COLUMNS),
    first === undefined ? undefined : askSample(events),
  ]);
  if (question.hasPattern === undefined && all.error?.code === 'query_failed') return undefined;
  const total = all.isWhole ? Math.max(all.statistics.recordsScanned, sumOfPatterns(all)) : events;
  const sample = early ?? (await askSample(total));
  if (first === undefined && isAll(sample, total)) return lookAtAll(question, sample);
  const errors =
    all.rows.length >= MAX_PATTERNS
      ? await ask('error patterns', ERROR_PATTERNS_QUERY, MAX_PATTERNS, PATTERN_COLUMNS)
      : undefined;
  const read = sample.isWhole && sample.rows.length > 0 ? await digest(question, sample, total) : first;
  return {
    looks: [
      await patternLook(question.window, all, false),
      // Patterns of all events are what windows are compared by, where they are there.
      ...(read === undefined ? [] : [{ ...read, isWhole: read.isWhole && !all.isWhole }]),
      ...(errors === undefined ? [] : [await patternLook(question.window, errors, true)]),
    ],
    events: total,
    isCut: [all, errors].some((result) => (result?.rows.length ?? 0) >= MAX_PATTERNS),
    by: 'patterns',
    messages: sample.rows.length,
  };
}

async function lookBySample(question: WindowQuestion, { events, first }: FirstLook, ask: Ask): Promise<Looked> {
  const askSample = (of: number) =>
    ask('sampled messages', sampleQuery(chooseSampling(of, SAMPLE_ALONE)), MAX_MESSAGES_ALONE, [MESSAGE]);
  const [errors, early] = await Promise.all([
    ask('errors', ERROR_MESSAGES_QUERY, MAX_ERRORS, [MESSAGE]),
    first === undefined ? undefined : askSample(events),
  ]);
  const scanned = errors.isWhole ? errors.statistics.recordsScanned : 0;
  const total = first === undefined && scanned > 0 ? scanned : events;
  const sample = early ?? (await askSample(total));
  if (first === undefined && isAll(sample, total)) return lookAtAll(question, sample);
  const read = sample.isWhole && sample.rows.length > 0 ? await digest(question, sample, total) : first;
  const matched = Math.max(errors.statistics.recordsMatched, errors.rows.length);
  return {
    looks: [
      ...(read === undefined ? [] : [read]),
      { ...(await digest(question, errors, matched)), isErrorsOnly: true },
    ],
    events: total,
    isCut: false,
    by: 'sample',
    messages: sample.rows.length + errors.rows.length,
  };
}

/** Whether what was asked for as a sample is all that there is. */
function isAll({ isWhole, isCut, rows }: AnalysisResult, total: number): boolean {
  return isWhole && !isCut && rows.length >= total;
}

async function lookAtAll(question: WindowQuestion, { rows, ...result }: AnalysisResult): Promise<Looked> {
  return {
    looks: [await digest(question, { rows, ...result }, rows.length)],
    events: rows.length,
    isCut: false,
    by: 'messages',
    messages: rows.length,
  };
}

function sumOfPatterns({ rows }: AnalysisResult): number {
  return rows.reduce((sum, row) => sum + (Number(cellOf(row, '@sampleCount')) || 0), 0);
}

/** @param events that the messages stand for */
async function digest(
  { window, stepMs }: WindowQuestion,
  result: AnalysisResult,
  events: number,
): Promise<PatternLook> {
  const digest = startDigest(stepMs);
  await mapInSlices(result.rows, (row) => digest.add(cellOf(row, MESSAGE) ?? '', timeOf(row)));
  const eventsPerSample = result.rows.length === 0 ? 1 : Math.max(1, events / result.rows.length);
  return { window, isErrorsOnly: false, rows: digest.groups(), isWhole: result.isWhole, eventsPerSample };
}

async function patternLook(window: WindowName, result: AnalysisResult, isErrorsOnly: boolean): Promise<PatternLook> {
  const rows = await mapInSlices(result.rows, (row) => {
    const text = cellOf(row, '@pattern') ?? '';
    const template = isErrorsOnly ? markFailure(toTemplate(text)) : toTemplate(text);
    const label = cellOf(row, '@severityLabel');
    const count = Number(cellOf(row, '@sampleCount')) || 0;
    return { texts: [text], template, count, ...(label !== undefined && { label }) };
  });
  return { window, isErrorsOnly, rows, isWhole: result.isWhole, eventsPerSample: 1 };
}

function cellOf(row: InsightsRow, name: string): string | undefined {
  return row.find(({ field }) => field === name)?.value;
}

/** `2026-03-01 11:59:00.000`, in UTC. */
function timeOf(row: InsightsRow): number | undefined {
  const epochMs = Date.parse(`${(cellOf(row, TIME) ?? '').replace(' ', 'T')}Z`);
  return Number.isNaN(epochMs) ? undefined : epochMs;
}

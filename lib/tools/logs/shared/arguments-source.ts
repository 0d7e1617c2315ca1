/** What a query tool is asked: of a query copied out of the console log groups and times are taken from its text. */
import { type LogGroupId, parseLogGroupId } from '../../../domain/logs/log-group-id.ts';
import { type PastedSource, readPastedSource } from '../../../domain/logs/query/pasted-source.ts';
import type { QueryLanguage } from '../../../domain/logs/query/query-text.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { listSome } from '../../../domain/text/counts.ts';
import { formatTime, parseTime, resolveRange, SECOND_MS, type TimeRange } from '../../../domain/time.ts';
import { AppError } from '../../../errors.ts';

/** Where the tools begin when nothing is said. */
export const DEFAULT_START = '-1h';
const DEFAULT_END = 'now';
const MAX_NAMED = 3;

export interface Question {
  readonly query: string;
  readonly groups: readonly LogGroupId[];
  readonly range: TimeRange;
  /** What was taken from the text. */
  readonly facts: readonly string[];
}

interface AskedArguments {
  readonly query: string;
  readonly language: QueryLanguage;
  readonly groups: readonly LogGroupId[];
  readonly start: string;
  readonly end: string;
}

/** @throws AppError `invalid_input` when the text and the arguments contradict each other, or the text is only SOURCE */
export function readQuestion(asked: AskedArguments, nowEpochMs: number): Question {
  const source = asked.language === 'CWLI' ? readPastedSource(asked.query) : undefined;
  if (source === undefined) {
    const range = resolveRange(asked.start, asked.end, nowEpochMs);
    return { query: asked.query, groups: asked.groups, range, facts: [] };
  }
  if (source.query === '' || /^SOURCE [^|]*$/.test(source.query)) {
    throw new AppError(
      'invalid_input',
      'query_string says only where to read (SOURCE) → add what to ask, e.g. | fields @timestamp, @message | limit 20.',
    );
  }
  const groups = chooseGroups(asked.groups, source);
  const range = chooseRange(asked, source, nowEpochMs);
  const names = groups.map(({ name }) => inlineName(name));
  const from = source.logGroups.length > 0 ? `log groups ${listSome(names, MAX_NAMED)}` : undefined;
  const times =
    source.start === undefined && source.end === undefined
      ? undefined
      : `the range ${formatTime(range.startEpochMs)} – ${formatTime(range.endEpochMs)}`;
  return {
    query: source.query,
    groups,
    range,
    facts: [`Taken from SOURCE in the query: ${[from, times].filter((part) => part !== undefined).join('; ')}.`],
  };
}

function chooseGroups(given: readonly LogGroupId[], source: PastedSource): readonly LogGroupId[] {
  const pasted = source.logGroups.map((text) => parseLogGroupId(text, 'SOURCE in query_string'));
  if (given.length === 0 || pasted.length === 0) return pasted.length === 0 ? given : pasted;
  const isIn = (ids: readonly LogGroupId[]) => (id: LogGroupId) =>
    ids.some(({ name, arn }) => name === id.name && (arn === undefined || id.arn === undefined || arn === id.arn));
  if (pasted.every(isIn(given)) && given.every(isIn(pasted))) return given;
  throw new AppError(
    'invalid_input',
    `SOURCE in query_string names other log groups (${listSome(
      pasted.map(({ name }) => inlineName(name)),
      MAX_NAMED,
    )}) than the arguments → leave one of the two out.`,
  );
}

function chooseRange({ start, end }: AskedArguments, source: PastedSource, nowEpochMs: number): TimeRange {
  const names = {
    start: source.start === undefined ? 'start_time' : 'START',
    end: source.end === undefined ? 'end_time' : 'END',
  };
  const range = resolveRange(source.start ?? start, source.end ?? end, nowEpochMs, names);
  const contradicts = (argument: string, fallback: string, pasted: string | undefined, name: string): boolean =>
    pasted !== undefined &&
    argument !== fallback &&
    Math.abs(parseTime(argument, nowEpochMs, name) - parseTime(pasted, nowEpochMs, name)) >= SECOND_MS;
  for (const [argument, fallback, pasted, name, keyword] of [
    [start, DEFAULT_START, source.start, 'start_time', 'START'],
    [end, DEFAULT_END, source.end, 'end_time', 'END'],
  ] as const) {
    if (contradicts(argument, fallback, pasted, name)) {
      throw new AppError(
        'invalid_input',
        `${name} is ${formatTime(parseTime(argument, nowEpochMs, name))}, but ${keyword} in query_string is ${formatTime(parseTime(pasted ?? '', nowEpochMs, keyword))} → leave one of the two out.`,
      );
    }
  }
  return range;
}

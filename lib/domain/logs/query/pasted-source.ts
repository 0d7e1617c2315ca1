/**
 * What a query says of itself when it is copied out of the console: `SOURCE "a", "b" START=-3600s END=0s | …`. Log groups
 * and times go to StartQuery as arguments; `SOURCE logGroups(…)`, which the API reads itself, stays in the text. Pure.
 */
import { splitPipeline } from './pipeline.ts';
import { isKeyword, isSymbol, type Token } from './token.ts';

export interface PastedSource {
  /** Names and ARNs, each once, as they are written. */
  readonly logGroups: readonly string[];
  /** As they are written: relative (`-3600s`, `-1w`, `0s`), epoch seconds or milliseconds, or ISO 8601. */
  readonly start?: string;
  readonly end?: string;
  /** The query without them; empty where nothing else is there. */
  readonly query: string;
}

/** @returns undefined where the query (CWLI) names neither log groups nor times */
export function readPastedSource(query: string): PastedSource | undefined {
  const commands = splitPipeline(query);
  const first = commands.findIndex(({ name, tokens }) => name !== 'source' || isSymbol(tokens[0], '='));
  const sources = commands.slice(0, first < 0 ? undefined : first).map(({ tokens }) => readCommand(query, tokens));
  const logGroups = [...new Set(sources.flatMap((source) => source.logGroups))];
  const start = sources.find((source) => source.start !== undefined)?.start;
  const end = sources.find((source) => source.end !== undefined)?.end;
  if (logGroups.length === 0 && start === undefined && end === undefined) return undefined;
  const next = commands[first];
  const rest = next === undefined ? [] : [query.slice(next.start)];
  return {
    logGroups,
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    query: [...sources.flatMap(({ selector }) => selector ?? []), ...rest].join(' | '),
  };
}

interface SourceCommand {
  readonly logGroups: readonly string[];
  readonly start?: string;
  readonly end?: string;
  /** `SOURCE logGroups(…)` and the like, which only CloudWatch can resolve. */
  readonly selector?: string;
}

function readCommand(query: string, tokens: readonly Token[]): SourceCommand {
  const isTime = (token: Token, index: number): boolean =>
    isKeyword(token, 'start', 'end') && isSymbol(tokens[index + 1], '=');
  const times = tokens.flatMap((token, index) => (isTime(token, index) ? [{ token, index }] : []));
  const named = tokens.slice(0, times[0]?.index);
  const textOf = (part: readonly Token[]): string => query.slice(part[0]?.start, part.at(-1)?.end);
  const timeOf = (keyword: string): string | undefined => {
    const at = times.findIndex(({ token }) => isKeyword(token, keyword));
    const time = times[at];
    if (time === undefined) return undefined;
    const value = tokens.slice(time.index + 2, times[at + 1]?.index).filter((token) => !isSymbol(token, ','));
    return value.length === 0 ? '' : unquote(textOf(value));
  };
  const start = timeOf('start');
  const end = timeOf('end');
  const isSelector = named.some((token) => isSymbol(token, '('));
  return {
    logGroups: isSelector ? [] : readNames(named.length === 0 ? '' : textOf(named)),
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(isSelector && { selector: `SOURCE ${textOf(named)}` }),
  };
}

/** Between commas or blanks, with quotes or without; a list may stand in brackets. */
function readNames(text: string): readonly string[] {
  return (text.match(/"[^"]*"?|'[^']*'?|`[^`]*`?|[^\s,"'`[\]]+/g) ?? []).map(unquote).filter((name) => name !== '');
}

function unquote(text: string): string {
  return text.replace(/^["'`]|["'`]$/g, '').trim();
}

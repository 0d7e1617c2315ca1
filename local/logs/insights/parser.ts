import type { Command, Query } from './ast.ts';
import { parseCommand } from './parse-command.ts';
import { parseSource } from './parse-source.ts';
import { QuerySyntaxError } from './syntax-error.ts';
import { TokenReader } from './token-reader.ts';

/** Most `stats` commands in a query (CloudWatch Logs User Guide, "stats"). */
const MAX_STATS = 2;

/**
 * Parses a Logs Insights query (grammar.md).
 * @throws {QuerySyntaxError} with the position of what is not understood or stands where it may not.
 */
export function parseQuery(text: string): Query {
  const reader = new TokenReader(text);
  const source = parseSource(reader);
  const commands: Command[] = [];
  if (source && reader.peek().kind === 'end') {
    return { source, commands };
  }
  if (source) {
    reader.expectSymbol('|');
  }
  do {
    commands.push(parseCommand(reader));
  } while (reader.takeSymbol('|'));
  if (reader.peek().kind !== 'end') {
    reader.fail('expected "|" or the end of the query');
  }
  checkOrder(commands);
  return { ...(source && { source }), commands };
}

/** The places that the User Guide restricts ("stats", "dedup", "pattern"). */
function checkOrder(commands: readonly Command[]): void {
  const statsCount = commands.filter((command) => command.kind === 'stats').length;
  let seenStats = 0;
  let wasDedup = false;
  let wasPattern = false;
  for (const { kind, span } of commands) {
    if (wasDedup && kind !== 'limit') {
      throw new QuerySyntaxError('only limit may follow dedup', span);
    }
    if (wasPattern && (kind === 'stats' || kind === 'pattern' || kind === 'dedup' || kind === 'parse')) {
      throw new QuerySyntaxError(`${kind} may not follow pattern`, span);
    }
    if (seenStats > 0 && kind === 'pattern') {
      throw new QuerySyntaxError('pattern may not follow stats', span);
    }
    if (
      (kind === 'sort' || kind === 'limit' || kind === 'tail') &&
      seenStats < statsCount &&
      statsCount === MAX_STATS
    ) {
      throw new QuerySyntaxError(`with two stats commands ${kind} must follow the second`, span);
    }
    seenStats += kind === 'stats' ? 1 : 0;
    if (seenStats > MAX_STATS) {
      throw new QuerySyntaxError(`a query takes at most ${MAX_STATS} stats commands`, span);
    }
    wasDedup ||= kind === 'dedup';
    wasPattern ||= kind === 'pattern';
  }
}

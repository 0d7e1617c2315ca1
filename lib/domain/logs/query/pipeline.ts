/** A piped query (CWLI, PPL) as the list of its commands. Pure; linear in the length of the text. */
import { readTokens } from './read-tokens.ts';
import { isSymbol, type QueryDialect, type Token } from './token.ts';

/** A command without its place in a text, e.g. one of a sub-query. */
export interface CommandTokens {
  /** In lower case, e.g. `filter`; empty where the command does not begin with a word. */
  readonly name: string;
  /** What follows the name. */
  readonly tokens: readonly Token[];
}

export interface PipelineCommand extends CommandTokens {
  /** The command as it is written, name included; comments around it are left out. */
  readonly text: string;
  /** Offsets of {@link text} in the query. */
  readonly start: number;
  readonly end: number;
}

/** The commands between the pipes that stand outside all parentheses, brackets, strings, patterns and comments. */
export function splitPipeline(query: string, dialect: QueryDialect = 'CWLI'): readonly PipelineCommand[] {
  return splitTokens(readTokens(query, dialect)).flatMap((tokens) => {
    const [first] = tokens;
    const end = tokens.at(-1)?.end;
    if (first === undefined || end === undefined) return [];
    return { ...toCommand(tokens), text: query.slice(first.start, end), start: first.start, end };
  });
}

/** The same for tokens, e.g. those of a sub-query. */
export function splitCommands(tokens: readonly Token[]): readonly CommandTokens[] {
  return splitTokens(tokens)
    .filter((part) => part.length > 0)
    .map(toCommand);
}

function toCommand(tokens: readonly Token[]): CommandTokens {
  const [first, ...rest] = tokens;
  return first?.kind === 'word' ? { name: first.value.toLowerCase(), tokens: rest } : { name: '', tokens };
}

/** The tokens between the separators that stand outside all parentheses and brackets; empty parts included. */
export function splitTokens(tokens: readonly Token[], separator = '|'): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (isSymbol(token, '(', '[')) depth += 1;
    else if (isSymbol(token, ')', ']')) depth = Math.max(0, depth - 1);
    if (depth === 0 && isSymbol(token, separator)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

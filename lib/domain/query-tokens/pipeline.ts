/** A piped query (CWLI, PPL) as the list of its commands. Pure; linear in the length of the text. */
import { readTokens } from './read-tokens.ts';
import { isSymbol, type QueryDialect, type Token } from './token.ts';

export interface PipelineCommand {
  /** In lower case, e.g. `filter`; empty where the command does not begin with a word. */
  readonly name: string;
  /** What follows the name. */
  readonly tokens: readonly Token[];
  /** The command as it is written, name included; comments around it are left out. */
  readonly text: string;
  /** Offsets of {@link text} in the query. */
  readonly start: number;
  readonly end: number;
}

/** The commands between the pipes that stand outside all parentheses, brackets, strings, patterns and comments. */
export function splitPipeline(query: string, language: QueryDialect = 'CWLI'): readonly PipelineCommand[] {
  return splitTokens(readTokens(query, language)).flatMap((tokens) => {
    const [first, ...rest] = tokens;
    const end = tokens.at(-1)?.end;
    if (first === undefined || end === undefined) return [];
    const isNamed = first.kind === 'word';
    return {
      name: isNamed ? first.value.toLowerCase() : '',
      tokens: isNamed ? rest : tokens,
      text: query.slice(first.start, end),
      start: first.start,
      end,
    };
  });
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

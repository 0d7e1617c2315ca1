import { parseJsonFilter } from './json-filter.ts';
import { compilePatternRegex } from './pattern-regex.ts';
import { invalidParameter } from './refusals.ts';
import { parseSpaceFilter } from './space-filter.ts';

/** Longest pattern (API Reference, FilterLogEvents: filterPattern). */
const MAX_CHARACTERS = 1_024;

const TERM = /([?-]?)(?:"((?:\\.|[^"\\])*)"|([^\s"]+))(?=\s|$)\s*/y;
const BARE_TERM = /^[\w@.]+$/;

/**
 * Turns a filter pattern into a test of messages: terms, `"exact phrases"`, `?any`, `-none`, `%regular expression%`,
 * JSON selectors and space-delimited fields.
 * @throws InvalidParameterException
 */
export function compileFilterPattern(pattern: string): (message: string) => boolean {
  const text = pattern.trim();
  if (text.length > MAX_CHARACTERS) {
    throw invalidParameter(`Invalid filter pattern: it has more than ${MAX_CHARACTERS} characters.`);
  }
  if (text === '') {
    return () => true;
  }
  if (text.startsWith('{')) {
    return parseJsonFilter(text);
  }
  if (text.startsWith('[')) {
    return parseSpaceFilter(text);
  }
  if (text.startsWith('%') && text.endsWith('%') && text.length > 2) {
    const regex = compilePatternRegex(text.slice(1, -1));
    return (message) => regex.test(message);
  }
  return compileTerms(text);
}

function compileTerms(text: string): (message: string) => boolean {
  const required: string[] = [];
  const optional: string[] = [];
  const excluded: string[] = [];
  let offset = 0;
  while (offset < text.length) {
    TERM.lastIndex = offset;
    const match = TERM.exec(text);
    const [whole = '', prefix, phrase, word = ''] = match ?? [];
    if (!match || (phrase === undefined && !BARE_TERM.test(word))) {
      throw invalidParameter(
        `Invalid filter pattern at character ${offset}: put terms that have other characters than letters, digits and _ in double quotes.`,
      );
    }
    const term = phrase?.replace(/\\(.)/g, '$1') ?? word;
    (prefix === '?' ? optional : prefix === '-' ? excluded : required).push(term);
    offset += whole.length;
  }
  return (message) =>
    !excluded.some((term) => message.includes(term)) &&
    required.every((term) => message.includes(term)) &&
    (required.length > 0 || optional.length === 0 || optional.some((term) => message.includes(term)));
}

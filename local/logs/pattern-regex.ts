import { invalidParameter } from './refusals.ts';

/**
 * Compiles the text between the `%` of a filter pattern.
 * @throws InvalidParameterException when it is no regular expression.
 */
export function compilePatternRegex(source: string): RegExp {
  try {
    return new RegExp(source);
  } catch {
    throw invalidParameter('Invalid filter pattern: the text between % is no valid regular expression.');
  }
}

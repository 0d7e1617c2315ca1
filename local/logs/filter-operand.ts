/** What filter patterns of every form compare with. */
import { compilePatternRegex } from './pattern-regex.ts';

export const NUMERIC: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** A text with `*` wildcards, in quotes or not, or `%regular expression%`. @throws InvalidParameterException */
export function compileOperand(operand: string): (text: string) => boolean {
  if (operand.startsWith('%')) {
    const regex = compilePatternRegex(operand.slice(1, -1));
    return (text) => regex.test(text);
  }
  const wanted = operand.startsWith('"') ? operand.slice(1, -1).replace(/\\(.)/g, '$1') : operand;
  const pieces = wanted.split('*').map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const regex = new RegExp(`^${pieces.join('.*')}$`, 's');
  return (text) => regex.test(text);
}

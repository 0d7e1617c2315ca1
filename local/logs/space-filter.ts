import { compileOperand, NUMERIC } from './filter-operand.ts';
import { invalidParameter } from './refusals.ts';

type FieldTest = (value: string) => boolean;

/** Fields of a message: parts between blanks; what stands in double quotes or square brackets is one field. */
const FIELD = /"((?:\\.|[^"\\])*)"|\[([^\]]*)\]|(\S+)/g;
const NAME = /^[A-Za-z_$][\w$.@-]*$/;
const CONDITION = /^([A-Za-z_$][\w$.@-]*)\s*(!=|>=|<=|=|>|<)\s*(%(?:\\.|[^%\\])+%|"(?:\\.|[^"\\])*"|\S+)$/;

/**
 * Parses `[ip, user, status = 5*, bytes > 1000, ...]`: one condition or name for each field of a message, `...` once for
 * any number of them. A message with another number of fields does not match.
 * @throws InvalidParameterException
 */
export function parseSpaceFilter(text: string): (message: string) => boolean {
  if (!text.endsWith(']')) throw refuse('the [ is never closed');
  const parts = splitOutsideQuotes(text.slice(1, -1), ',').map((part) => part.trim());
  const gap = parts.indexOf('...');
  if (gap !== -1 && parts.includes('...', gap + 1)) throw refuse('... may stand once');
  const tests = parts.map((part) => (part === '...' ? undefined : parseField(part)));
  const [before, after] = gap === -1 ? [tests, []] : [tests.slice(0, gap), tests.slice(gap + 1)];
  return (message) => {
    const fields = [...message.matchAll(FIELD)].map(
      ([, quoted, bracketed, plain]) => quoted ?? bracketed ?? plain ?? '',
    );
    const least = before.length + after.length;
    if (gap === -1 ? fields.length !== least : fields.length < least) return false;
    return (
      before.every((test, index) => test?.(fields[index] ?? '') ?? true) &&
      after.every((test, index) => test?.(fields[fields.length - after.length + index] ?? '') ?? true)
    );
  };
}

/** A bare name takes anything; conditions on the same field are joined by `&&`, `||`. */
function parseField(part: string): FieldTest {
  if (NAME.test(part)) return () => true;
  const names = new Set<string>();
  const anyOf = splitOutsideQuotes(part, '||').map((alternative) =>
    splitOutsideQuotes(alternative, '&&').map((condition) => parseCondition(condition.trim(), names)),
  );
  if (names.size > 1) throw refuse(`${part} names ${names.size} fields, and each place has one`);
  return (value) => anyOf.some((allOf) => allOf.every((test) => test(value)));
}

function parseCondition(text: string, names: Set<string>): FieldTest {
  const [, name, operator = '', operand = ''] = CONDITION.exec(text) ?? [];
  if (name === undefined)
    throw refuse(`expected a name or a condition such as status = 404, found ${text || 'nothing'}`);
  names.add(name);
  const wanted = Number(operand);
  const compare = NUMERIC[operator];
  if (!Number.isNaN(wanted) && compare !== undefined) {
    return (value) => value !== '' && !Number.isNaN(Number(value)) && compare(Number(value), wanted);
  }
  if (operator !== '=' && operator !== '!=') throw refuse(`${operator} compares with a number, not with ${operand}`);
  const matches = compileOperand(operand);
  return (value) => matches(value) === (operator === '=');
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts: string[] = [''];
  let quote = '';
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (quote === '' && text.startsWith(separator, index)) {
      parts.push('');
      index += separator.length - 1;
      continue;
    }
    if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === '%')) quote = character;
    parts[parts.length - 1] += character;
  }
  return parts;
}

function refuse(reason: string): Error {
  return invalidParameter(`Invalid filter pattern: ${reason}.`);
}

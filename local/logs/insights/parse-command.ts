import type { Command, Expression, NamedExpression, ParsePattern, SortKey } from './ast.ts';
import { parseExpression } from './parse-expression.ts';
import { compileRegex } from './regex.ts';
import { QuerySyntaxError } from './syntax-error.ts';
import type { TokenReader } from './token-reader.ts';

/** Largest count that `limit` takes (API Reference, StartQuery: limit). */
const MAX_LIMIT = 100_000;

/** Commands that the service has and this imitation has not. */
const UNSUPPORTED = new Set(['diff', 'unnest', 'unmask', 'join', 'lookup', 'anomaly', 'source']);

type CommandBody = Command extends infer C ? (C extends Command ? Omit<C, 'span'> : never) : never;

const PARSERS: Readonly<Record<string, (reader: TokenReader) => CommandBody>> = {
  fields: (reader) => ({ kind: 'fields', columns: parseNamedList(reader, true) }),
  display: (reader) => ({ kind: 'display', columns: parseNamedList(reader, false) }),
  filter: (reader) => ({ kind: 'filter', condition: parseExpression(reader) }),
  filterindex: parseFilterIndex,
  parse: parseParse,
  stats: parseStats,
  sort: parseSort,
  order: parseSort,
  limit: (reader) => ({ kind: 'limit', count: parseCount(reader) }),
  head: (reader) => ({ kind: 'limit', count: parseCount(reader) }),
  tail: (reader) => ({ kind: 'tail', count: parseCount(reader) }),
  dedup: (reader) => ({ kind: 'dedup', keys: parseNamedList(reader, false) }),
  pattern: (reader) => ({ kind: 'pattern', operand: parseExpression(reader) }),
};

/** Parses one command, up to the next `|`. @throws {QuerySyntaxError} */
export function parseCommand(reader: TokenReader): Command {
  const keyword = reader.expectKind('word', 'a command');
  const name = keyword.value.toLowerCase();
  const parse = Object.hasOwn(PARSERS, name) ? PARSERS[name] : undefined;
  if (!parse) {
    const message = UNSUPPORTED.has(name)
      ? `the command "${name}" is not supported here`
      : `unknown command ${JSON.stringify(keyword.value)}; known are ${Object.keys(PARSERS).join(', ')}`;
    throw new QuerySyntaxError(message, { start: keyword.start, end: keyword.end });
  }
  return { ...parse(reader), span: reader.spanFrom(keyword.start) };
}

function parseNamed(reader: TokenReader, mayRename: boolean): NamedExpression {
  const expression = parseExpression(reader);
  const ownName = expression.kind === 'field' ? expression.name : expression.text;
  if (!reader.isWord('as')) {
    return { name: ownName, expression };
  }
  if (!mayRename) {
    reader.fail('this command takes no alias');
  }
  reader.take();
  return { name: parseName(reader), expression };
}

function parseNamedList(reader: TokenReader, mayRename: boolean): NamedExpression[] {
  const items: NamedExpression[] = [];
  do {
    items.push(parseNamed(reader, mayRename));
  } while (reader.takeSymbol(','));
  return items;
}

function parseName(reader: TokenReader): string {
  return reader.peek().kind === 'quotedName' ? reader.take().value : reader.expectKind('word', 'a name').value;
}

function parseFilterIndex(reader: TokenReader): CommandBody {
  const condition = parseExpression(reader);
  return { kind: 'filterIndex', condition, fields: listIndexedFields(condition) };
}

/** The fields that a condition asks the index for. @throws {QuerySyntaxError} for what no index can answer. */
function listIndexedFields(condition: Expression): string[] {
  if (condition.kind === 'binary' && condition.operator === 'and') {
    return [condition.left, condition.right].flatMap(listIndexedFields);
  }
  const field =
    condition.kind === 'in'
      ? condition.operand
      : condition.kind === 'binary' && condition.operator === '='
        ? condition.left
        : undefined;
  if (field?.kind !== 'field') {
    const message = 'filterIndex takes field = value or field in [values], joined by and';
    throw new QuerySyntaxError(message, condition.span);
  }
  return [field.name];
}

function parseStats(reader: TokenReader): CommandBody {
  const aggregates = parseNamedList(reader, true);
  const keys = reader.takeWord('by') ? parseNamedList(reader, true) : [];
  return { kind: 'stats', aggregates, keys };
}

function parseSort(reader: TokenReader): CommandBody {
  const keys: SortKey[] = [];
  if (reader.isWord('by')) {
    reader.take();
  }
  do {
    const expression = parseExpression(reader);
    const isDescending = reader.takeWord('desc');
    if (!isDescending) {
      reader.takeWord('asc');
    }
    keys.push({ expression, isDescending });
  } while (reader.takeSymbol(','));
  return { kind: 'sort', keys };
}

function parseCount(reader: TokenReader): number {
  const token = reader.expectKind('number', 'a number');
  const count = Number(token.value);
  if (!Number.isInteger(count) || count < 1 || count > MAX_LIMIT) {
    throw new QuerySyntaxError(`the number must be a whole one from 1 to ${MAX_LIMIT}`, token);
  }
  return count;
}

function parseParse(reader: TokenReader): CommandBody {
  const operand = parseOperand(reader);
  const regex = reader.takeRegex();
  if (regex) {
    const names = [...regex.value.matchAll(/(?<!\\)\(\?<([A-Za-z_$][\w$]*)>/g)].map((match) => match[1] ?? '');
    if (names.length === 0) {
      throw new QuerySyntaxError('the regular expression of parse needs named groups such as (?<user>…)', regex);
    }
    const pattern: ParsePattern = { kind: 'regex', regex: compileRegex(regex.value, regex), names };
    return { kind: 'parse', operand, pattern };
  }
  const glob = reader.expectKind('string', 'a quoted text with * or a /regular expression/');
  if (!reader.takeWord('as')) {
    reader.fail('expected "as" and one name for each *');
  }
  const names = [parseName(reader)];
  while (reader.takeSymbol(',')) {
    names.push(parseName(reader));
  }
  const literals = glob.value.split('*');
  if (literals.length - 1 !== names.length) {
    const message = `the text has ${literals.length - 1} wildcards (*) for ${names.length} names`;
    throw new QuerySyntaxError(message, { start: glob.start, end: reader.previousEnd });
  }
  return { kind: 'parse', operand, pattern: { kind: 'glob', literals, names } };
}

/** The field that `parse` reads: `@message` when the pattern follows at once. */
function parseOperand(reader: TokenReader): Expression {
  if (reader.isRegex() || reader.peek().kind === 'string') {
    const start = reader.previousEnd;
    return { kind: 'field', name: '@message', span: { start, end: start }, text: '@message' };
  }
  const { start, end } = reader.peek();
  const name = parseName(reader);
  return { kind: 'field', name, span: { start, end }, text: name };
}

import { compileOperand, NUMERIC } from './filter-operand.ts';
import { readJsonObject, valueAt } from './json-fields.ts';
import { invalidParameter } from './refusals.ts';

type Test = (root: object) => boolean;

const TOKEN =
  /\s*(&&|\|\||[(){}]|!=|>=|<=|[=<>]|\$\.[\w@.[\]-]+|"(?:\\.|[^"\\])*"|%(?:\\.|[^%\\])+%|[^\s(){}=<>!&|"]+)/y;

/** Parses `{ $.level = "ERROR" && ($.ms > 5 || $.x IS NULL) }`. @throws InvalidParameterException */
export function parseJsonFilter(text: string): (message: string) => boolean {
  const tokens = new JsonFilterTokens(text);
  tokens.expect('{');
  const test = parseOr(tokens);
  tokens.expect('}');
  tokens.expectEnd();
  return (message) => {
    const root = readJsonObject(message, false);
    return root !== undefined && test(root);
  };
}

function parseOr(tokens: JsonFilterTokens): Test {
  let test = parseAnd(tokens);
  while (tokens.takeIf('||')) {
    const [left, right] = [test, parseAnd(tokens)];
    test = (root) => left(root) || right(root);
  }
  return test;
}

function parseAnd(tokens: JsonFilterTokens): Test {
  let test = parseCondition(tokens);
  while (tokens.takeIf('&&')) {
    const [left, right] = [test, parseCondition(tokens)];
    test = (root) => left(root) && right(root);
  }
  return test;
}

function parseCondition(tokens: JsonFilterTokens): Test {
  if (tokens.takeIf('(')) {
    const inner = parseOr(tokens);
    tokens.expect(')');
    return inner;
  }
  const selector = tokens.take();
  if (!selector.startsWith('$.')) {
    throw refuse(`expected a selector such as $.level, found ${selector || 'the end'}`);
  }
  const name = selector.slice(2).replace(/\[(\d+)\]/g, '.$1');
  const operator = tokens.take().toUpperCase();
  if (operator === 'IS' || operator === 'NOT') {
    return parseState(name, operator, tokens.take().toUpperCase());
  }
  return parseComparison(name, operator, tokens.take());
}

function parseState(name: string, operator: string, state: string): Test {
  switch (`${operator} ${state}`) {
    case 'IS NULL':
      return (root) => valueAt(root, name) === null;
    case 'IS TRUE':
      return (root) => valueAt(root, name) === true;
    case 'IS FALSE':
      return (root) => valueAt(root, name) === false;
    case 'NOT EXISTS':
      return (root) => valueAt(root, name) === undefined;
    default:
      throw refuse(`expected IS NULL, IS TRUE, IS FALSE or NOT EXISTS, found ${operator} ${state}`);
  }
}

function parseComparison(name: string, operator: string, operand: string): Test {
  const wanted = Number(operand);
  if (operand !== '' && !operand.startsWith('"') && !Number.isNaN(wanted)) {
    const compare = NUMERIC[operator];
    if (!compare) {
      throw refuse(`unknown operator ${operator || 'at the end'}`);
    }
    return (root) => {
      const value = valueAt(root, name);
      return typeof value === 'number' && compare(value, wanted);
    };
  }
  if ((operator !== '=' && operator !== '!=') || operand === '' || operand === '}') {
    throw refuse(`expected ${name} = or != and a text or number`);
  }
  const matches = compileOperand(operand);
  return (root) => {
    const value = valueAt(root, name);
    return isScalar(value) && matches(String(value)) === (operator === '=');
  };
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function refuse(reason: string): Error {
  return invalidParameter(`Invalid filter pattern: ${reason}.`);
}

class JsonFilterTokens {
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next token; empty at the end. */
  take(): string {
    const token = this.#read();
    this.#offset += token.length;
    return token.trim();
  }

  takeIf(expected: string): boolean {
    const token = this.#read();
    if (token.trim() !== expected) {
      return false;
    }
    this.#offset += token.length;
    return true;
  }

  expect(expected: string): void {
    if (!this.takeIf(expected)) {
      throw refuse(`expected ${expected} at character ${this.#offset}`);
    }
  }

  expectEnd(): void {
    if (this.#text.slice(this.#offset).trim() !== '') {
      throw refuse(`unexpected text at character ${this.#offset}`);
    }
  }

  #read(): string {
    TOKEN.lastIndex = this.#offset;
    return TOKEN.exec(this.#text)?.[0] ?? '';
  }
}

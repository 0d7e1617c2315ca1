/** Where a source file can be changed so that a test ought to notice, and how. Parses with oxc; types are left alone. */
import { type Node, parseSync, visitorKeys } from 'oxc-parser';

export interface Place {
  readonly operator: Operator;
  readonly start: number;
  readonly end: number;
  /** What may stand there instead; never empty. */
  readonly alternatives: readonly string[];
}

export type Operator =
  | 'comparison'
  | 'arithmetic'
  | 'logic'
  | 'negation'
  | 'condition'
  | 'constant'
  | 'text'
  | 'list'
  | 'return'
  | 'statement';

const COMPARISONS: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
};
const ARITHMETIC: Readonly<Record<string, string>> = {
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '+=': '-=',
  '-=': '+=',
};
const LOGIC: Readonly<Record<string, string>> = { '&&': '||', '||': '&&' };
/** What hides a value behind a type: the value is looked into, the type is not. */
const TYPED_VALUES: ReadonlySet<string> = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression']);

/** All places of a file, in the order of its text. */
export function findPlaces(fileName: string, source: string): readonly Place[] {
  const { program, errors } = parseSync(fileName, source);
  if (errors.length > 0) throw new Error(`${fileName} cannot be parsed: ${errors[0]?.message}`);
  const places: Place[] = [];
  const visit = (node: Node, parent: Node | undefined): void => {
    if (node.type.startsWith('Import') || node.type === 'ExportAllDeclaration') return;
    if (node.type.startsWith('TS') && !TYPED_VALUES.has(node.type)) return;
    places.push(...placesAt(node, parent, source));
    for (const child of childrenOf(node)) visit(child, node);
  };
  visit(program, undefined);
  return places.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

export function applyChange(source: string, place: Place, alternative: string): string {
  return source.slice(0, place.start) + alternative + source.slice(place.end);
}

function childrenOf(node: Node): readonly Node[] {
  const members = node as unknown as Readonly<Record<string, unknown>>;
  return (visitorKeys[node.type] ?? []).flatMap((key) => [members[key]].flat().filter(isNode));
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function placesAt(node: Node, parent: Node | undefined, source: string): readonly Place[] {
  const at = (
    operator: Operator,
    { start, end }: { start: number; end: number },
    ...alternatives: string[]
  ): Place[] => (alternatives.includes(source.slice(start, end)) ? [] : [{ operator, start, end, alternatives }]);
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
    case 'AssignmentExpression':
      return operatorPlaces(node, parent, source);
    case 'UnaryExpression':
      return node.operator === '!' ? at('negation', { start: node.start, end: node.argument.start }, '') : [];
    case 'IfStatement':
    case 'ConditionalExpression':
      return at('condition', node.test, 'true', 'false');
    case 'Literal':
      return literalPlaces(node, parent);
    case 'TemplateLiteral':
      return parent?.type === 'TaggedTemplateExpression' ? [] : at('text', node, "''");
    case 'ArrayExpression':
      return node.elements.length === 0 ? [] : at('list', node, '[]');
    case 'ReturnStatement':
      return node.argument === null ? at('statement', node, ';') : at('return', node.argument, 'undefined');
    case 'ArrowFunctionExpression':
      return node.body.type === 'BlockStatement' ? [] : at('return', node.body, 'undefined');
    case 'ExpressionStatement':
    case 'ThrowStatement':
    case 'ContinueStatement':
    case 'BreakStatement':
      return at('statement', node, ';');
    default:
      return [];
  }
}

type Operation = Extract<Node, { type: 'BinaryExpression' | 'LogicalExpression' | 'AssignmentExpression' }>;

function operatorPlaces({ left, right, operator }: Operation, parent: Node | undefined, source: string): Place[] {
  const comparisons = COMPARISONS[operator];
  const other = LOGIC[operator] ?? ARITHMETIC[operator];
  if (comparisons === undefined && other === undefined) return [];
  // A loop that counts the wrong way does not end, and shows nothing else.
  if (parent?.type === 'ForStatement' && parent.update !== null && parent.update.end === right.end) return [];
  if (operator.startsWith('+') && (isText(left) || isText(right))) return [];
  const start = source.indexOf(operator, left.end);
  const kind = comparisons !== undefined ? 'comparison' : LOGIC[operator] !== undefined ? 'logic' : 'arithmetic';
  const alternatives = isEndOfRow(parent, right) ? ['>='] : (comparisons ?? (other === undefined ? [] : [other]));
  return [{ operator: kind, start, end: start + operator.length, alternatives }];
}

function isText(node: Node): boolean {
  if (node.type === 'BinaryExpression') return isText(node.left) || isText(node.right);
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');
}

/**
 * `at < row.length` of a counted loop. With `<=` it has one round more, on an element that is not there: the type has made
 * its reader say `?? 0` or skip it, and a typed array does not write it.
 */
function isEndOfRow(parent: Node | undefined, right: Node): boolean {
  if (parent?.type !== 'ForStatement' || parent.test?.type !== 'BinaryExpression' || parent.test.right !== right)
    return false;
  if (parent.test.operator !== '<' || right.type !== 'MemberExpression' || right.computed) return false;
  return right.property.type === 'Identifier' && right.property.name === 'length';
}

/** The 0 of `a[i] ?? 0`: only the type asks for it, since an index may be out of range for all that the compiler knows. */
function isFallbackOfElement(node: Node, parent: Node | undefined): boolean {
  const isFallback = parent?.type === 'LogicalExpression' && parent.operator === '??' && parent.right === node;
  return isFallback && isElement(parent.left.type === 'ChainExpression' ? parent.left.expression : parent.left);
}

/** `a[i]`, `a[i]?.b` */
function isElement(node: Node): boolean {
  return node.type === 'MemberExpression' && (node.computed || (node.optional && isElement(node.object)));
}

/** The 1 of `… ? -1 : 1`: an order asks for its sign, not for its size. */
function isSign(parent: Node | undefined): boolean {
  if (parent?.type !== 'ConditionalExpression') return false;
  return [parent.consequent, parent.alternate].some(
    (branch) => branch.type === 'UnaryExpression' && branch.operator === '-',
  );
}

function literalPlaces(node: Extract<Node, { type: 'Literal' }>, parent: Node | undefined): Place[] {
  const { start, end, value } = node;
  if (parent !== undefined && 'key' in parent && parent.key === node) return [];
  if (isFallbackOfElement(node, parent)) return [];
  if (typeof value === 'boolean') return [{ operator: 'negation', start, end, alternatives: [String(!value)] }];
  if (typeof value === 'number') {
    if (isSign(parent)) return [{ operator: 'constant', start, end, alternatives: ['(0)'] }];
    return [{ operator: 'constant', start, end, alternatives: [`(${value + 1})`, `(${value - 1})`] }];
  }
  return typeof value === 'string' && value !== '' ? [{ operator: 'text', start, end, alternatives: ["''"] }] : [];
}

import type { Expression } from './ast.ts';

/** The ids that an expression names itself, in order; METRICS() names none. */
export function listReferences(expression: Expression): string[] {
  switch (expression.kind) {
    case 'reference':
      return [expression.id];
    case 'negation':
      return listReferences(expression.operand);
    case 'binary':
      return [...listReferences(expression.left), ...listReferences(expression.right)];
    case 'list':
      return expression.items.flatMap(listReferences);
    case 'call':
      return expression.args.flatMap(listReferences);
    case 'number':
    case 'text':
    case 'word':
      return [];
  }
}

import type { Value } from './value.ts';

/** Character offsets into the query text; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface Node {
  readonly span: Span;
  /** The expression as it was written: it names the column when there is no alias. */
  readonly text: string;
}

export type PeriodUnit = 'ms' | 's' | 'm' | 'h' | 'd' | 'w' | 'mo' | 'q' | 'y';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^';
export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type BinaryOperator = ArithmeticOperator | ComparisonOperator | 'and' | 'or';

export type Expression =
  | (Node & { readonly kind: 'literal'; readonly value: Value })
  | (Node & { readonly kind: 'field'; readonly name: string })
  | (Node & { readonly kind: 'period'; readonly count: number; readonly unit: PeriodUnit })
  | (Node & { readonly kind: 'star' })
  | (Node & { readonly kind: 'call'; readonly name: string; readonly operands: readonly Expression[] })
  | (Node & { readonly kind: 'unary'; readonly operator: '-' | 'not'; readonly operand: Expression })
  | (Node & {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    })
  | (Node & { readonly kind: 'in'; readonly operand: Expression; readonly items: readonly Expression[] })
  | (Node & { readonly kind: 'match'; readonly operand: Expression; readonly matcher: string | RegExp });

export interface NamedExpression {
  /** The alias, else the expression as written (a plain field: its name). */
  readonly name: string;
  readonly expression: Expression;
}

export interface SortKey {
  readonly expression: Expression;
  readonly isDescending: boolean;
}

export type ParsePattern =
  /** Literal pieces between the `*`; one more than there are names. */
  | { readonly kind: 'glob'; readonly literals: readonly string[]; readonly names: readonly string[] }
  | { readonly kind: 'regex'; readonly regex: RegExp; readonly names: readonly string[] };

export type Command = { readonly span: Span } & (
  | { readonly kind: 'fields' | 'display'; readonly columns: readonly NamedExpression[] }
  | { readonly kind: 'filter'; readonly condition: Expression }
  /** Only log groups that have an index of one of the fields are read. */
  | { readonly kind: 'filterIndex'; readonly condition: Expression; readonly fields: readonly string[] }
  | { readonly kind: 'parse'; readonly operand: Expression; readonly pattern: ParsePattern }
  | {
      readonly kind: 'stats';
      readonly aggregates: readonly NamedExpression[];
      readonly keys: readonly NamedExpression[];
    }
  | { readonly kind: 'sort'; readonly keys: readonly SortKey[] }
  | { readonly kind: 'limit' | 'tail'; readonly count: number }
  | { readonly kind: 'dedup'; readonly keys: readonly NamedExpression[] }
  | { readonly kind: 'pattern'; readonly operand: Expression }
);

/** `SOURCE logGroups(…)`: the log groups are chosen by the text instead of by the request. */
export interface Source {
  readonly span: Span;
  readonly namePrefixes: readonly string[];
  readonly classes: readonly string[];
  readonly accountIdentifiers: readonly string[];
}

export interface Query {
  readonly source?: Source;
  readonly commands: readonly Command[];
}

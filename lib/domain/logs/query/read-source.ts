/** Where a piped query reads from. */
import { closingOf, fieldsIn } from './operand.ts';
import { splitTokens } from './pipeline.ts';
import { isKeyword, isSymbol, type Token } from './token.ts';

export interface Source {
  /** Names and ARNs; empty where the query says only how they begin. */
  readonly logGroups: readonly string[];
  /** Fields that the query reads from indexes only (`aws:fieldIndex` of PPL). */
  readonly indexedFields: readonly string[];
  /** Conditions that stand behind the source. */
  readonly rest: readonly Token[];
}

const FIELD_INDEX = 'aws:fieldIndex';

/**
 * What follows `SOURCE` or `source`: of CWLI `"name" [START=… END=…]` or `logGroups(…)`, of PPL `= name`,
 * ``= [lg:`name`, …]`` or ``= [`aws:fieldIndex`="field", `field` = value]``.
 */
export function readSource(tokens: readonly Token[]): Source {
  return isSymbol(tokens[0], '=') ? readAssigned(tokens.slice(1)) : readPlain(tokens);
}

function readPlain(tokens: readonly Token[]): Source {
  const end = tokens.findIndex((token) => isSymbol(token, '(') || isKeyword(token, 'start', 'end'));
  const names = tokens.slice(0, end < 0 ? undefined : end);
  return {
    logGroups: names.flatMap(({ kind, value }) => (kind === 'string' || kind === 'name' ? [value] : [])),
    indexedFields: [],
    rest: [],
  };
}

function readAssigned(tokens: readonly Token[]): Source {
  const [first] = tokens;
  if (!isSymbol(first, '[')) {
    return { logGroups: first === undefined ? [] : [first.value], indexedFields: [], rest: tokens.slice(1) };
  }
  const end = closingOf(tokens).get(0) ?? tokens.length;
  const items = splitTokens(tokens.slice(1, end), ',');
  const named = items.filter((item) => item[0]?.value === FIELD_INDEX);
  const groups = items.filter((item) => isKeyword(item[0], 'lg') && isSymbol(item[1], ':'));
  const conditions = items.filter((item) => !named.includes(item) && !groups.includes(item) && item.length > 2);
  return {
    logGroups: groups.flatMap((item) => item[2]?.value ?? []),
    indexedFields: [
      ...named.flatMap((item) => item.filter(({ kind }) => kind === 'string').map(({ value }) => value)),
      ...conditions.flatMap((item) => fieldsIn(item.slice(0, 1))),
    ],
    rest: tokens.slice(end + 1),
  };
}

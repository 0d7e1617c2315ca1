import type { StateValue } from '@aws-sdk/client-cloudwatch';

/**
 * Rule of a composite alarm.
 *
 *     rule   := and ('OR' and)*
 *     and    := not ('AND' not)*
 *     not    := 'NOT' not | '(' rule ')' | 'TRUE' | 'FALSE' | state '(' name ')'
 *     state  := 'ALARM' | 'OK' | 'INSUFFICIENT_DATA'
 *     name   := '"' characters '"' | characters without quotes, blanks and parentheses
 *
 * A name may be an alarm's ARN.
 */
export type AlarmRule =
  | { readonly kind: 'state'; readonly state: StateValue; readonly alarmName: string }
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'not'; readonly rule: AlarmRule }
  | { readonly kind: 'and' | 'or'; readonly left: AlarmRule; readonly right: AlarmRule };

const TOKEN =
  /\s*(?:(\(|\))|(AND|OR|NOT|TRUE|FALSE)\b|(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]*)"|([^\s()"]+))\s*\))/y;

type Token =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'state'; readonly state: StateValue; readonly alarmName: string };

/** Parses an AlarmRule. Throws SyntaxError with the position of what it cannot read. */
export function parseAlarmRule(text: string): AlarmRule {
  const tokens = readTokens(text);
  let index = 0;
  const isWord = (word: string): boolean => {
    const token = tokens[index];
    return token?.kind === 'word' && token.text === word;
  };
  const parseOperator = (word: 'AND' | 'OR', parseOperand: () => AlarmRule): AlarmRule => {
    let left = parseOperand();
    while (isWord(word)) {
      index += 1;
      left = { kind: word === 'AND' ? 'and' : 'or', left, right: parseOperand() };
    }
    return left;
  };
  const parseOr = (): AlarmRule => parseOperator('OR', () => parseOperator('AND', parseNot));
  const parseNot = (): AlarmRule => {
    const token = tokens[index];
    index += 1;
    if (token?.kind === 'state') return token;
    if (token?.text === 'NOT') return { kind: 'not', rule: parseNot() };
    if (token?.text === 'TRUE' || token?.text === 'FALSE') return { kind: 'constant', value: token.text === 'TRUE' };
    if (token?.text === '(') {
      const rule = parseOr();
      if (!isWord(')')) throw new SyntaxError(`AlarmRule: ")" expected after item ${index}`);
      index += 1;
      return rule;
    }
    throw new SyntaxError(`AlarmRule: a condition was expected at item ${index}`);
  };
  const rule = parseOr();
  if (index < tokens.length) throw new SyntaxError(`AlarmRule: unexpected item ${index + 1}`);
  return rule;
}

/** Names (or ARNs) of the alarms that a rule refers to, in order, without repetitions. */
export function listRuleAlarms(rule: AlarmRule): readonly string[] {
  switch (rule.kind) {
    case 'constant':
      return [];
    case 'state':
      return [rule.alarmName];
    case 'not':
      return listRuleAlarms(rule.rule);
    default:
      return [...new Set([...listRuleAlarms(rule.left), ...listRuleAlarms(rule.right)])];
  }
}

export function isRuleTrue(rule: AlarmRule, stateOf: (alarmName: string) => StateValue | undefined): boolean {
  switch (rule.kind) {
    case 'constant':
      return rule.value;
    case 'state':
      return stateOf(rule.alarmName) === rule.state;
    case 'not':
      return !isRuleTrue(rule.rule, stateOf);
    case 'and':
      return isRuleTrue(rule.left, stateOf) && isRuleTrue(rule.right, stateOf);
    case 'or':
      return isRuleTrue(rule.left, stateOf) || isRuleTrue(rule.right, stateOf);
  }
}

function readTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const trimmed = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const position = TOKEN.lastIndex;
    const match = TOKEN.exec(trimmed);
    if (match === null) throw new SyntaxError(`AlarmRule: cannot read character ${position + 1}`);
    const [, parenthesis, word, state, quoted, bare] = match;
    if (state === 'ALARM' || state === 'OK' || state === 'INSUFFICIENT_DATA') {
      tokens.push({ kind: 'state', state, alarmName: quoted ?? bare ?? '' });
    } else tokens.push({ kind: 'word', text: parenthesis ?? word ?? '' });
  }
  return tokens;
}

import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { isRuleTrue, listRuleAlarms, parseAlarmRule } from './alarm-rule.ts';

const evaluate = (rule: string, firing: readonly string[]) =>
  isRuleTrue(parseAlarmRule(rule), (name) => (firing.includes(name) ? 'ALARM' : 'OK'));

describe('parseAlarmRule', () => {
  it.each([
    ['ALARM(a)', ['a'], true],
    ['ALARM("a b")', ['a b'], true],
    ['OK(a)', ['a'], false],
    ['NOT OK(a)', ['a'], true],
    ['ALARM(a) AND ALARM(b)', ['a'], false],
    ['ALARM(a) OR ALARM(b) AND ALARM(c)', ['a'], true],
    ['(ALARM(a) OR ALARM(b)) AND ALARM(c)', ['a'], false],
    ['NOT (ALARM(a) OR ALARM(b))', [], true],
    ['INSUFFICIENT_DATA(a) OR TRUE', [], true],
    ['FALSE', [], false],
    ['  ALARM( "a" )\n AND NOT\tALARM(b) ', ['a'], true],
  ])('evaluates %j', (rule, firing, expected) => {
    expect(evaluate(rule, firing)).toBe(expected);
  });

  it.each(['', 'ALARM', 'ALARM()', 'ALARM(a', 'ALARM(a) AND', 'ALARM(a) ALARM(b)', '(ALARM(a)', 'MAYBE(a)', 'NOT'])(
    'refuses %j',
    (rule) => {
      expect(() => parseAlarmRule(rule)).toThrow(/AlarmRule/);
    },
  );

  it('lists the alarms once each, in order', () => {
    expect(listRuleAlarms(parseAlarmRule('ALARM(b) OR NOT (OK("a") AND ALARM(b))'))).toEqual(['b', 'a']);
  });

  it('agrees with plain logic for any combination', () => {
    const names = ['a', 'b', 'c'];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 6 }),
        fc.subarray(names),
        (used, firing) => {
          const conjunction = used.map((name) => `ALARM("${name}")`).join(' AND ');
          const disjunction = used.map((name) => `ALARM(${name})`).join(' OR ');
          expect(evaluate(conjunction, firing)).toBe(used.every((name) => firing.includes(name)));
          expect(evaluate(disjunction, firing)).toBe(used.some((name) => firing.includes(name)));
          expect(evaluate(`NOT (${disjunction})`, firing)).toBe(!used.some((name) => firing.includes(name)));
        },
      ),
    );
  });
});

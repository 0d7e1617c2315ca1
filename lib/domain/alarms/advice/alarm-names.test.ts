import { describe, expect, it } from 'vitest';
import { anyCharacter, fc } from '../../../../test/support/property.ts';
import { nameAlarm } from './alarm-names.ts';
import { quoteHcl, quoteYaml, writeNumber } from './quote-template.ts';

const metricOf = (value: string) => ({
  namespace: 'AWS/Lambda',
  metricName: 'Errors',
  dimensions: [{ name: 'FunctionName', value }],
});

describe('nameAlarm', () => {
  it('tells what the alarm watches', () => {
    expect(nameAlarm(metricOf('shop-checkout'), 'Sum-high', new Set())).toEqual({
      alarmName: 'Lambda-Errors-shop-checkout-Sum-high',
      logicalId: 'AlarmLambdaErrorsShopCheckoutSumHigh',
      resourceName: 'alarm_Lambda_Errors_shop_checkout_Sum_high',
    });
  });

  it('keeps apart what simplifying would make one', () => {
    const names = ['a/b', 'a b', 'a-b', '日本', '日木', ''].map((value) =>
      nameAlarm(metricOf(value), 'high', new Set()),
    );
    for (const key of ['alarmName', 'logicalId', 'resourceName'] as const)
      expect(new Set(names.map((name) => name[key])).size).toBe(names.length);
  });

  it('is valid for any name, and never given twice', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: anyCharacter, maxLength: 1_024 }),
        fc.string({ maxLength: 255 }),
        (value, metricName) => {
          const taken = new Set<string>();
          const names = [1, 2, 3].map(() => nameAlarm({ ...metricOf(value), metricName }, 'p90-high', taken));
          expect(new Set(names.flatMap(Object.values)).size).toBe(9);
          for (const { alarmName, logicalId, resourceName } of names) {
            expect(alarmName).toMatch(/^[A-Za-z0-9._-]{1,255}$/);
            expect(logicalId).toMatch(/^[A-Za-z0-9]{1,255}$/);
            expect(resourceName).toMatch(/^[a-z_][A-Za-z0-9_]{0,200}$/);
          }
        },
      ),
    );
  });
});

describe('quoting', () => {
  it('escapes what ends a string, interpolates or cannot be seen', () => {
    const hostile = `a"b\\c\nd$\{e}%{f}\u202eg\u2028h`;
    expect(quoteYaml(hostile)).toBe(`"a\\"b\\\\c\\u000ad$\{e}%{f}\\u202eg\\u2028h"`);
    expect(quoteHcl(hostile)).toBe('"a\\"b\\\\c\\u000ad\\u0024{e}\\u0025{f}\\u202eg\\u2028h"');
    expect(quoteHcl('\u{e0041}ü日')).toBe('"\\U000e0041ü日"');
  });

  it('gives what JSON reads back, as far as both have the same escapes', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        const quoted = quoteYaml(text);
        if (!quoted.includes('\\U')) expect(JSON.parse(quoted)).toBe(text.toWellFormed());
        expect(quoted).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(quoteHcl(text)).not.toMatch(/[$%]\{/);
      }),
    );
  });

  it('writes numbers plainly', () => {
    expect([0.1, -5, 1e21, 1.5e-7, 2e-7].map(writeNumber)).toEqual(['0.1', '-5', '1.0e+21', '1.5e-7', '2.0e-7']);
  });
});

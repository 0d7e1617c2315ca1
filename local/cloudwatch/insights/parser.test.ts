import { describe, expect, it } from 'vitest';
import { anyCharacter, fc } from '../../../test/support/property.ts';
import { MathError } from '../math/math-error.ts';
import { isMetricsInsightsQuery } from './detect-query.ts';
import { parseInsights } from './parser.ts';

const PLAIN = {
  aggregate: 'AVG',
  metricName: 'CPUUtilization',
  namespace: 'AWS/EC2',
  schemaKeys: undefined,
  conditions: [],
  groupKeys: [],
  order: undefined,
  limit: 500,
};

describe('parseInsights', () => {
  it('reads all clauses', () => {
    const source = `SELECT SUM(RequestCount)
      FROM SCHEMA("AWS/ApplicationELB", LoadBalancer, "Availability Zone")
      WHERE LoadBalancer = 'app/load-balancer-1' AND "Availability Zone" != 'us-east-1a'
      GROUP BY "Availability Zone", LoadBalancer
      ORDER BY MAX() DESC
      LIMIT 5`;
    expect(parseInsights(source)).toEqual({
      aggregate: 'SUM',
      metricName: 'RequestCount',
      namespace: 'AWS/ApplicationELB',
      schemaKeys: ['LoadBalancer', 'Availability Zone'],
      conditions: [
        { key: 'LoadBalancer', isEqual: true, value: 'app/load-balancer-1' },
        { key: 'Availability Zone', isEqual: false, value: 'us-east-1a' },
      ],
      groupKeys: ['Availability Zone', 'LoadBalancer'],
      order: { aggregate: 'MAX', isDescending: true },
      limit: 5,
    });
  });

  it.each([
    ['SELECT AVG(CPUUtilization) FROM "AWS/EC2"', PLAIN],
    ['select avg ( CPUUtilization ) from "AWS/EC2"', PLAIN],
    ['SELECT AVG("CPUUtilization") FROM SCHEMA("AWS/EC2")', { ...PLAIN, schemaKeys: [] }],
    ['SELECT AVG("LIMIT") FROM My_Namespace1', { ...PLAIN, metricName: 'LIMIT', namespace: 'My_Namespace1' }],
    ['SELECT AVG(4XXError) FROM "AWS/EC2"', { ...PLAIN, metricName: '4XXError' }],
    ['SELECT AVG("Bytes\\"Input\\"") FROM "AWS/EC2"', { ...PLAIN, metricName: 'Bytes"Input"' }],
    ['SELECT AVG("a\\\'b\\\\c\\d") FROM "AWS/EC2"', { ...PLAIN, metricName: "a'b\\c\\d" }],
    [
      'SELECT AVG(CPUUtilization) FROM "AWS/EC2" ORDER BY COUNT() LIMIT 500',
      { ...PLAIN, order: { aggregate: 'COUNT', isDescending: false } },
    ],
    [
      'SELECT AVG(CPUUtilization) FROM "AWS/EC2" ORDER BY MIN() ASC LIMIT 1',
      { ...PLAIN, order: { aggregate: 'MIN', isDescending: false }, limit: 1 },
    ],
  ])('%s', (source, expected) => {
    expect(parseInsights(source)).toEqual(expected);
  });

  it.each([
    ['SELECT', "line 1:6 mismatched input '<EOF>' expecting {AVG, COUNT, MAX, MIN, SUM}"],
    ['SELECT MEDIAN(x) FROM y', "line 1:7 mismatched input 'MEDIAN' expecting {AVG, COUNT, MAX, MIN, SUM}"],
    ['SELECT AVG(x', "line 1:12 mismatched input '<EOF>' expecting ')'"],
    ['SELECT AVG(*) FROM y', "line 1:11 token recognition error at: '*) FROM y'"],
    ['SELECT AVG(x) y', "line 1:14 mismatched input 'y' expecting FROM"],
    ['SELECT AVG(My.Metric) FROM y', "line 1:13 mismatched input '.' expecting ')'"],
    ["SELECT AVG('x') FROM y", "line 1:11 mismatched input ''x'' expecting identifier"],
    ['SELECT AVG("") FROM y', 'line 1:11 mismatched input \'""\' expecting identifier'],
    ['SELECT AVG(LIMIT) FROM y', "line 1:11 mismatched input 'LIMIT' expecting identifier"],
    ['SELECT AVG(x) FROM AWS/EC2', "line 1:22 token recognition error at: '/EC2'"],
    ['SELECT AVG(x) FROM SCHEMA()', "line 1:26 mismatched input ')' expecting identifier"],
    ['SELECT AVG(x) FROM y WHERE a', "line 1:28 mismatched input '<EOF>' expecting {'=', '!='}"],
    ['SELECT AVG(x) FROM y WHERE a = "b"', 'line 1:31 mismatched input \'"b"\' expecting quoted label value'],
    ['SELECT AVG(x) FROM y WHERE a = 5', "line 1:31 mismatched input '5' expecting quoted label value"],
    ["SELECT AVG(x) FROM y WHERE a = 'b' OR a = 'c'", "line 1:35 mismatched input 'OR' expecting <EOF>"],
    ["SELECT AVG(x) FROM y WHERE a IN ('b')", "line 1:29 mismatched input 'IN' expecting {'=', '!='}"],
    ["SELECT AVG(x) FROM y WHERE a = 'b", "line 1:31 token recognition error at: ''b'"],
    ['SELECT AVG(x) FROM y GROUP a', "line 1:27 mismatched input 'a' expecting BY"],
    ['SELECT AVG(x) FROM y ORDER BY AVG(x)', "line 1:34 mismatched input 'x' expecting ')'"],
    ['SELECT AVG(x) FROM y LIMIT 10 GROUP BY a', "line 1:30 mismatched input 'GROUP' expecting <EOF>"],
    ['SELECT AVG(x) FROM y LIMIT ten', "line 1:27 mismatched input 'ten' expecting integer"],
    ['SELECT AVG(x) FROM y LIMIT 0', 'line 1:27 LIMIT must be between 1 and 500, not 0'],
    ['SELECT AVG(x) FROM y LIMIT 501', 'line 1:27 LIMIT must be between 1 and 500, not 501'],
    ["SELECT AVG(x) FROM y WHERE tag.env = 'p'", "line 1:30 'tag.' labels (resource tags) are not supported"],
    ['SELECT AVG(x) FROM y GROUP BY tag."my key"', "line 1:33 'tag.' labels"],
    ["SELECT AVG(x) FROM y WHERE AWS.Region = '1'", "'AWS.' labels"],
    ['SELECT AVG(x) FROM y WHERE AWS.AccountId = CURRENT_ACCOUNT_ID', "mismatched input '<EOF>' expecting '('"],
    ['SELECT AVG(x) FROM y WHERE host = CURRENT_ACCOUNT_ID()', 'expecting quoted label value'],
    ['SELECT AVG(x) FROM SCHEMA(y, AWS.AccountId)', "mismatched input '.' expecting ')'"],
    ['SELECT AVG(x)\n  FROM y\n  ORDER MAX()', "line 3:8 mismatched input 'MAX' expecting BY"],
  ])('refuses %s', (source, message) => {
    expect(() => parseInsights(source)).toThrow(message);
  });
});

describe('isMetricsInsightsQuery', () => {
  it.each(['SELECT AVG(x) FROM y', ' \n select sum(x) from y', 'SELECT'])('%j is one', (expression) => {
    expect(isMetricsInsightsQuery(expression)).toBe(true);
  });

  it.each(['selected + 1', 'SUM(METRICS())', '', 'm1', 'select1'])('%j is none', (expression) => {
    expect(isMetricsInsightsQuery(expression)).toBe(false);
  });
});

describe('properties', () => {
  const escapeQuotes = (text: string): string => text.replace(/["'\\]/g, '\\$&');
  const hostile = fc.string({
    minLength: 1,
    maxLength: 30,
    unit: fc.oneof(
      fc.constantFrom('"', "'", '\\', ' ', '\n', ')', ';', '-'),
      fc.string({ minLength: 1, maxLength: 1, unit: anyCharacter }),
    ),
  });

  it('gives quoted names and values back as they were', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, hostile, (metricName, namespace, key, value) => {
        const source = `SELECT SUM("${escapeQuotes(metricName)}") FROM "${escapeQuotes(namespace)}" WHERE "${escapeQuotes(key)}" = '${escapeQuotes(value)}' GROUP BY "${escapeQuotes(key)}"`;
        expect(parseInsights(source)).toMatchObject({
          metricName,
          namespace,
          conditions: [{ key, value }],
          groupKeys: [key],
        });
      }),
    );
  });

  it('answers any text with a query or a MathError', () => {
    const words = fc.constantFrom(
      'SELECT',
      'AVG',
      '(',
      ')',
      'x',
      'FROM',
      '"a',
      "'b'",
      'WHERE',
      '=',
      'LIMIT',
      '5',
      ',',
      '.',
      '\\',
    );
    fc.assert(
      fc.property(fc.array(words), (parts) => {
        try {
          expect(parseInsights(parts.join(' '))).toHaveProperty('metricName');
        } catch (error) {
          expect(error).toBeInstanceOf(MathError);
        }
      }),
    );
  });
});

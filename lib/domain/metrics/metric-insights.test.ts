import { describe, expect, it } from 'vitest';
import { parseInsights } from '../../../local/cloudwatch/insights/parser.ts';
import { fc } from '../../../test/support/property.ts';
import { buildInsightsSql } from './metric-insights.ts';

describe('buildInsightsSql', () => {
  it('writes every clause', () => {
    expect(
      buildInsightsSql({
        namespace: 'AWS/Lambda',
        metricName: 'Errors',
        aggregate: 'SUM',
        schemaKeys: ['FunctionName'],
        filters: [{ name: 'FunctionName', value: "it's" }],
        groupBy: 'FunctionName',
        orderBy: 'MAX',
        direction: 'DESC',
        limit: 11,
      }),
    ).toBe(
      `SELECT SUM("Errors") FROM SCHEMA("AWS/Lambda", "FunctionName") WHERE "FunctionName" = 'it\\'s' GROUP BY "FunctionName" ORDER BY MAX() DESC LIMIT 11`,
    );
  });

  it('leaves out what was not asked for', () => {
    expect(
      buildInsightsSql({
        namespace: 'AWS/EC2',
        metricName: 'CPUUtilization',
        aggregate: 'AVG',
        schemaKeys: [],
        filters: [],
        direction: 'ASC',
      }),
    ).toBe('SELECT AVG("CPUUtilization") FROM "AWS/EC2"');
  });

  it('carries hostile names and values unchanged', () => {
    const name = fc.oneof(
      fc.string({ minLength: 1, maxLength: 40 }),
      fc.constantFrom('a"b', "a'b", 'a\\', '\\"', "x' OR 'a'='a", 'SELECT', '"; DROP', 'Größe 日本', '--', '\\\\'),
    );
    fc.assert(
      fc.property(name, name, name, name, name, (namespace, metricName, key, value, group) => {
        const parsed = parseInsights(
          buildInsightsSql({
            namespace,
            metricName,
            aggregate: 'AVG',
            schemaKeys: [key, group],
            filters: [{ name: key, value }],
            groupBy: group,
            direction: 'ASC',
          }),
        );
        expect(parsed).toMatchObject({ namespace, metricName, schemaKeys: [key, group], groupKeys: [group] });
        expect(JSON.stringify(parsed)).toContain(JSON.stringify(value));
      }),
    );
  });
});

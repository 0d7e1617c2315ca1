import { describe, expect, it } from 'vitest';
import { readExpression } from './expression.ts';

describe('readExpression', () => {
  it.each([
    ["SEARCH('{AWS/Lambda,FunctionName} Errors', 'Sum', 300)", { statistic: 'Sum', periodSeconds: 300 }],
    ['SEARCH(\'MetricName="Errors" shop\', "p99", 60)', { statistic: 'p99', periodSeconds: 60 }],
    ["SUM(SEARCH('{AWS/Lambda} Errors', 'Sum', 300))", { periodSeconds: 300 }],
    ["SEARCH('a', 'Sum', 60) + SEARCH('b', 'Sum', 3600)", { periodSeconds: 3_600 }],
    ['SELECT SUM(Errors) FROM "AWS/Lambda" GROUP BY FunctionName', { statistic: 'Sum' }],
    ["SEARCH('a', 'Sum')", { statistic: 'Sum' }],
  ])('%s', (text, facts) => {
    const { names: _, ...found } = readExpression(text);
    expect(found).toEqual(facts);
  });

  it('names operands, but nothing inside quotes', () => {
    expect(readExpression("FILL(m1, 0) * 100 / requests + SEARCH('errors', 'Sum', 60)").names).toEqual([
      'm1',
      'requests',
    ]);
    expect(readExpression('').names).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { quoteIdentifier, quoteValue } from './sql-quote.ts';

describe('quoting for Metrics Insights', () => {
  it('quotes names in double and values in single marks', () => {
    expect(quoteIdentifier('AWS/Lambda')).toBe('"AWS/Lambda"');
    expect(quoteValue('shop')).toBe("'shop'");
    expect([quoteIdentifier(''), quoteValue('')]).toEqual(['""', "''"]);
  });

  it('escapes what would end the text or escape its end, and only that', () => {
    expect(quoteIdentifier('a"b\\c\'d')).toBe('"a\\"b\\\\c\'d"');
    expect(quoteValue('it\'s \\ "x"')).toBe("'it\\'s \\\\ \"x\"'");
  });
});

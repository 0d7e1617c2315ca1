import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { MathError } from './math-error.ts';
import { parseMath } from './parser.ts';
import { evaluateOver, valuesOf } from './test-request.ts';

describe('parseMath', () => {
  it('gives the tree of an expression', () => {
    expect(parseMath('SUM([m1, -2]) ^ 2')).toEqual({
      kind: 'binary',
      operator: '^',
      left: {
        kind: 'call',
        name: 'SUM',
        args: [
          {
            kind: 'list',
            items: [
              { kind: 'reference', id: 'm1' },
              { kind: 'negation', operand: { kind: 'number', value: 2 } },
            ],
          },
        ],
      },
      right: { kind: 'number', value: 2 },
    });
  });

  it('keeps an exponent with its number', () => {
    expect(parseMath('1e-36')).toEqual({ kind: 'number', value: 1e-36 });
    expect(parseMath('m1e')).toEqual({ kind: 'reference', id: 'm1e' });
  });

  it.each(['constructor', 'toString', 'hasOwnProperty'])('takes %s as an ordinary id', (id) => {
    expect(parseMath(id)).toEqual({ kind: 'reference', id });
  });

  it.each([
    ['', 'position 1: unexpected end of expression'],
    ['   ', 'position 4: unexpected end of expression'],
    ['m1 +', 'position 5: unexpected end of expression'],
    ['m1 m2', "position 4: unexpected 'm2'"],
    ['(m1', "position 4: unexpected end of expression, expected ')'"],
    ['m1)', "position 3: unexpected ')'"],
    ['[m1', "position 4: unexpected end of expression, expected ']'"],
    ['[]', "position 2: unexpected ']'"],
    ['SUM(m1,)', "position 8: unexpected ')'"],
    ['m1 = 2', "Unexpected character '=' at position 4"],
    ['m1 $ 2', "Unexpected character '$' at position 4"],
    ['m1 < 2 < 3', "position 8: unexpected '<'"],
    ['* m1', "position 1: unexpected '*'"],
    ['m1 AND', 'position 7: unexpected end of expression'],
    ['AND', "position 1: unexpected 'AND'"],
    ['METRICS("m', 'String that starts at position 9 has no closing quotation mark'],
    ['1.2.3', "position 4: unexpected '.3'"],
    ['m1; m2', "Unexpected character ';' at position 3"],
  ])('refuses %j', (source, message) => {
    expect(() => parseMath(source)).toThrow(message);
  });

  it('refuses absurd nesting instead of overflowing the stack', () => {
    expect(() => parseMath(`${'('.repeat(50_000)}m1${')'.repeat(50_000)}`)).toThrow('nested more than 200 levels deep');
    expect(() => parseMath(`${'1^'.repeat(50_000)}1`)).toThrow('nested more than 200 levels deep');
  });

  it('answers any text with a tree or a MathError', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('m1 +-*/^()[],<>=!&|"\'\\SUMAND.e5')) }),
        (source) => {
          try {
            expect(parseMath(source)).toHaveProperty('kind');
          } catch (error) {
            expect(error).toBeInstanceOf(MathError);
          }
        },
      ),
    );
  });
});

describe('types and names', () => {
  const metrics = { m1: [1, 2], m2: [3, 4] };

  it.each([
    ['ANOMALY_DETECTOR(m1)', "Error in expression 'e1': Function 'ANOMALY_DETECTOR' not found"],
    ['sum(m1)', "Error in expression 'e1': Function 'sum' not found"],
    ['constructor(m1)', "Error in expression 'e1': Function 'constructor' not found"],
    ['SERVICE_QUOTA(m1)', "Error in expression 'e1': Function 'SERVICE_QUOTA' is not supported by this imitation"],
    ['m9 + 1', "Error in expression 'e1': No query of this request has the id 'm9'"],
    ['METRICS() + METRICS()', "Unsupported operand type(s) for +: 'TimeSeries[]' and 'TimeSeries[]'"],
    ['METRICS() > 1', "Unsupported operand type(s) for >: 'TimeSeries[]' and 'Scalar'"],
    ['m1 + "x"', "Unsupported operand type(s) for +: 'TimeSeries' and 'String'"],
    ['m1 + REPEAT', "Unsupported operand type(s) for +: 'TimeSeries' and 'Keyword'"],
    ['-"x"', "Unsupported operand type for unary -: 'String'"],
    ['5', 'must be a time series or an array of time series'],
    ['AVG(m1)', 'must be a time series or an array of time series'],
    ['"x"', 'must be a time series or an array of time series'],
    ['ABS(m1, m2)', "Function 'ABS' expects 1 argument(s) but was given 2"],
    ['ABS()', "Function 'ABS' expects 1 argument(s) but was given 0"],
    ['ABS(-5) * m1', "Unsupported argument 1 for function 'ABS': 'Scalar'"],
    ['m1 + SUM(5)', "Unsupported argument 1 for function 'SUM': 'Scalar'"],
  ])('refuses %s', (expression, message) => {
    expect(() => evaluateOver(metrics, expression)).toThrow(message);
  });

  it('computes long chains and refuses what is longer than 2048 characters', () => {
    expect(valuesOf(metrics, Array.from({ length: 600 }, () => 'm1').join('+'))).toEqual([[600, 1200]]);
    expect(valuesOf(metrics, `${'-'.repeat(2000)}m1`)).toEqual([[1, 2]]);
    expect(() => evaluateOver(metrics, `m1${' '.repeat(2047)}`)).toThrow('longer than 2048 characters');
  });
});

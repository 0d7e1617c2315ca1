import { describe, expect, it } from 'vitest';
import { add, clamp, lookUp, subtract } from './arrays.ts';

const of = (...values: number[]): Float64Array => Float64Array.from(values);

describe('arithmetic on series', () => {
  it('adds and takes away, as long as the first one', () => {
    expect(add(of(1, 2), of(10, 20))).toEqual(of(11, 22));
    expect(subtract(of(1, 2, 3), of(1))).toEqual(of(0, 2, 3));
    expect(add(of(), of(1))).toEqual(of());
  });

  it('clamps on both sides, and keeps what is on the limit', () => {
    expect(clamp(of(-3, -2, 0, 2, 3), 2)).toEqual(of(-2, -2, 0, 2, 2));
  });

  it('looks up places, zero outside of the table', () => {
    expect(lookUp(of(5, 6), Int32Array.of(1, 0, 1, 9))).toEqual(of(6, 5, 6, 0));
  });
});

/** Numbers that a person would choose. Pure. */
import type { Direction } from './alarm-rule.ts';

const MIN_DIGITS = 2;
const MAX_DIGITS = 15;

/**
 * Rounded away from the usual values (up for `above`, down for `below`), to two significant digits or as many more as
 * keep the move within `slack`.
 */
export function roundOutward(value: number, direction: Direction, slack: number): number {
  for (let digits = MIN_DIGITS; digits <= MAX_DIGITS; digits += 1) {
    const rounded = roundTo(value, direction, digits);
    if (Math.abs(rounded - value) <= slack) return rounded;
  }
  return value;
}

function roundTo(value: number, direction: Direction, digits: number): number {
  const near = Number(value.toPrecision(digits));
  const isOutward = direction === 'above' ? near >= value : near <= value;
  if (isOutward) return near;
  // One step further; the exponent is that of the written number, which has no error of a logarithm.
  const exponent = Number(near.toExponential().split('e')[1] ?? 0);
  const step = Number(`1e${exponent - digits + 1}`);
  const moved = Number((near + (direction === 'above' ? step : -step)).toPrecision(digits));
  return Number.isFinite(moved) ? moved : value;
}

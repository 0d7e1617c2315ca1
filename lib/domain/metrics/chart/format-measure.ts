/** Numbers with their unit, short enough for an axis: `1.5 kB/s`, `240 ms`, `18.4k`, `85.2%`. Pure. */

interface Scale {
  /** So many of the metric's own unit. */
  readonly factor: number;
  readonly suffix: string;
}

const SIGNIFICANT_DIGITS = 4;
const MAX_DECIMALS = 6;
/** A scale with two of its units is easier to read than one with a fraction of them. */
const MIN_OF_LONG_TIMES = 2;
/** Four digits are read at a glance. */
const FIRST_THOUSANDS = 10;

/** As the texts of the answers and CloudWatch's own pictures have them. */
const BYTES = toPowers(1_000, [' B', ' kB', ' MB', ' GB', ' TB', ' PB'], 1);
const BITS = toPowers(1_000, [' bit', ' kbit', ' Mbit', ' Gbit', ' Tbit'], 1);
const COUNTS = toPowers(1_000, ['', 'k', 'M', 'G', 'T'], FIRST_THOUSANDS);
const TIMES: readonly (Scale & { readonly from: number })[] = [
  { factor: 1e-6, suffix: ' µs', from: 0 },
  { factor: 1e-3, suffix: ' ms', from: 1e-3 },
  { factor: 1, suffix: ' s', from: 1 },
  { factor: 60, suffix: ' min', from: 60 * MIN_OF_LONG_TIMES },
  { factor: 3_600, suffix: ' h', from: 3_600 * MIN_OF_LONG_TIMES },
  { factor: 86_400, suffix: ' d', from: 86_400 * MIN_OF_LONG_TIMES },
];
const SECONDS_OF: ReadonlyMap<string, number> = new Map([
  ['Seconds', 1],
  ['Milliseconds', 1e-3],
  ['Microseconds', 1e-6],
]);
const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['Kilo', 'k'],
  ['Mega', 'M'],
  ['Giga', 'G'],
  ['Tera', 'T'],
]);

/** Up to four significant digits. */
export function formatMeasure(value: number, unit: string): string {
  const { factor, suffix } = chooseScale(Math.abs(value), unit);
  return `${formatNumber(value / factor)}${suffix}`;
}

/** Labels of an axis: one scale for all, and as many decimals as tell them apart. */
export function formatTicks(values: readonly number[], unit: string): string[] {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const { factor, suffix } = chooseScale(largest, unit);
  const scaled = values.map((value) => value / factor);
  const decimals = countDecimals(scaled);
  return scaled.map((value) => {
    const text = decimals === undefined ? formatNumber(value) : group(value, decimals);
    return `${text}${suffix}`;
  });
}

/** How many of the unit one step of a readable axis is made of, where the largest value is so large. */
export function axisFactor(largest: number, unit: string): number {
  return chooseScale(largest, unit).factor;
}

function chooseScale(size: number, unit: string): Scale {
  const seconds = SECONDS_OF.get(unit);
  if (seconds !== undefined) return chooseTime(size, seconds, unit);
  const [base = '', per] = unit.split('/');
  const rate = per === undefined ? '' : per === 'Second' ? '/s' : `/${per}`;
  if (base === 'Bytes') return withRate(choosePower(size, BYTES), rate);
  if (base === 'Bits') return withRate(choosePower(size, BITS), rate);
  if (base === 'Count' || base === '') return withRate(choosePower(size, COUNTS), rate);
  if (base === 'Percent') return { factor: 1, suffix: `%${rate}` };
  return { factor: 1, suffix: ` ${shorten(base)}${rate}` };
}

function chooseTime(size: number, seconds: number, unit: string): Scale {
  if (size === 0) return { factor: 1, suffix: unit === 'Seconds' ? ' s' : unit === 'Milliseconds' ? ' ms' : ' µs' };
  const { factor, suffix } = TIMES.findLast(({ from }) => size * seconds >= from) ?? { factor: 1, suffix: ' s' };
  return { factor: factor / seconds, suffix };
}

function choosePower(size: number, scales: readonly (Scale & { readonly from: number })[]): Scale {
  return scales.findLast(({ from }) => size >= from) ?? { factor: 1, suffix: scales[0]?.suffix ?? '' };
}

function withRate({ factor, suffix }: Scale, rate: string): Scale {
  return { factor, suffix: `${suffix}${rate}` };
}

function toPowers(step: number, suffixes: readonly string[], first: number): (Scale & { from: number })[] {
  return suffixes.map((suffix, power) => {
    const factor = step ** power;
    return { factor, suffix, from: factor * (power === 1 ? first : 1) };
  });
}

/** `Megabytes` → `MB`, `Kilobits` → `kbit`: CloudWatch leaves open whether kilo is 1,000 or 1,024, so they stay as they are. */
function shorten(base: string): string {
  const [, prefix = '', what = ''] = /^(Kilo|Mega|Giga|Tera)(bytes|bits)$/.exec(base) ?? [];
  return prefix === '' ? base : `${PREFIXES.get(prefix) ?? ''}${what === 'bits' ? 'bit' : 'B'}`;
}

function formatNumber(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e7 || size < 1e-4)) return value.toExponential(SIGNIFICANT_DIGITS - 2).replace('e+', 'e');
  return Number(value.toPrecision(SIGNIFICANT_DIGITS)).toLocaleString('en-US', { maximumFractionDigits: 8 });
}

/** Undefined where no fixed number of decimals reads well. */
function countDecimals(values: readonly number[]): number | undefined {
  const sizes = values.map(Math.abs).filter((size) => size > 0);
  if (Math.max(...sizes) >= 1e7 || sizes.length === 0) return sizes.length === 0 ? 0 : undefined;
  const finest = Math.min(
    ...values.slice(1).map((value, index) => Math.abs(value - (values[index] ?? value))),
    ...sizes,
  );
  for (let decimals = 0; decimals <= MAX_DECIMALS; decimals += 1) {
    if (values.every((value) => Math.abs(Number(value.toFixed(decimals)) - value) < finest / 100)) return decimals;
  }
  return undefined;
}

function group(value: number, decimals: number): string {
  return (Math.abs(value) < 1e-12 ? 0 : value).toLocaleString('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

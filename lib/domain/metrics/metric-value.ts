/** Numbers of metrics for reading. Pure. */
import { lookUp } from '../text/look-up.ts';

const SIGNIFICANT_DIGITS = 4;
/** Made once: an answer holds thousands of numbers. */
const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];
const BYTE_STEP = 1_000;
/** Units of CloudWatch that have a usual short form; others are written out, `Count` and `None` not at all. */
const SUFFIXES: Readonly<Record<string, string>> = {
  Percent: '%',
  Seconds: ' s',
  Milliseconds: ' ms',
  Microseconds: ' µs',
  Count: '',
  None: '',
  'Count/Second': '/s',
};

/** Four significant digits, thousands separated; very large and very small ones with an exponent. */
export function formatNumber(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return value === 0 ? '0' : '–';
  const size = Math.abs(value);
  if (size >= 1e15 || size < 1e-4) return value.toExponential(SIGNIFICANT_DIGITS - 1).replace('e+', 'e');
  if (Number.isInteger(value) || size >= 10 ** SIGNIFICANT_DIGITS) return WHOLE.format(Math.round(value));
  return String(Number(value.toPrecision(SIGNIFICANT_DIGITS)));
}

/** `1,840 ms`, `85.2%`, `1.24 GB`, `12 Megabits`; without a unit the number alone. */
export function formatValue(value: number, unit?: string): string {
  if (unit === 'Bytes' || unit === 'Bytes/Second') {
    return `${formatBytes(value)}${unit === 'Bytes' ? '' : '/s'}`;
  }
  const suffix = unit === undefined ? '' : (lookUp(SUFFIXES, unit) ?? ` ${unit}`);
  return `${formatNumber(value)}${suffix}`;
}

function formatBytes(value: number): string {
  let scaled = value;
  let step = 0;
  while (Math.abs(scaled) >= BYTE_STEP && step < BYTE_UNITS.length - 1) {
    scaled /= BYTE_STEP;
    step += 1;
  }
  return `${formatNumber(scaled)} ${BYTE_UNITS[step] ?? ''}`;
}

import { AppError } from '../../errors.ts';
import { suggest } from '../text/nearest.ts';

const SIZES = [
  'Bytes',
  'Kilobytes',
  'Megabytes',
  'Gigabytes',
  'Terabytes',
  'Bits',
  'Kilobits',
  'Megabits',
  'Gigabits',
  'Terabits',
];

/** StandardUnit of the CloudWatch API reference. */
export const METRIC_UNITS: readonly string[] = [
  'Seconds',
  'Microseconds',
  'Milliseconds',
  ...SIZES,
  'Percent',
  'Count',
  ...SIZES.map((size) => `${size}/Second`),
  'Count/Second',
  'None',
];

/** The unit as CloudWatch writes it, case aside. @throws AppError `invalid_input` */
export function normalizeUnit(text: string, parameter: string): string {
  const found = METRIC_UNITS.find((unit) => unit.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  throw new AppError(
    'invalid_input',
    `${parameter} ${JSON.stringify(text.slice(0, 40))} is not a unit of CloudWatch.${suggest(text, METRIC_UNITS)} → leave unit out, or use one of ${METRIC_UNITS.join(', ')}.`,
  );
}

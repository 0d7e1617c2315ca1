import { expect, it } from 'vitest';
import { z } from 'zod';
import { describeNumber, readNumber } from './read-number.ts';
import { createAllowance } from './reading.ts';

const count = z.number().int().min(1).max(500);

function read(value: unknown, schema: z.ZodNumber = count, argument = 'max_items') {
  const warnings: string[] = [];
  return {
    value: readNumber(value, schema, {
      argument,
      path: argument,
      isMember: false,
      warnings,
      allowance: createAllowance(),
    }),
    warnings,
  };
}

it.each([
  ['7', 7],
  [' +7 ', 7],
  ['-7', -7],
  ['2.5', 2.5],
  ['1e2', 100],
  ['1E2', 100],
  ['1,000', 1_000],
  ['1_000_000', 1_000_000],
  ['1,00', '1,00'],
  ['1e200', '1e200'],
  ['0x10', '0x10'],
  ['', ''],
  ['five', 'five'],
  [true, true],
  [null, null],
])('reads %j', (sent, meant) => {
  expect(read(sent, z.number()).value).toBe(meant);
});

it.each([
  ['period', '5m', 300],
  ['period', '1h', 3_600],
  ['max_timeout', '90s', 90],
  ['wait_seconds', 'soon', 'soon'],
  ['max_items', '5m', '5m'],
  ['max_scan_gb', '500 MB', 0.5],
  ['max_scan_gb', '2GB', 2],
  ['max_scan_gb', '1.5 tb', 1_500],
  ['max_scan_gb', '5 kB', '5 kB'],
  ['max_items', '2GB', '2GB'],
])('reads %s %j', (argument, sent, meant) => {
  expect(read(sent, z.number(), argument).value).toBe(meant);
});

it('takes zero below the minimum as left out, and lowers what is too large', () => {
  expect(read(0).value).toBeUndefined();
  expect(read('0').value).toBeUndefined();
  expect(read(0, z.number().min(0)).value).toBe(0);
  expect(read(0, z.number()).value).toBe(0);
  expect(read(500)).toEqual({ value: 500, warnings: [] });
  expect(read('501')).toEqual({ value: 500, warnings: ['max_items 501 was lowered to 500, the most that is taken.'] });
  expect(read(501, count, 'offset')).toEqual({ value: 501, warnings: [] });
  expect(read(501, count, 'row_offset').value).toBe(501);
});

it.each([
  [count, 'max_items', 50, 'a whole number from 1 to 500, such as 50'],
  [z.number().min(0.5), 'x', undefined, 'a number of at least 0.5'],
  [z.number().max(9), 'x', 'no number', 'a number of at most 9'],
  [z.number().int(), 'period', 60, 'a whole number, such as 60, in seconds'],
])('describes %#', (schema, argument, example, text) => {
  expect(describeNumber(schema, argument, example)).toBe(text);
});

/** Tables of what functions make of many inputs, kept as files beside which a change of a function shows. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect } from 'vitest';
import { isAppError } from '../../lib/errors.ts';

const FOLDER = join(import.meta.dirname, '../golden');
/** Digits that every machine has in common. */
const DIGITS = 8;
const MAX_LISTED = 4;
const MAX_ROW_CHARS = 120;
const HASH_CHARS = 12;

/**
 * Each row as it is today: `npx vitest run <file> --update` takes changes over. Whether they are right is asked by other
 * tests; this one asks whether they were meant.
 * @param path below test/golden, without its ending
 */
export async function expectTable(path: string, rows: Iterable<readonly [string, unknown]>): Promise<void> {
  const text = Array.from(rows, ([name, value]) => {
    const figures = JSON.stringify(value, shorten) ?? 'undefined';
    const shown = figures.length <= MAX_ROW_CHARS ? figures : `${figures.slice(0, MAX_ROW_CHARS)}… ${hash(figures)}`;
    return `${name} → ${shown}\n`;
  });
  await expect(text.join('')).toMatchFileSnapshot(join(FOLDER, `${path}.txt`));
}

/** What a call gives, or code and text of its error. */
export function outcomeOf(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    const code = isAppError(error) ? error.code : 'no AppError';
    return `${code}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Numbers to some digits; of a long row its first ones, its length and a hash of all. */
function shorten(_key: string, value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : String(value);
  const list = ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value;
  if (!Array.isArray(list) || list.length <= MAX_LISTED) return list;
  const whole = hash(list.map((item) => JSON.stringify(item, shorten)).join());
  return [...list.slice(0, MAX_LISTED - 1), `… ${list.length}: ${whole}`];
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HASH_CHARS);
}

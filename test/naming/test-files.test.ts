/** Where tests stand, and what they are called: the rule of docs/testing.md. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const TEST_NAME = /^([a-z0-9-]+)(?:\.[a-z0-9-]+)?\.test\.ts$/;
const LIKE_A_TEST = /[._](?:tests?|specs?)\.[cm]?[jt]sx?$/;

const listing = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
const files = listing
  .toString('utf8')
  .split('\n')
  .filter((file) => LIKE_A_TEST.test(file) && existsSync(join(ROOT, file)));

/** What is wrong with the place or the name of a test file; undefined when it is right. */
function faultOf(file: string): string | undefined {
  const [, unit] = TEST_NAME.exec(basename(file)) ?? [];
  if (unit === undefined) return `${file}: call it <unit>.test.ts or <unit>.<aspect>.test.ts`;
  if (file.startsWith('test/') || existsSync(join(ROOT, dirname(file), `${unit}.ts`))) return undefined;
  return `${file}: there is no ${unit}.ts beside it; name the unit first, or put it into test/<subject>/`;
}

describe('names of test files', () => {
  it('begin with the unit beside them, or the file stands in test/', () => {
    expect(files.length).toBeGreaterThan(250);
    expect(files.flatMap((file) => faultOf(file) ?? [])).toEqual([]);
  });

  it.each([
    'lib/errors.spec.ts',
    'lib/errors_test.ts',
    'lib/errors.tests.ts',
    'lib/errors.one.two.test.ts',
    'lib/Errors.test.ts',
    'lib/no-such-unit.test.ts',
    'lib/no-such-unit.faults.test.ts',
  ])('are refused where they are like %s', (file) => {
    expect(LIKE_A_TEST.test(file)).toBe(true);
    expect(faultOf(file)).toBeDefined();
  });

  it.each(['lib/errors.test.ts', 'lib/errors.faults.test.ts', 'test/http/limits.test.ts'])('may be %s', (file) => {
    expect(faultOf(file)).toBeUndefined();
  });
});

describe('property tests', () => {
  /** See `anyCharacter` of test/support/property.ts. */
  const DEAR_UNIT = /(?:unit|stringUnit): ['"]binary['"]/;

  it('draw any characters by the cheap unit', () => {
    expect(files.filter((file) => DEAR_UNIT.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
  });

  it('would be found out', () => {
    expect(DEAR_UNIT.test("fc.string({ unit: 'bin' + 'ary' })".replace("' + '", ''))).toBe(true);
  });
});

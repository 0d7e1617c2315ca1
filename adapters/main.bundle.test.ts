import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { getBundlePath } from '../test/support/bundle-process.ts';

const MAX_BUNDLE_BYTES = 2_400_000;

async function readInputs(): Promise<string[]> {
  const text = await readFile(join(dirname(getBundlePath()), 'metafile.json'), 'utf8');
  const { outputs } = JSON.parse(text);
  return Object.values(outputs as Record<string, { inputs: object }>).flatMap(({ inputs }) => Object.keys(inputs));
}

describe('the bundle', () => {
  it('is small', async () => {
    const { size } = await stat(getBundlePath());
    expect(size).toBeGreaterThan(100_000);
    expect(size).toBeLessThanOrEqual(MAX_BUNDLE_BYTES);
  });

  it('holds nothing of tests, scripts and the embedded CloudWatch', async () => {
    const inputs = await readInputs();
    expect(inputs).toContain('adapters/main.ts');
    expect(inputs.filter((path) => /^(local|test|scripts)\//.test(path) || path.includes('.test.'))).toEqual([]);
  });

  it('holds no development packages, validators of JSON Schema or foreign languages', async () => {
    const inputs = await readInputs();
    expect(inputs.filter((path) => /node_modules\/(ajv|vitest|fast-check|esbuild|@types)\b/.test(path))).toEqual([]);
    expect(inputs.filter((path) => /zod\/v4\/locales\/(?!index|en)/.test(path))).toEqual([]);
  });

  // One letter beyond Latin-1 (esbuild escapes them but in regular expressions: write \u2192 there) makes V8 keep the whole
  // source with two bytes a character.
  it('is plain ASCII', async () => {
    expect(/.{0,40}[^\0-\x7f].{0,40}/.exec(await readFile(getBundlePath(), 'utf8'))?.[0]).toBeUndefined();
  });

  it('names no path of the machine that built it', async () => {
    expect(await readFile(getBundlePath(), 'utf8')).not.toContain(process.cwd());
  });
});

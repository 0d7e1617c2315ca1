import { describe, expect, it } from 'vitest';
import { PROMPTS } from '../../lib/mcp/prompts/prompts.ts';
import { readText } from './markdown.ts';

const README = readText('README.md');

describe('README', () => {
  it.each(PROMPTS.map(({ name }) => name))('names the prompt %s', (name) => {
    expect(README).toContain(`\`${name}\``);
  });

  it('has at most 230 lines', () => {
    expect(README.trimEnd().split('\n').length).toBeLessThanOrEqual(230);
  });

  it('gives the test command that the verdict runs', () => {
    expect(README).toContain('npm ci && npm test\n');
    expect(readText('.ci/run')).toMatch(/^ *run_counted npm test$/m);
  });

  it('gives only npm commands that exist', () => {
    const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };
    const commands = [...README.matchAll(/npm (?:run ([a-z:]+)|(start|test))\b/g)].map(
      ([, run, short]) => run ?? short ?? '',
    );
    expect(commands.length).toBeGreaterThan(3);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(commands));
  });
});

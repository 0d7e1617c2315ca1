import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TOOLS } from '../../lib/mcp/registry.ts';
import { ROOT, readTable, readText, uncode } from './markdown.ts';

const README = readText('README.md');

describe('README', () => {
  it('lists exactly the tools that the server has, in their order', () => {
    expect(readTable(README, 'tool').map(([name]) => uncode(name))).toEqual(TOOLS.map(({ name }) => name));
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

  it('names exactly the AWS actions that the code calls', () => {
    const start = README.indexOf('## Your own AWS account');
    const section = README.slice(start, README.indexOf('\n## ', start + 1));
    const named = [...section.matchAll(/`(\w+):` ([^·.(]+)/g)].flatMap(([, service, actions = '']) =>
      actions.split(',').map((action) => `${service}:${action.trim()}`),
    );
    expect(named.sort()).toEqual(listCalledActions());
  });
});

/** Every `'service:Action'` in lib/aws. */
function listCalledActions(): string[] {
  const files = readdirSync(join(ROOT, 'lib/aws'), { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.test.ts'),
  );
  const actions = files.flatMap((path) =>
    [...readText(join('lib/aws', path)).matchAll(/'((?:cloudwatch|logs|sts):[A-Z]\w+)'/g)].map(
      ([, action = '']) => action,
    ),
  );
  return [...new Set(actions)].sort();
}

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERRORS } from '../../lib/errors.ts';
import { TOOLS } from '../../lib/mcp/registry.ts';
import { ROOT, readTable, readText, uncode } from './markdown.ts';

const listSources = (folder: string): string[] =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => join(folder, name));

const packageJson = JSON.parse(readText('package.json')) as { version: string; dependencies: Record<string, string> };

describe('docs/errors.md', () => {
  it('names every error code once', () => {
    expect(readTable(readText('docs/errors.md'), 'code').map(([code]) => uncode(code))).toEqual(Object.keys(ERRORS));
  });
});

describe('the table of codes', () => {
  it('has on both planes exactly what the check of a token gives', () => {
    const sources = [...listSources('lib/auth'), 'lib/middleware/bearer-auth.ts'].map(readText);
    const thrown = sources.flatMap((source) =>
      [...source.matchAll(/new AppError\(\s*'(\w+)'/g)].map(([, code]) => code),
    );
    // What is malformed in itself is so for every method (bearer-auth).
    const expected = new Set(thrown.filter((code) => code !== 'invalid_request'));
    const both = Object.entries(ERRORS).filter(([, { planes }]) => planes.length > 1);
    expect(new Set(both.map(([code]) => code))).toEqual(expected);
  });
});

describe('docs/tools.md', () => {
  it('has a section for every tool and for no other', () => {
    const sections = [...readText('docs/tools.md').matchAll(/^### (.+)$/gm)].map(([, title = '']) => title);
    expect(sections.toSorted()).toEqual(TOOLS.map(({ name }) => name).toSorted());
  });
});

describe('docs/dependencies.md', () => {
  it('lists exactly the runtime dependencies', () => {
    const listed = readTable(readText('docs/dependencies.md'), 'package').map(([name]) => uncode(name));
    expect(listed).toEqual(Object.keys(packageJson.dependencies));
  });
});

describe('CHANGELOG.md', () => {
  it('has the version of the package as its newest', () => {
    const [, newest] = /^## (\S+)/m.exec(readText('CHANGELOG.md')) ?? [];
    expect(newest).toBe(packageJson.version);
  });
});

describe('decisions', () => {
  const HEADINGS = [
    'Status',
    'Context',
    'Decision',
    'Alternatives',
    'Consequences',
    'How we would notice that it was wrong',
  ];
  const MAX_LINES = 60;
  const records = readdirSync(join(ROOT, 'docs/adr'))
    .filter((name) => name !== 'README.md')
    .sort();

  it('are numbered without a gap', () => {
    expect(records.map((name) => name.slice(0, 5))).toEqual(
      records.map((_, index) => `${String(index + 1).padStart(4, '0')}-`),
    );
    expect(records.length).toBeGreaterThan(0);
  });

  it.each(records)('%s has at most 60 lines and all headings', (name) => {
    const text = readText(`docs/adr/${name}`);
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(MAX_LINES);
    expect([...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual(HEADINGS);
  });

  it('are all in the index, under their own titles', () => {
    const rows = readTable(readText('docs/adr/README.md'), 'no.');
    const expected = records.map((name) => {
      const [, number, title] = /^# (\d+)\. (.+)$/m.exec(readText(`docs/adr/${name}`)) ?? [];
      return [`[${number}](${name})`, title];
    });
    expect(rows).toEqual(expected);
  });
});

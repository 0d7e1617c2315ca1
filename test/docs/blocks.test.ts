/** The fenced blocks of the documents: each is of a language that is checked here, or that says why it is not. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listMarkdown, ROOT, readText } from './markdown.ts';

interface Block {
  readonly path: string;
  readonly language: string;
  readonly text: string;
}

const blocks: readonly Block[] = listMarkdown().flatMap((path) =>
  [...readText(path).matchAll(/^( *)```(\w*)[^\n]*\n([\s\S]*?)^\1```/gm)].map(([, , language = '', text = '']) => ({
    path,
    language,
    text,
  })),
);

/** Languages that no test here reads, and why. */
const NOT_READ: Readonly<Record<string, string>> = {
  text: 'output, shortened for the reader',
  '': 'output or a place in a file',
  ts: 'a part of a module; the types check the modules',
  yaml: 'read by npm run test:deploy, with the schemas of LibreChat and Kubernetes',
};

/** To be filled in by the reader. */
const PLACE = /<[a-z][\w -]*>/g;

const of = (...languages: string[]): Block[] => blocks.filter(({ language }) => languages.includes(language));

describe('fenced blocks', () => {
  it('are there', () => {
    expect(blocks.length).toBeGreaterThan(20);
  });

  it('are each of a language that is read here, or says why not', () => {
    const known = new Set(['sh', 'bash', 'json', ...Object.keys(NOT_READ)]);
    expect(
      blocks.filter(({ language }) => !known.has(language)).map(({ path, language }) => `${path}: ${language}`),
    ).toEqual([]);
  });

  it('of JSON can be read', () => {
    for (const { path, text } of of('json'))
      expect(() => JSON.parse(text), `${path}: ${text.slice(0, 80)}`).not.toThrow();
  });

  it('of the shell are whole commands', () => {
    const script = of('sh', 'bash')
      .map(({ text }, index) => `block_${index}() {\n:\n${text.replaceAll(PLACE, 'x')}\n}`)
      .join('\n');
    const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('of the shell run scripts and read files that there are', () => {
    const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };
    const wrong = of('sh', 'bash').flatMap(({ path, text }) => [
      ...[...text.matchAll(/\bnpm run (?:-s )?([\w:-]+)/g)]
        .filter(([, name = '']) => !Object.hasOwn(scripts, name))
        .map(([command]) => `${path}: ${command}`),
      ...[...text.matchAll(/(?<![\w./-])(?:scripts|k8s|helm-chart|iam|test|docs|lib)\/[\w./-]*[\w/]/g)]
        .filter(([file]) => !existsSync(join(ROOT, file)))
        .map(([file]) => `${path}: ${file}`),
    ]);
    expect(wrong).toEqual([]);
  });

  it('for librechat.yaml name the version that its schema wants', () => {
    const snippets = of('yaml').filter(({ text }) => /^mcpServers:/m.test(text));
    expect(snippets.length).toBeGreaterThan(4);
    for (const { path, text } of snippets) expect([path, /^version: /m.test(text)]).toEqual([path, true]);
  });
});

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBrokenLinks, listAnchors, listLinks, listMarkdown, ROOT, readText } from './markdown.ts';

describe('links of the documents', () => {
  it('finds the documents', () => {
    const files = listMarkdown();
    expect(files).toEqual(expect.arrayContaining(['README.md', 'docs/errors.md', 'docs/adr/README.md']));
    expect(files.filter((path) => path.includes('node_modules'))).toEqual([]);
  });

  it.each(listMarkdown())('%s links only to what exists', (path) => {
    expect(findBrokenLinks(path, readText(path))).toEqual([]);
  });
});

describe('the maps', () => {
  it.each(['AGENTS.md', 'CONTRIBUTING.md', 'docs/architecture.md'])('%s names only paths that exist', (path) => {
    const named = [...readText(path).matchAll(/`((?:lib|handlers|adapters|local|scripts|test|docs|data)\/[\w./-]*)`/g)];
    expect(named.length).toBeGreaterThan(5);
    expect(named.map(([, target = '']) => target).filter((target) => !existsSync(join(ROOT, target)))).toEqual([]);
  });
});

describe('the check of links', () => {
  it('names a missing file and a missing heading', () => {
    const markdown =
      '[a](nowhere.md) [b](../README.md#nothing) [c](#also-nothing)\n## Here\n[d](#here) [e](https://x.example/)';
    expect(findBrokenLinks('docs/tools.md', markdown)).toEqual([
      'nowhere.md (no such file)',
      '../README.md#nothing (no such heading)',
      '#also-nothing (no such heading)',
    ]);
  });

  it('reads links, but none inside code', () => {
    expect(listLinks('[a](b.md "title") `[c](d.md)`\n```\n[e](f.md)\n```\n![g](h.png)')).toEqual(['b.md', 'h.png']);
  });

  it('makes anchors as GitHub does', () => {
    const markdown = '# A `b` & C\n## Same\n## Same\n```\n# not a heading\n```\n### With [link](x.md), and_underscore';
    expect([...listAnchors(markdown)]).toEqual(['a-b--c', 'same', 'same-1', 'with-link-and_underscore']);
  });
});

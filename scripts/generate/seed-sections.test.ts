import { describe, expect, it } from 'vitest';
import { TOOLS } from '../../lib/mcp/registry.ts';
import { readText } from '../../test/docs/markdown.ts';
import { seedSections } from './seed-sections.ts';

const PAGE = `# Tools

## Alarms

### get_alarms

<!-- generated:get_alarms -->
<!-- /generated:get_alarms -->

## PromQL

### query

<!-- generated:query -->
<!-- /generated:query -->
`;
const tool = (name: string, toolset: 'alarms' | 'promql' | 'triage') => ({
  name,
  description: `About ${name}.`,
  toolset,
});
const known = [tool('get_alarms', 'alarms'), tool('query', 'promql')];

describe('the sections of docs/tools.md', () => {
  it('are left alone where they are', () => {
    expect(seedSections(PAGE, known)).toBe(PAGE);
    expect(seedSections(readText('docs/tools.md'), TOOLS)).toBe(readText('docs/tools.md'));
  });

  it.each([
    ['in the middle', tool('mute_alarms', 'alarms'), '## PromQL'],
    ['in the last chapter', tool('list_labels', 'promql'), undefined],
    ['in a chapter of its own', tool('list_targets', 'triage'), undefined],
  ])('get a new one %s', (_where, added, before) => {
    const text = seedSections(PAGE, [...known, added]);
    const { name } = added;
    const section = `### ${name}\n\nAbout ${name}.\n\n<!-- generated:${name} -->\n<!-- /generated:${name} -->\n`;
    expect(text).toContain(before === undefined ? `\n\n${section}` : `\n\n${section}\n${before}\n`);
    expect(text.includes('\n\n\n')).toBe(false);
    expect(text.endsWith(' -->\n')).toBe(true);
    expect(text.replace(section, '').length).toBeLessThan(PAGE.length + 20);
    expect(seedSections(text, [...known, added])).toBe(text);
  });
});

/** A place in docs/tools.md for each tool that has none yet. */
import type { Tool } from '../../lib/tool/types.ts';

type Listed = Pick<Tool, 'name' | 'description' | 'toolset'>;

/**
 * Pure. A new section stands at the end of the chapter of its toolset, whose heading is the toolset's name in any case; a new
 * chapter stands at the end. It begins with the tool's description, which its author may then replace.
 */
export function seedSections(source: string, tools: readonly Listed[]): string {
  return tools.reduce(
    (text, tool) => (text.includes(`<!-- generated:${tool.name} -->`) ? text : seed(text, tool)),
    source,
  );
}

function seed(text: string, { name, description, toolset }: Listed): string {
  const section = `### ${name}\n\n${description}\n\n<!-- generated:${name} -->\n<!-- /generated:${name} -->\n\n`;
  const heading = new RegExp(`^## ${toolset}$`, 'im').exec(text);
  if (heading === null) {
    const title = `${toolset.slice(0, 1).toUpperCase()}${toolset.slice(1)}`;
    return `${text.trimEnd()}\n\n## ${title}\n\n${section.trimEnd()}\n`;
  }
  const next = text.indexOf('\n## ', heading.index + 1);
  if (next === -1) return `${text.trimEnd()}\n\n${section.trimEnd()}\n`;
  return `${text.slice(0, next + 1)}${section}${text.slice(next + 1)}`;
}

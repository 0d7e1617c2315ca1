import { TOOLS } from '../../lib/mcp/registry.ts';
import { describeTool } from '../../lib/mcp/tool-listing.ts';

/** One golden file a tool: what `tools/list` says of it. A change of the public API shows as a diff of these files. */
export function renderGoldenTools(): Map<string, string> {
  return new Map(TOOLS.map((tool) => [tool.name, `${JSON.stringify(describeTool(tool), null, 2)}\n`]));
}

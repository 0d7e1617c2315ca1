/** Every tool of the program, in the order in which clients see them: one line a tool. */
import type { Toolset } from '../domain/toolsets.ts';
import type { Tool } from '../tool/types.ts';

export const TOOLS: readonly Tool[] = [];

/** The tools of the toolsets that are switched on. */
export function selectTools(toolsets: readonly Toolset[]): readonly Tool[] {
  return TOOLS.filter((tool) => toolsets.includes(tool.toolset));
}

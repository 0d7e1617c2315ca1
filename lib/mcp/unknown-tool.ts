/** What to say of a tool name that is none. */
import { findNearest } from '../domain/text/nearest.ts';
import { AppError } from '../errors.ts';
import type { ToolListing } from './tool-listing.ts';

/** No name is longer, with all that clients add to it. */
const MAX_READ_CHARS = 200;
/** Clients show models names with the server's around them: `x_mcp_server` (LibreChat), `mcp__server__x`, `server.x`. */
const ADDED = [/_mcp_.*$/s, /^mcp__.*?__/s, /^.*[./:]/s];

/**
 * Names the tool that may be meant, if any is near.
 * @param list what names the tools, in the words of the way in
 */
export function unknownTool(
  name: string,
  listing: readonly Pick<ToolListing, 'name'>[],
  list = 'tools/list',
): AppError {
  const bare = ADDED.reduce((text, added) => text.replace(added, ''), name.slice(0, MAX_READ_CHARS));
  const names = listing.map((tool) => tool.name);
  const [nearest] = findNearest(bare, names, 1);
  const hint = nearest === undefined ? '' : `did you mean ${nearest}? `;
  return new AppError(
    'unknown_tool',
    `There is no tool ${JSON.stringify(name.slice(0, 60))} → ${hint}${list} names them.`,
  );
}

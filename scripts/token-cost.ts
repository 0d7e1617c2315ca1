/** Prints what the tool list costs a model, tool by tool, and fails above the limits. */
import { TOOLS } from '../lib/mcp/registry.ts';
import { describeTool, type ToolListing } from '../lib/mcp/tool-listing.ts';

/** A common rule of thumb for JSON and English. */
const CHARS_PER_TOKEN = 4;
/** What a model reads of all tools: name, description, inputSchema. */
const MAX_MODEL_TOKENS = 11_000;
/** The whole answer of `tools/list`. */
const MAX_LIST_TOKENS = 24_000;

const tokens = (value: unknown): number => Math.ceil(JSON.stringify(value).length / CHARS_PER_TOKEN);
const modelView = ({ name, description, inputSchema }: ToolListing) => ({ name, description, inputSchema });

const listings = TOOLS.map(describeTool).sort((a, b) => tokens(b) - tokens(a));
console.log('tokens for a model | whole entry | tool');
for (const listing of listings) {
  console.log(
    `${String(tokens(modelView(listing))).padStart(18)} | ${String(tokens(listing)).padStart(11)} | ${listing.name}`,
  );
}
const model = listings.reduce((sum, listing) => sum + tokens(modelView(listing)), 0);
const whole = listings.reduce((sum, listing) => sum + tokens(listing), 0);
console.log(
  `${String(model).padStart(18)} | ${String(whole).padStart(11)} | all ${listings.length} (limits ${MAX_MODEL_TOKENS} | ${MAX_LIST_TOKENS})`,
);
process.exitCode = model <= MAX_MODEL_TOKENS && whole <= MAX_LIST_TOKENS ? 0 : 1;

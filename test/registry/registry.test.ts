/** What must hold for every tool, whoever wrote it. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TOOLS } from '../../lib/mcp/registry.ts';
import { describeTool } from '../../lib/mcp/tool-listing.ts';
import { fc } from '../support/property.ts';
import { readConsoleLink } from '../support/read-console-link.ts';
import { startToolBench, type ToolBench } from '../support/tool-bench.ts';
import { CALLS, callsOf } from './calls/all-calls.ts';
import { findUnfitKeywords } from './find-unfit-keywords.ts';

/** LibreChat and others pay for every word on each turn. */
const MAX_DESCRIPTION_CHARS = 600;
/** Ids that name nothing: the answer to them is a clear error. */
const NEEDS_AN_EARLIER_CALL = new Set(['get_logs_insight_query_results', 'cancel_logs_insight_query']);

/** The console shows nothing of the same there. */
const LEADS_NOWHERE = new Set([
  'list_targets',
  'list_metrics',
  'get_metric_metadata',
  'execute_promql_query',
  'execute_promql_range_query',
  'get_promql_series',
  'get_promql_labels',
  'get_promql_label_values',
]);
/** Nobody needs to read such a line twice. */
const LONG_LINE_CHARS = 60;
/** With parentheses escaped. */
const MAX_LINK_CHARS = 550;

/** Whether a word is a member of one of the tool's small objects. */
function isMember(schema: unknown, word: string): boolean {
  return JSON.stringify(z.toJSONSchema(schema as z.ZodObject)).includes(`"${word}":`);
}

const tools = TOOLS.map((tool) => [tool.name, tool] as const);
let bench: ToolBench;

beforeAll(async () => {
  bench = await startToolBench();
});
afterAll(() => bench.close());

describe('the registry', () => {
  it('has no name twice', () => {
    expect(new Set(TOOLS.map(({ name }) => name)).size).toBe(TOOLS.length);
  });

  it('has sample calls for each tool, and for no other', () => {
    expect(Object.keys(CALLS).sort()).toEqual(TOOLS.map(({ name }) => name).sort());
  });
});

describe.each(tools)('%s', (name, tool) => {
  const listing = describeTool(tool);
  const { minimal } = callsOf(name);

  it('says what it is, and all four hints', () => {
    expect(listing.title.length).toBeGreaterThan(3);
    expect(listing.description.length).toBeGreaterThan(60);
    expect(listing.description.length).toBeLessThanOrEqual(MAX_DESCRIPTION_CHARS);
    expect(Object.keys(listing.annotations).sort()).toEqual([
      'destructiveHint',
      'idempotentHint',
      'openWorldHint',
      'readOnlyHint',
      'title',
    ]);
    expect(listing.annotations.readOnlyHint).toBe(name !== 'cancel_logs_insight_query');
  });

  it('speaks of no tool or argument that does not exist', () => {
    const known = new Set(TOOLS.flatMap((other) => [other.name, ...Object.keys(other.inputSchema.shape)]));
    const words = JSON.stringify([listing.description, listing.inputSchema]).match(/\b[a-z]+(?:_[a-z]+)+\b/g) ?? [];
    expect(words.filter((word) => !known.has(word) && !isMember(tool.inputSchema, word))).toEqual([]);
  });

  it('takes what every client can send: flat, described, bounded', () => {
    expect(findUnfitKeywords(listing.inputSchema)).toEqual([]);
    expect(JSON.stringify(listing)).not.toContain('additionalProperties');
  });

  it('takes region and account', () => {
    const properties = Object.keys(listing.inputSchema.properties ?? {});
    expect(properties).toEqual(expect.arrayContaining(name === 'list_targets' ? [] : ['region', 'account']));
    for (const forbidden of ['role_arn', 'external_id', 'profile', 'profile_name', 'session_name'])
      expect(properties).not.toContain(forbidden);
  });

  it('answers within the budget, as its outputSchema says, and tells that profile_name of other servers has no effect', async () => {
    const result = await bench.run(name, { ...minimal, profile_name: 'prod' });
    const text = bench.text(result);
    expect(text).not.toContain('unknown argument');
    if (NEEDS_AN_EARLIER_CALL.has(name)) {
      expect(text).toMatch(/^Error: .* → /);
      return;
    }
    expect(result.isError, text).toBeUndefined();
    expect(text.length).toBeLessThanOrEqual(24_000);
    const links = [...text.matchAll(/\]\((https:[^)]*)\)/g)].map(([, url = '']) => url);
    expect(links.length).toBe(LEADS_NOWHERE.has(name) ? 0 : 1);
    for (const url of links) {
      expect(url.length).toBeLessThanOrEqual(MAX_LINK_CHARS);
      expect(readConsoleLink(url)).toMatchObject({ region: 'us-east-1', page: expect.stringMatching(/^[a-z]/) });
    }
    expect(text).toContain('profile_name has no effect');
    expect(text.match(/^Text in <data-/gm)?.length ?? 0).toBeLessThanOrEqual(1);
    const long = text.split('\n').filter((line) => /^\S/.test(line) && line.length > LONG_LINE_CHARS);
    expect(long.filter((line, index) => long.indexOf(line) !== index)).toEqual([]);
    expect(tool.outputSchema.safeParse(result.structuredContent)).toMatchObject({ success: true });
  });

  it('refuses an unknown argument and lists the valid ones', async () => {
    const text = bench.text(await bench.run(name, { ...minimal, no_such_argument: 1 }));
    expect(text).toMatch(/^Error: unknown argument "no_such_argument".* → /);
  });

  it('refuses a region that does not exist', async () => {
    if (name === 'list_targets') return;
    expect(bench.text(await bench.run(name, { ...minimal, region: 'us-esat-1' }))).toMatch(/^Error: .*us-esat-1.* → /s);
  });

  it('survives any arguments', async () => {
    const keys = Object.keys(tool.inputSchema.shape);
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('', '-1h', 'now', -1, 0, 1e9, '\u202e\u0000', 'x'.repeat(5_000), [], {}, [[]], ['a', 1, null]),
    );
    const args = fc.dictionary(fc.constantFrom(...keys, '__proto__', 'constructor'), value, { maxKeys: 5 });
    // Where nothing is required, most of them are answered, which takes long.
    const numRuns = listing.inputSchema.required === undefined ? 6 : 25;
    await fc.assert(
      fc.asyncProperty(args, async (hostile) => {
        const result = await bench.run(name, hostile);
        const text = bench.text(result);
        expect(text.length).toBeLessThanOrEqual(24_000);
        if (result.isError === true) {
          expect(text).toMatch(/^Error: .* → .*/s);
          expect(text).not.toContain('internal');
        }
      }),
      { numRuns },
    );
  });

  it('ends as cancelled when the client is gone', async () => {
    const result = await bench.run(name, minimal, { signal: AbortSignal.abort() });
    expect(bench.text(result)).toMatch(/^Error: .*(cancelled|query_id)/s);
  });
});

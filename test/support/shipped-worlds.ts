/** The worlds that this program brings along, as somebody meets them who knows only the name of an alarm. */

import type { Truth } from '../../local/incidents/incident.ts';
import { loadScenario } from '../../local/scenarios/load-scenario.ts';
import { BUILT_IN_SCENARIOS } from '../../local/scenarios/registry.ts';
import { judge, readAnswer } from '../../scripts/bench/incidents/judge.ts';
import { startToolBench, type ToolBench } from './tool-bench.ts';

/** Of one investigation (lib/tools/triage/shared/plan-calls.ts). */
export const MAX_CALLS = 45;
/** What was logged shortly before an onset belongs to it. */
const LEAD_MS = 6 * 60_000;
const PERIOD_SECONDS = 60;

/** The built-in incidents by name, with what should be found. */
export const INCIDENTS: Readonly<Record<string, Truth>> = Object.fromEntries(
  Object.entries(BUILT_IN_SCENARIOS).flatMap(([name, { truth }]) => (truth === undefined ? [] : [[name, truth()]])),
);

interface Found {
  readonly verdict: string;
  readonly onset: string | null;
  readonly suspects: readonly { readonly resource: string }[];
  readonly next_calls: readonly { readonly tool: string; readonly arguments: string }[];
}

export interface Told {
  readonly found: Found;
  readonly text: string;
  /** Of AWS, without looks at running queries. */
  readonly calls: number;
}

export interface World {
  readonly bench: ToolBench;
  ask(alarm: string): Promise<Told>;
}

/** @param name of a built-in scenario; left out: the shop */
export async function openWorld(anchorEpochMs: number, name?: string, seed?: number): Promise<World> {
  const bench = await startToolBench({
    ...(name !== undefined && { scenario: await loadScenario(name, anchorEpochMs) }),
    ...(seed !== undefined && { seed }),
    startEpochMs: anchorEpochMs,
    queryTiming: { durationFor: () => 0 },
    // What is told must not hang on how busy the machine is.
    env: { CLOUDWATCH_MCP_TOOL_TIMEOUT_MS: '600000' },
  });
  return {
    bench,
    async ask(alarm) {
      const before = bench.local.requests.all.length;
      const result = await bench.run('investigate_alarm', { alarm_name: alarm });
      const asked = bench.local.requests.all.slice(before);
      return {
        found: result.structuredContent as Found,
        text: bench.text(result),
        calls: asked.filter(({ operation }) => operation !== 'GetQueryResults').length,
      };
    },
  };
}

/** Empty where everything that is true was told. */
export function faultsOf({ found }: Told, truth: Truth, anchorEpochMs: number): readonly string[] {
  const judged = judge(readAnswer(found), truth, anchorEpochMs, PERIOD_SECONDS);
  return [
    ...(judged.verdict ? [] : [`verdict ${found.verdict}`]),
    ...(judged.first === false || judged.isMisled ? [`first ${found.suspects[0]?.resource}`] : []),
    ...(judged.onset === false ? [`onset ${found.onset}`] : []),
  ];
}

/** Runs what the answer suggests as it stands; what says nothing of the onset is named. */
export async function followCalls({ bench }: World, { found }: Told): Promise<readonly string[]> {
  const onsetEpochMs = Date.parse(found.onset ?? '');
  const faults: string[] = [];
  for (const call of found.next_calls) {
    const args = JSON.parse(call.arguments) as { readonly start_time: string; readonly end_time: string };
    const result = await bench.run(call.tool, args);
    const isAround = Date.parse(args.start_time) <= onsetEpochMs && Date.parse(args.end_time) > onsetEpochMs;
    if (result.isError === true || !isAround || !tellsOf(result.structuredContent, onsetEpochMs))
      faults.push(`${call.tool} ${call.arguments}\n${bench.text(result)}`);
  }
  return faults;
}

/** Datapoints, rows since shortly before the onset, or events. */
function tellsOf(structured: unknown, onsetEpochMs: number): boolean {
  const { series, rows, events } = structured as {
    readonly series?: readonly { readonly max?: { readonly value: number } }[];
    readonly rows?: readonly (readonly string[])[];
    readonly events?: number;
  };
  if (series !== undefined) return series[0]?.max !== undefined;
  if (rows === undefined) return (events ?? 0) > 0;
  const firstEpochMs = Date.parse(`${rows[0]?.[0]?.replace(' ', 'T')}Z`);
  return firstEpochMs >= onsetEpochMs - LEAD_MS;
}

import { ALARM_CALLS } from './alarms.ts';
import { DASHBOARD_CALLS } from './dashboards.ts';
import { INDEX_CALLS } from './indexes.ts';
import { LOG_CALLS } from './logs.ts';
import { METRIC_CALLS } from './metrics.ts';
import { PROMQL_CALLS } from './promql.ts';
import type { Arguments, ToolCalls } from './tool-calls.ts';
import { TRIAGE_CALLS } from './triage.ts';

/** By name of the tool; one entry for each that is registered, and for no other (registry.test.ts). */
export const CALLS: Readonly<Record<string, ToolCalls>> = {
  ...ALARM_CALLS,
  ...LOG_CALLS,
  ...INDEX_CALLS,
  ...METRIC_CALLS,
  ...DASHBOARD_CALLS,
  ...PROMQL_CALLS,
  ...TRIAGE_CALLS,
};

/** @throws Error for a tool without a record */
export function callsOf(tool: string): ToolCalls & { readonly minimal: Arguments } {
  const calls = CALLS[tool];
  if (calls === undefined)
    throw new Error(`test/registry/calls has no record of ${tool} → add one to the file of its toolset.`);
  return { ...calls, minimal: calls.minimal ?? calls.example.args };
}

/** A Logs Insights of log groups in two regions, for what happens while the queries of a batch run. */
import type { Operations } from '../../local/types.ts';
import { createLogWorld, makeGroup } from './log-world.ts';
import { type LogsBenchOptions, startLogsBench } from './logs-bench.ts';
import { BENCH_NOW_EPOCH_MS, type ToolBench } from './tool-bench.ts';

const REGIONS = ['us-east-1', 'eu-west-1'];

export interface BatchScene extends LogsBenchOptions {
  readonly groups?: number;
  /** Events of each log group, one a second unless there are more. */
  readonly events?: number;
  /** The time of the call is over when so many queries run. */
  readonly endAtQueries?: number;
  /** Changes the operations of the world. */
  readonly alter?: (operations: Operations) => Operations;
}

/** As many log groups in each of two regions. */
export async function startBatchScene(scene: BatchScene): Promise<ToolBench> {
  const { groups = 60, events = 1, alter = () => ({}), endAtQueries: _end, ...options } = scene;
  const world = createLogWorld();
  const spacingMs = Math.min(1_000, 3_000_000 / events);
  const all = REGIONS.flatMap((region) =>
    Array.from({ length: groups }, (_, index) =>
      makeGroup(
        `app-${index}`,
        Array.from({ length: events }, (_event, n) => ({
          timestampEpochMs: Math.round(BENCH_NOW_EPOCH_MS - (n + 1) * spacingMs),
          message: `{"n":${n},"text":"${'x'.repeat(100)}"}`,
        })),
        { region },
      ),
    ),
  );
  world.hold(all);
  return startLogsBench({ ...options, logs: { ...world.operations, ...alter(world.operations) } });
}

export function argumentsFor({ groups = 60 }: BatchScene, args: Record<string, unknown>) {
  const log_group_names = Array.from({ length: groups }, (_, index) => `app-${index}`);
  return { log_group_names, regions: REGIONS, query_string: 'stats count(*) as n', ...args };
}

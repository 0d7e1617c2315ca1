/** What a tool's handler is given, for tests that look at the handler itself and not at the answer that the frame makes of it. */
import { createPorts } from '../../lib/aws/create-ports.ts';
import { createAmbientClientPool } from '../../lib/aws/credentials/client-pool.ts';
import { createTargets } from '../../lib/aws/targets.ts';
import { loadConfig } from '../../lib/config/config.ts';
import { createTargetPaces } from '../../lib/tool/target-paces.ts';
import { createInvestigationSlots, createQuerySlots } from '../../lib/tool/target-slots.ts';
import type { ToolContext } from '../../lib/tool/types.ts';
import { AMBIENT_CREDENTIALS } from '../../local/scenario.ts';
import { BENCH_NOW_EPOCH_MS, type ToolBench } from './tool-bench.ts';

const LIMIT_MS = 48_500;

export interface HandlerContext {
  readonly context: ToolContext;
  readonly close: () => void;
}

/** @param more what is not as usual: in time, not cancelled, nobody told of progress */
export function createHandlerContext({ local }: ToolBench, more: Partial<ToolContext> = {}): HandlerContext {
  const pool = createAmbientClientPool({ endpoint: local.endpoint, credentials: AMBIENT_CREDENTIALS });
  const config = loadConfig({ ENABLE_AUTH: 'false' }, 'http');
  const context: ToolContext = {
    requestId: 'handler',
    config,
    nowEpochMs: BENCH_NOW_EPOCH_MS,
    clock: () => BENCH_NOW_EPOCH_MS,
    deadlineEpochMs: BENCH_NOW_EPOCH_MS + LIMIT_MS,
    hasTime: () => true,
    signal: new AbortController().signal,
    targets: createTargets(config),
    aws: (target) => createPorts(pool, target),
    toolsets: [],
    querySlots: createQuerySlots(1),
    investigationSlots: createInvestigationSlots(),
    paces: createTargetPaces(),
    countAwsCalls: () => 0,
    reportProgress: () => undefined,
    addScannedBytes: () => undefined,
    ...more,
  };
  return { context, close: () => pool.close() };
}

/**
 * A process of its own with an embedded CloudWatch whose answers are as long as AWS's quotas let them be, or have lists of a
 * share of that: `full-service.ts 0.25`. Prints its endpoint.
 */
import { startLocalCloudWatch } from '../../../local/server.ts';
import { createFullMaker, fullDashboard } from '../../../test/support/fuzz/full-answers.ts';
import { makeAnswer, OPERATION_MODELS } from '../../../test/support/fuzz/schema-answers.ts';
import { BENCH_NOW_EPOCH_MS } from '../../../test/support/tool-bench.ts';

/** PromQL has no model in the SDK: 500 series with as many datapoints as the bytes of an answer allow. */
const SERIES = 500;
const DATAPOINTS = 660;

const share = Number(process.argv[2] ?? 1);
const bootedMs = performance.now();
const local = await startLocalCloudWatch({ nowEpochMs: () => BENCH_NOW_EPOCH_MS + performance.now() - bootedMs });
const nowEpochMs = BENCH_NOW_EPOCH_MS;
for (const operation of OPERATION_MODELS.keys()) {
  const makerFor = createFullMaker(operation, nowEpochMs, share);
  const alter = (output: unknown, input: unknown): unknown => makeAnswer(operation, output, makerFor(input));
  local.faults.add({ operation, fault: { kind: 'alterOutput', alter } });
}
const dashboard = { DashboardName: 'shop-logs', DashboardArn: '', DashboardBody: fullDashboard() };
local.faults.add({ operation: 'GetDashboard', fault: { kind: 'alterOutput', alter: () => dashboard } });
const result = Array.from({ length: SERIES }, (_, series) => ({
  metric: { __name__: 'm', host: `host-${series}` },
  values: Array.from({ length: DATAPOINTS }, (_v, step) => [nowEpochMs / 1_000 - step * 60, String(series * step)]),
}));
const matrix = { status: 'success', data: { resultType: 'matrix', result } };
local.faults.add({ operation: 'QueryMetrics', fault: { kind: 'alterOutput', alter: () => matrix } });
console.log(local.endpoint);
setInterval(() => local.requests.clear(), 1_000);
process.once('SIGTERM', () => process.exit());

/** A thread of its own with an embedded CloudWatch whose answers are as long as AWS's quotas let them be. */
import { parentPort } from 'node:worker_threads';
import { startLocalCloudWatch } from '../../../local/server.ts';
import { createFullMaker, fullDashboard } from '../../../test/support/fuzz/full-answers.ts';
import { makeAnswer, OPERATION_MODELS } from '../../../test/support/fuzz/schema-answers.ts';

/** PromQL has no model in the SDK: 500 series of 1,440 datapoints. */
const SERIES = 500;
const DATAPOINTS = 1_440;

const local = await startLocalCloudWatch();
const nowEpochMs = Date.now();
for (const operation of OPERATION_MODELS.keys()) {
  const maker = createFullMaker(operation, nowEpochMs);
  const alter = (output: unknown): unknown => makeAnswer(operation, output, maker);
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
parentPort?.postMessage({ endpoint: local.endpoint }, []);
setInterval(() => local.requests.clear(), 1_000).unref();

import { connectionsExhausted, diskFilling, emptiedCache, neighbour, nightlyCollision, slowLeak } from './capacity.ts';
import {
  expiredCredential,
  hangingWorkflow,
  slowProvider,
  stoppedConsumer,
  stoppedMetric,
  twoIncidents,
  upstreamThrottling,
} from './dependencies.ts';
import { badHost, deploy, deployWithoutVersion, settingChanged, unrelatedDeploy } from './deploys.ts';
import type { Kind } from './kind.ts';
import { justNoise, neverAnyData, nightlyRun, regularBatch, trafficSpike } from './ordinary.ts';

/** Every kind of incident that can be made. The names of those that are built in as scenarios are what `--scenario` takes. */
export const INCIDENT_KINDS: Readonly<Record<string, Kind>> = {
  deploy,
  'deploy-without-version': deployWithoutVersion,
  'unrelated-deploy': unrelatedDeploy,
  'setting-changed': settingChanged,
  'bad-host': badHost,
  'connection-exhaustion': connectionsExhausted,
  'slow-leak': slowLeak,
  'disk-filling': diskFilling,
  neighbour,
  'emptied-cache': emptiedCache,
  'nightly-collision': nightlyCollision,
  'slow-provider': slowProvider,
  'upstream-throttling': upstreamThrottling,
  'expired-credential': expiredCredential,
  'stopped-consumer': stoppedConsumer,
  'hanging-workflow': hangingWorkflow,
  'stopped-metric': stoppedMetric,
  'two-incidents': twoIncidents,
  'traffic-spike': trafficSpike,
  'nightly-run': nightlyRun,
  'regular-batch': regularBatch,
  'just-noise': justNoise,
  'never-any-data': neverAnyData,
};

import { integerBetween } from '../../data/logs/random.ts';
import { growth, ramp, times } from '../effects.ts';
import type { Kind } from './kind.ts';

/** Somebody else's API is slow. */
export const slowProvider: Kind = ({ estate, alarms, random }) => {
  const onset = -integerBetween(random, 30, 60);
  return {
    verdict: 'changed',
    onset,
    subject: { resource: estate.provider, metric: 'ResponseTime' },
    alarm: alarms.apiLatency,
    effects: {
      provider: growth(onset, 3, 30),
      slowdown: { [estate.pricing]: growth(onset + 1, 3, 16), [estate.front]: growth(onset + 1, 3, 9) },
    },
    redHerrings: [estate.front],
  };
};

/** The table is throttled since its reads exceed what it may; callers retry and fail. */
export const upstreamThrottling: Kind = ({ estate, alarms, random }) => {
  const onset = -integerBetween(random, 30, 55);
  const share = ramp(onset + 1, 4, 0.3);
  return {
    verdict: 'changed',
    onset,
    subject: { resource: estate.table, metric: 'ReadThrottleEvents' },
    alarm: alarms.apiErrors,
    effects: {
      tableThrottles: ramp(onset, 3, estate.traffic * 0.4),
      failures: { [estate.pricing]: share, [estate.front]: times(share, 0.9) },
      slowdown: { [estate.pricing]: growth(onset + 1, 4, 3), [estate.front]: growth(onset + 1, 4, 2.2) },
    },
    errors: {
      [estate.pricing]: {
        message: 'ProvisionedThroughputExceededException: the level of configured provisioned throughput was exceeded',
        fields: { code: 'ThrottlingException', table: estate.table },
      },
      [estate.front]: { message: 'pricing answered 503', fields: { code: 503 } },
    },
    redHerrings: ['pricing answered 503'],
  };
};

/** A credential ran out: all calls of the provider are refused from one minute to the next. */
export const expiredCredential: Kind = ({ estate, alarms, random }) => {
  const onset = -integerBetween(random, 25, 60);
  const share = ramp(onset, 1, 0.55);
  const message = 'partner answered 401: token expired';
  return {
    verdict: 'changed',
    onset,
    subject: { resource: estate.pricing, metric: 'Errors', pattern: message },
    alarm: alarms.apiErrors,
    effects: { failures: { [estate.pricing]: share, [estate.front]: times(share, 0.8) } },
    errors: {
      [estate.pricing]: { message, fields: { code: 401, partner: estate.provider } },
      [estate.front]: { message: 'pricing answered 502', fields: { code: 502 } },
    },
    redHerrings: ['pricing answered 502'],
  };
};

/** Nobody takes messages off the queue any more. */
export const stoppedConsumer: Kind = ({ estate, alarms, random }) => {
  const onset = -integerBetween(random, 25, 60);
  return {
    verdict: 'changed',
    onset,
    subject: { resource: estate.worker, metric: 'Invocations' },
    alarm: alarms.queueAge,
    effects: { consumed: (minute) => (minute >= onset ? 0 : 1) },
    redHerrings: [estate.queue],
  };
};

/** The worker runs, and each run takes as long as it may: it waits for something that does not come. */
export const hangingWorkflow: Kind = ({ estate, alarms, random }) => {
  const onset = -integerBetween(random, 30, 60);
  return {
    verdict: 'changed',
    onset,
    subject: { resource: estate.worker, metric: 'Duration' },
    alarm: alarms.queueAge,
    effects: {
      slowdown: { [estate.worker]: growth(onset, 2, 44) },
      consumed: (minute) => 1 - 0.85 * ramp(onset, 3)(minute),
      failures: { [estate.worker]: ramp(onset, 2, 0.6) },
    },
    errors: { [estate.worker]: { message: 'Task timed out after 10.00 seconds' } },
    redHerrings: [estate.queue],
  };
};

/** The heartbeat of the worker stopped, and with it every point of the metric. */
export const stoppedMetric: Kind = ({ estate, alarms, random }) => {
  const onset = -integerBetween(random, 25, 60);
  return {
    verdict: 'changed',
    onset,
    subject: { resource: estate.worker, metric: 'Heartbeat' },
    alarm: alarms.heartbeat,
    effects: { heartbeat: (minute) => (minute >= onset ? 0 : 1) },
  };
};

/** Two things at once that have nothing to do with one another; the alarm is about the first. */
export const twoIncidents: Kind = ({ estate, alarms, random }) => {
  const onset = -integerBetween(random, 25, 40);
  const share = ramp(onset, 3, 0.3);
  return {
    verdict: 'changed',
    onset,
    subject: { resource: estate.table, metric: 'ReadThrottleEvents' },
    alarm: alarms.apiErrors,
    effects: {
      tableThrottles: ramp(onset, 3, estate.traffic * 0.3),
      failures: { [estate.front]: share },
      consumed: (minute) => (minute >= onset - 12 ? 0 : 1),
    },
    errors: { [estate.front]: { message: 'ThrottlingException: read of sessions', fields: { table: estate.table } } },
    redHerrings: [estate.queue],
  };
};

import { integerBetween } from '../../data/logs/random.ts';
import { everyPeriod, growth, ramp } from '../effects.ts';
import type { Kind } from './kind.ts';

const DAY_MINUTES = 1_440;

/** The database has no connections left; who calls it fails. */
export const connectionsExhausted: Kind = ({ estate, alarms, random }) => {
  const onset = -integerBetween(random, 30, 55);
  const late = ramp(onset + 4, 6, 0.32);
  return {
    verdict: 'changed',
    onset,
    subject: { resource: estate.database, metric: 'DatabaseConnections' },
    alarm: alarms.apiErrors,
    effects: {
      connections: ramp(onset, 8),
      failures: { [estate.front]: late, [estate.worker]: late },
      slowdown: { [estate.front]: growth(onset + 3, 5, 4) },
    },
    errors: {
      [estate.front]: { message: 'FATAL: remaining connection slots are reserved', fields: { code: '53300' } },
      [estate.worker]: { message: 'could not get a connection in 5000 ms', fields: { code: 'POOL_TIMEOUT' } },
    },
    redHerrings: [estate.worker],
  };
};

/** Memory grows for nine days until the containers are killed. */
export const slowLeak: Kind = ({ estate, alarms, random }) => {
  const onset = -9 * DAY_MINUTES + integerBetween(random, 0, 300);
  const restarts = ramp(-integerBetween(random, 25, 40), 4);
  return {
    verdict: 'changed',
    onset,
    subject: { resource: estate.service, metric: 'MemoryUtilization' },
    alarm: alarms.memory,
    effects: {
      memory: (minute) => (minute < onset ? 0 : (40.5 * (minute - onset)) / -onset),
      slowdown: { [estate.front]: (minute) => 1 + 0.8 * restarts(minute) },
    },
    redHerrings: [alarms.apiLatency],
  };
};

/** The disk of the database fills, and in the end it writes no more. */
export const diskFilling: Kind = ({ estate, alarms, random }) => {
  const onset = -integerBetween(random, 700, 1_100);
  const full = ramp(-25, 4, 0.3);
  return {
    verdict: 'changed',
    onset,
    subject: { resource: estate.database, metric: 'FreeStorageSpace' },
    alarm: alarms.storage,
    effects: {
      storageGone: (minute) => (minute < onset ? 0 : (79.5 * (minute - onset)) / (-onset - 20)),
      failures: { [estate.front]: full },
    },
    errors: {
      [estate.front]: { message: 'could not extend file: No space left on device', fields: { code: '53100' } },
    },
  };
};

/** A helper takes the concurrency of the account, and front is throttled. */
export const neighbour: Kind = ({ estate, alarms, random }) => {
  const onset = -integerBetween(random, 25, 50);
  const helper = estate.helpers[1] ?? '';
  const throttles = ramp(onset + 2, 3, 0.3);
  return {
    verdict: 'changed',
    onset,
    subject: { resource: helper, metric: 'Invocations' },
    alarm: alarms.throttlesOf(estate.front),
    effects: {
      extraLoad: { [helper]: growth(onset, 2, 60) },
      throttles: { [estate.front]: throttles },
      failures: { [estate.front]: (minute) => throttles(minute) * 0.3 },
    },
    errors: { [estate.front]: { message: 'Rate Exceeded.', fields: { code: 429 } } },
    redHerrings: [estate.front],
  };
};

/** The cache was emptied: everything goes to the database. */
export const emptiedCache: Kind = ({ estate, alarms, random }) => {
  const onset = -integerBetween(random, 25, 45);
  const lost = ramp(onset, 1, 0.85);
  return {
    verdict: 'changed',
    onset,
    subject: { resource: estate.cache, metric: 'CacheMisses' },
    alarm: alarms.apiLatency,
    effects: {
      cacheLost: lost,
      databaseCpu: ramp(onset + 1, 4, 60),
      slowdown: { [estate.front]: growth(onset + 1, 4, 5) },
    },
    changes: [
      {
        minute: onset - 1,
        eventName: 'RebootCacheCluster',
        source: 'elasticache.amazonaws.com',
        resource: estate.cache,
      },
    ],
    redHerrings: [estate.database],
  };
};

/** Two jobs of the night meet for the first time, and the database is too slow for both. */
export const nightlyCollision: Kind = ({ estate, alarms, random }) => {
  const onset = -integerBetween(random, 25, 40);
  const helper = estate.helpers[2] ?? '';
  const nightly = everyPeriod(DAY_MINUTES, onset, 60);
  const today = ramp(onset, 3);
  return {
    verdict: 'changed',
    onset,
    subject: { resource: helper, metric: 'Invocations' },
    alarm: alarms.databaseCpu,
    effects: {
      databaseCpu: (minute) => 18 * nightly(minute) + 45 * today(minute),
      extraLoad: { [helper]: growth(onset, 2, 30) },
      slowdown: { [estate.front]: growth(onset + 2, 4, 2) },
    },
  };
};

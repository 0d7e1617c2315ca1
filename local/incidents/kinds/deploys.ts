import { integerBetween } from '../../data/logs/random.ts';
import { growth, ramp } from '../effects.ts';
import { pickHost } from '../write-logs.ts';
import type { Kind } from './kind.ts';

const LAMBDA = 'lambda.amazonaws.com';

/** A new version of pricing fails for some; front logs the consequence. */
export const deploy: Kind = (context) => tellDeploy(context, true);
/** The same where the logs do not name a version. */
export const deployWithoutVersion: Kind = (context) => tellDeploy(context, false);

function tellDeploy({ estate, alarms, random }: Parameters<Kind>[0], isVersionLogged: boolean): ReturnType<Kind> {
  const onset = -integerBetween(random, 25, 55);
  const share = ramp(onset, 3, 0.35);
  return {
    verdict: 'changed',
    onset,
    subject: {
      resource: estate.pricing,
      metric: 'Errors',
      ...(isVersionLogged && { field: { name: 'version', value: estate.nextVersion } }),
    },
    alarm: alarms.apiErrors,
    effects: {
      failures: { [estate.pricing]: share, [estate.front]: (minute) => share(minute) * 0.9 },
      slowdown: { [estate.pricing]: growth(onset, 3, 2.4), [estate.front]: growth(onset, 3, 1.8) },
    },
    errors: {
      [estate.pricing]: {
        message: "TypeError: Cannot read properties of undefined (reading 'amount')",
        fields: { code: 'E_TYPE' },
      },
      [estate.front]: { message: 'pricing answered 502', fields: { code: 502 } },
    },
    deployed: { functionName: estate.pricing, minute: onset, isVersionLogged },
    changes: [
      { minute: onset - 1, eventName: 'UpdateFunctionCode20150331v2', source: LAMBDA, resource: estate.pricing },
    ],
    redHerrings: ['pricing answered 502'],
  };
}

/** A deploy of a helper just before, and something else is broken: the database's connections. */
export const unrelatedDeploy: Kind = ({ estate, alarms, random }) => {
  const onset = -integerBetween(random, 25, 45);
  const helper = estate.helpers[0] ?? '';
  const share = ramp(onset + 3, 6, 0.3);
  return {
    verdict: 'changed',
    onset,
    subject: { resource: estate.database, metric: 'DatabaseConnections' },
    alarm: alarms.apiErrors,
    effects: { connections: ramp(onset, 8), failures: { [estate.front]: share } },
    errors: {
      [estate.front]: { message: 'FATAL: remaining connection slots are reserved', fields: { code: '53300' } },
    },
    deployed: { functionName: helper, minute: onset - 6, isVersionLogged: true },
    changes: [{ minute: onset - 6, eventName: 'UpdateFunctionCode20150331v2', source: LAMBDA, resource: helper }],
    redHerrings: [helper],
  };
};

/** Somebody set a time-out too short; the only trace in the logs is one INFO line. */
export const settingChanged: Kind = ({ estate, alarms, random }) => {
  const onset = -integerBetween(random, 25, 50);
  const share = ramp(onset, 2, 0.28);
  const message = 'settings loaded: pricing.timeoutMs=50 (was 5000)';
  return {
    verdict: 'changed',
    onset,
    subject: { resource: estate.front, metric: 'Errors', pattern: message },
    alarm: alarms.apiErrors,
    effects: { failures: { [estate.front]: share } },
    errors: { [estate.front]: { message: 'call of pricing was given up after 50 ms', fields: { code: 'ETIMEDOUT' } } },
    notes: [{ functionName: estate.front, minute: onset - 1, message }],
    changes: [
      {
        minute: onset - 2,
        eventName: 'PutParameter',
        source: 'ssm.amazonaws.com',
        resource: `/${estate.prefix}/pricing`,
      },
    ],
  };
};

/** One host of many is bad. */
export const badHost: Kind = ({ estate, alarms, random }) => {
  const onset = -integerBetween(random, 25, 60);
  const host = pickHost(estate, random);
  const share = ramp(onset, 2, 1 / estate.hosts.length);
  return {
    verdict: 'changed',
    onset,
    subject: { resource: estate.front, metric: 'Errors', field: { name: 'host', value: host } },
    alarm: alarms.apiErrors,
    effects: { failures: { [estate.front]: share } },
    errors: { [estate.front]: { message: 'write EIO: i/o error', fields: { code: 'EIO' }, host } },
  };
};

import { integerBetween } from '../../data/logs/random.ts';
import { everyPeriod, growth } from '../effects.ts';
import type { Kind } from './kind.ts';

const DAY_MINUTES = 1_440;

/** More customers than ever, and all of them are served. */
export const trafficSpike: Kind = ({ estate, alarms, random }) => {
  const onset = -integerBetween(random, 30, 60);
  return {
    verdict: 'changed',
    onset,
    subject: { resource: estate.api, metric: 'Count' },
    alarm: alarms.traffic,
    effects: { traffic: growth(onset, 8, 5.5), slowdown: { [estate.front]: growth(onset, 8, 1.3) } },
    redHerrings: [estate.front, estate.cache],
  };
};

/** A job of every night makes the database busy, as it always does. */
export const nightlyRun: Kind = ({ estate, alarms, random }) => {
  const start = -integerBetween(random, 25, 45);
  const running = everyPeriod(DAY_MINUTES, start, 70);
  const helper = estate.helpers[3] ?? '';
  return {
    verdict: 'recurring',
    onset: start,
    subject: { resource: helper, metric: 'Invocations' },
    alarm: alarms.databaseCpu,
    effects: {
      databaseCpu: (minute) => 68 * running(minute),
      extraLoad: { [helper]: (minute) => 1 + 12 * running(minute) },
    },
  };
};

/** A batch every four hours makes the queue wait. */
export const regularBatch: Kind = ({ estate, alarms, random }) => {
  const start = -integerBetween(random, 20, 26);
  const running = everyPeriod(240, start, 18);
  return {
    verdict: 'recurring',
    onset: start,
    subject: { resource: estate.worker, metric: 'Invocations' },
    alarm: alarms.queueAge,
    effects: { consumed: (minute) => 1 - running(minute) },
  };
};

/** A few failures more than usual for three minutes: chance. */
export const justNoise: Kind = ({ estate, alarms, random }) => {
  const minutes = [
    -integerBetween(random, 22, 30),
    ...Array.from({ length: 5 }, () => -integerBetween(random, 2_000, 20_000)),
  ];
  const isBad = (minute: number): boolean => minutes.some((start) => minute >= start && minute < start + 3);
  return {
    verdict: 'nothing_unusual',
    onset: undefined,
    subject: undefined,
    alarm: alarms.apiErrors,
    effects: { failures: { [estate.front]: (minute) => (isBad(minute) ? 0.075 : 0.004) } },
    errors: { [estate.front]: { message: 'client went away', fields: { code: 499 } } },
    redHerrings: ['client went away'],
  };
};

/** An alarm on a metric that nobody publishes. */
export const neverAnyData: Kind = ({ alarms }) => ({
  verdict: 'insufficient_data',
  onset: undefined,
  subject: undefined,
  alarm: alarms.misspelled,
  effects: {},
});

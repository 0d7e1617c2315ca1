import { describe, expect, it } from 'vitest';
import { evaluateMetricDataQueries } from '../../cloudwatch/math/evaluate.ts';
import { DEFAULT_REGION } from '../../scenario.ts';
import { createWorld } from '../../world.ts';
import { createMetricStore } from '../metric-reader.ts';
import { buildMetricCatalog } from '../metrics/catalog.ts';
import { readAlarmPoints } from './alarm-points.ts';
import { evaluateMetricAlarm } from './evaluate-metric-alarm.ts';
import { INCIDENT_ALARMS } from './incident-alarms.ts';

const HOUR_MS = 3_600_000;
// A workday, the Friday and the Sunday of a week: the three levels of traffic that the season has.
const DAYS = [Date.UTC(2026, 10, 25), Date.UTC(2026, 10, 27), Date.UTC(2026, 10, 29)];
const LOOKED_BACK_MS = 3 * HOUR_MS;

function firingAt(nowEpochMs: number, seed: number): readonly string[] {
  const world = createWorld(seed, nowEpochMs);
  const store = createMetricStore(buildMetricCatalog(world, 'prod', DEFAULT_REGION), nowEpochMs);
  const stateOf = ({ config }: (typeof INCIDENT_ALARMS)[number]) =>
    evaluateMetricAlarm({
      config,
      createdEpochMs: 0,
      sinceEpochMs: nowEpochMs - LOOKED_BACK_MS,
      untilEpochMs: nowEpochMs,
      readPoints: (range) => readAlarmPoints(config, store, range, evaluateMetricDataQueries),
    }).at(-1)?.to;
  return INCIDENT_ALARMS.filter((spec) => stateOf(spec) === 'ALARM').map(({ config }) => config.AlarmName);
}

describe('the alarms that tell the incident', () => {
  it.each(DAYS)('fire at every hour of the day that begins at %d', (dayEpochMs) => {
    const all = INCIDENT_ALARMS.map(({ config }) => config.AlarmName);
    for (let hour = 0; hour < 24; hour += 1) {
      const nowEpochMs = dayEpochMs + hour * HOUR_MS + 29 * 60_000;
      expect([hour, firingAt(nowEpochMs, hour)]).toEqual([hour, all]);
    }
  });
});

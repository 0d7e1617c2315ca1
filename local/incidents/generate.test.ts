import { describe, expect, it } from 'vitest';
import { evaluateMetricDataQueries } from '../cloudwatch/math/evaluate.ts';
import { ACCOUNTS } from '../scenario.ts';
import { createScenario } from '../scenarios/create-scenario.ts';
import { generateIncident, generateTruth } from './generate.ts';
import { INCIDENT_KINDS } from './kinds/kinds.ts';

const ANCHOR = Date.UTC(2026, 4, 20, 14, 30);
const PLACE = { account: ACCOUNTS.prod.id, region: 'us-east-1' };
/** State of the paging alarm at the anchor where it is not ALARM. */
const STATES: Readonly<Record<string, string>> = {
  'just-noise': 'OK',
  'regular-batch': 'OK',
  'never-any-data': 'INSUFFICIENT_DATA',
};

describe('the incidents', () => {
  it('are of at least sixteen kinds', () => {
    expect(Object.keys(INCIDENT_KINDS).length).toBeGreaterThanOrEqual(16);
  });

  // What pages, what is over and what has no data: all share estate, metrics, logs and alarms.
  it.each(['deploy', 'just-noise', 'never-any-data'])(
    'of kind %s page by an alarm whose state follows from the metrics',
    (kind) => {
      const seed = 3;
      const { document, truth } = generateIncident(kind, seed);
      expect(generateTruth(kind, seed)).toEqual(truth);
      const options = { source: kind, anchorEpochMs: ANCHOR, evaluateQueries: evaluateMetricDataQueries };
      const { content, warnings } = createScenario(document, options);
      const { metricAlarms, history } = content.region(PLACE).alarmsAt(ANCHOR);
      const paging = metricAlarms.find(({ AlarmName }) => AlarmName === truth.alarm);
      expect(paging?.StateValue).toBe(STATES[kind] ?? 'ALARM');
      expect(warnings).toEqual([]);
      if (truth.onset !== undefined) {
        const sinceMs = ANCHOR - (paging?.StateTransitionedTimestamp?.getTime() ?? 0);
        expect(sinceMs).toBeLessThan(-truth.onset * 1000);
        expect(sinceMs).toBeGreaterThan(0);
      }
      // The alarm that flaps has done so for two weeks.
      const flaps = history.filter(({ AlarmName }) => AlarmName === truth.redHerrings[0]);
      expect(flaps.length).toBeGreaterThan(100);
    },
  );

  it('are equal for equal seeds and differ for others', () => {
    const text = (seed: number): string => JSON.stringify(generateTruth('deploy', seed));
    const five = text(5);
    expect(text(5)).toBe(five);
    expect(text(6)).not.toBe(five);
  });

  it('say which kinds there are', () => {
    expect(() => generateIncident('none', 1)).toThrow(/there are deploy, /);
  });
});

import { describe, expect, it } from 'vitest';
import { findTextFaults, MAX_MEANING_CHARS } from '../../../../test/support/meaning-rules.ts';
import { fc } from '../../../../test/support/property.ts';
import { METRIC_UNITS } from '../metric-unit.ts';
import { listMetricsOf } from './metric-catalogue.ts';

const METRICS = listMetricsOf();
const NAMES = METRICS.map(({ metricName }) => metricName);

function faults(metricName: string, meaning: string, more: { intent?: string; unit?: string } = {}): string {
  return findTextFaults([{ namespace: 'N', metricName, meaning, alarms: [], ...more }]).join('\n');
}

describe('the texts of the catalogue', () => {
  it('explain every metric in words that its name does not hold, and say what each advised one is watched for', () => {
    expect(METRICS.length).toBeGreaterThan(1_700);
    expect(findTextFaults(METRICS)).toEqual([]);
  });

  it('come with units that CloudWatch knows', () => {
    const strange = METRICS.filter(({ unit }) => unit !== undefined && !METRIC_UNITS.includes(unit));
    expect(strange.map(({ namespace, metricName, unit }) => `${namespace} ${metricName} ${unit}`)).toEqual([]);
  });
});

describe('what they are refused for', () => {
  it('repeating the name of any metric, in whatever order and with whatever small words', () => {
    const words = fc.constantFrom('the', 'of', 'number', 'that', 'were', 'total', 'in');
    fc.assert(
      fc.property(
        fc.constantFrom(...NAMES),
        fc.array(words, { maxLength: 4 }),
        fc.boolean(),
        (name, small, isTurned) => {
          const parts = name
            .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
            .split(/[^A-Za-z0-9]+/)
            .filter(Boolean);
          const text = [...small, ...(isTurned ? parts.reverse() : parts)].join(' ');
          expect(faults(name, `${text}.`)).toContain('repeats the name');
        },
      ),
    );
  });

  it.each<[string, string, string]>([
    ['nothing', '  ', 'no meaning'],
    ['another form of the name', 'Activities that have failed.', 'repeats the name'],
    ['too many words', `${'Work of workers '.repeat(9)}ends.`, `${MAX_MEANING_CHARS} are allowed`],
    ['two lines', 'Work items\nof workers.', 'stray white space'],
    ['a note', 'Work items of workers', 'full stop'],
  ])('%s', (_name, meaning, fault) => {
    expect(faults('ActivitiesFailed', meaning)).toContain(fault);
  });

  it('a rate told as a total', () => {
    const meaning = 'Traffic of a worker, in and out.';
    expect(faults('node_bytes', meaning, { unit: 'Bytes/Second' })).toContain('is a rate');
    expect(faults('node_bytes', meaning, { unit: 'Bytes' })).toBe('');
  });

  it('an intent that does not say when it is bad, or none', () => {
    const meaning = 'Work items that a worker gave up.';
    expect(faults('ActivitiesFailed', meaning, { intent: 'Watch workers.' })).toContain('when it is bad');
    const advised = METRICS.filter(({ alarms }) => alarms.length > 0).slice(0, 1);
    const silent = advised.map(({ intent: _intent, ...rest }) => rest);
    expect(findTextFaults(silent).join()).toContain('without an intent');
  });

  it('the words of another metric; other cases of one name may share them', () => {
    const meaning = 'Work items that a worker gave up.';
    const twin = (metricName: string) => ({ namespace: 'N', metricName, meaning, alarms: [] });
    expect(findTextFaults([twin('Failures'), twin('Lost')]).join()).toContain('the same meaning');
    expect(findTextFaults([twin('Failures'), twin('failures')])).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { finish } from '../../../test/support/finish.ts';
import { readMarks } from './dashboard-marks.ts';

const AT = '2026-05-20T14:00:00Z';
const DAY = { startEpochMs: Date.parse('2026-05-20'), endEpochMs: Date.parse('2026-05-21') };

describe('readMarks', () => {
  it('reads marks and ranges, each once', () => {
    const vertical = [
      { value: AT, label: 'deploy 7' },
      [{ value: '2026-05-20T15:00:00Z', label: 'sale' }, { value: '2026-05-20T16:00:00Z' }],
    ];
    const widget = { type: 'metric', properties: { annotations: { vertical } } };
    expect(finish(readMarks(JSON.stringify({ widgets: [widget, widget] }), DAY)).map(({ label }) => label)).toEqual([
      'deploy 7',
      'sale',
      'mark',
    ]);
  });

  it('takes those of a time, a hundred at a step, and cuts what they say', () => {
    const times = Array.from({ length: 5_000 }, (_, index) => new Date(DAY.endEpochMs - index * 60_000).toISOString());
    const vertical = [times.map((value) => ({ value, label: `${value} ${'x'.repeat(1_000)}` }))];
    const steps = [...readMarks(JSON.stringify({ widgets: [{ properties: { annotations: { vertical } } }] }), DAY)];
    expect(steps).toHaveLength(51);
    const marks = finish(readMarks(JSON.stringify({ widgets: [{ properties: { annotations: { vertical } } }] }), DAY));
    expect(marks).toHaveLength(1_441);
    expect(Math.max(...marks.map(({ label }) => label.length))).toBeLessThan(210);
  });

  it.each([
    '',
    'null',
    '[]',
    '{"widgets":7}',
    '{"widgets":[null,{"properties":{"annotations":{"vertical":[{"value":"never"},5]}}}]}',
  ])('finds none in %s', (body) => {
    expect(finish(readMarks(body, DAY))).toEqual([]);
  });
});

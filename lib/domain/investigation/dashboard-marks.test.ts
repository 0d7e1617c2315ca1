import { describe, expect, it } from 'vitest';
import { readMarks } from './dashboard-marks.ts';

const AT = '2026-05-20T14:00:00Z';

describe('readMarks', () => {
  it('reads marks and ranges, each once', () => {
    const vertical = [
      { value: AT, label: 'deploy 7' },
      [{ value: '2026-05-20T15:00:00Z', label: 'sale' }, { value: '2026-05-20T16:00:00Z' }],
    ];
    const widget = { type: 'metric', properties: { annotations: { vertical } } };
    expect(readMarks(JSON.stringify({ widgets: [widget, widget] })).map(({ label }) => label)).toEqual([
      'deploy 7',
      'sale',
      'mark',
    ]);
  });

  it.each([
    '',
    'null',
    '[]',
    '{"widgets":7}',
    '{"widgets":[null,{"properties":{"annotations":{"vertical":[{"value":"never"},5]}}}]}',
  ])('finds none in %s', (body) => {
    expect(readMarks(body)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { anyCharacter, fc } from '../../../test/support/property.ts';
import { writeTable } from './insights-text.ts';

describe('writeTable', () => {
  it('writes events as time, fields and message', () => {
    const text = writeTable(
      {
        columns: ['@timestamp', '@message', 'level'],
        rows: [
          ['t1', 'one\ntwo', 'E'],
          ['t2', 'three', undefined],
        ],
      },
      600,
    );
    expect(text).toEqual({
      head: '@timestamp (UTC)  level=…  @message',
      lines: ['t1  level=E  one two', 't2  three'],
      cutRows: 0,
    });
  });

  it('writes anything else as a table', () => {
    const text = writeTable(
      {
        columns: ['level', 'n'],
        rows: [
          ['E', '2'],
          [undefined, '3'],
        ],
      },
      600,
    );
    expect(text).toEqual({ head: 'level | n', lines: ['E | 2', '- | 3'], cutRows: 0 });
  });

  it('cuts long cells and leaves short ones whole', () => {
    const text = writeTable({ columns: ['a', 'b', 'c'], rows: [['x'.repeat(500), 'short', 'y'.repeat(500)]] }, 100);
    expect(text.lines[0]).toMatch(/^x+… \| short \| y+…$/);
    expect(text.lines[0]?.length).toBeLessThanOrEqual(100);
    expect(text.cutRows).toBe(1);
  });

  it('keeps each row on one line within its limit, as far as the number of columns lets it', () => {
    const cells = fc.array(fc.option(fc.string({ unit: anyCharacter, maxLength: 300 }), { nil: undefined }), {
      minLength: 3,
      maxLength: 3,
    });
    fc.assert(
      fc.property(fc.array(cells, { maxLength: 10 }), fc.integer({ min: 100, max: 700 }), (rows, maxChars) => {
        for (const columns of [
          ['a', 'b', 'c'],
          ['@timestamp', '@message', 'c'],
        ]) {
          const text = writeTable({ columns, rows }, maxChars);
          expect(text.lines).toHaveLength(rows.length);
          for (const line of text.lines) {
            expect(line).not.toContain('\n');
            expect(line.length).toBeLessThanOrEqual(maxChars);
          }
        }
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { readPastedSource } from './pasted-source.ts';

const ARN = 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/b';

describe('readPastedSource', () => {
  it.each([
    [
      'SOURCE "/aws/lambda/a" START=-3600s END=0s |\nfields @timestamp\n| limit 5',
      { logGroups: ['/aws/lambda/a'], start: '-3600s', end: '0s', query: 'fields @timestamp\n| limit 5' },
    ],
    [`SOURCE "${ARN}" START=-1w END=now | limit 5`, { logGroups: [ARN], start: '-1w', end: 'now', query: 'limit 5' }],
    [`SOURCE "a", "${ARN}" | limit 5`, { logGroups: ['a', ARN], query: 'limit 5' }],
    ["SOURCE 'a' | SOURCE 'b' START=-5m | limit 5", { logGroups: ['a', 'b'], start: '-5m', query: 'limit 5' }],
    [
      'source /aws/a b start=-1h end=0s | limit 5',
      { logGroups: ['/aws/a', 'b'], start: '-1h', end: '0s', query: 'limit 5' },
    ],
    ['SOURCE ["a", "b"] | limit 5', { logGroups: ['a', 'b'], query: 'limit 5' }],
    [
      'SOURCE "a" START=1772362800000 END=1772366400000 | limit 5',
      { logGroups: ['a'], start: '1772362800000', end: '1772366400000', query: 'limit 5' },
    ],
    [
      'SOURCE "a" START=2026-03-01T00:00:00.000Z END="2026-03-01T23:59:59.999Z" | limit 5',
      { logGroups: ['a'], start: '2026-03-01T00:00:00.000Z', end: '2026-03-01T23:59:59.999Z', query: 'limit 5' },
    ],
    [
      'SOURCE logGroups(namePrefix: ["/aws/", "x|y"], class: "STANDARD") START=-12h END=0s |\nlimit 5',
      {
        logGroups: [],
        start: '-12h',
        end: '0s',
        query: 'SOURCE logGroups(namePrefix: ["/aws/", "x|y"], class: "STANDARD") | limit 5',
      },
    ],
    ['SOURCE "a" START=-1h END=0s', { logGroups: ['a'], start: '-1h', end: '0s', query: '' }],
    ['SOURCE "a" START= END=0s | limit 5', { logGroups: ['a'], start: '', end: '0s', query: 'limit 5' }],
  ])('takes from %j what StartQuery wants as arguments', (query, expected) => {
    expect(readPastedSource(query)).toEqual(expected);
  });

  it.each([
    'fields @timestamp | limit 5',
    'SOURCE logGroups(namePrefix: ["/aws/"]) | limit 5',
    'source = `a` | head 5',
    'filter source = "a" | limit 5',
    'fields sourceIp',
    '',
  ])('leaves %j as it is', (query) => {
    expect(readPastedSource(query)).toBeUndefined();
  });

  const name = fc.stringMatching(/^[A-Za-z0-9/_.-]{1,20}$/);
  const time = fc.oneof(
    fc
      .tuple(fc.integer({ min: 1, max: 9_999 }), fc.constantFrom('s', 'm', 'h', 'd', 'w'))
      .map(([n, unit]) => `-${n}${unit}`),
    fc.integer({ min: 1_600_000_000, max: 1_900_000_000 }).map(String),
    fc.date({ min: new Date(1.6e12), max: new Date(1.9e12), noInvalidDate: true }).map((date) => date.toISOString()),
  );

  it('gives back what the console wrote', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 1, maxLength: 5 }),
        time,
        time,
        fc.constantFrom('"', "'"),
        fc.constantFrom(', ', ' ', ','),
        (names, start, end, quote, comma) => {
          const list = names.map((text) => `${quote}${text}${quote}`).join(comma);
          expect(readPastedSource(`SOURCE ${list} START=${start} END=${end} |\nfields @message | limit 3`)).toEqual({
            logGroups: names,
            start,
            end,
            query: 'fields @message | limit 3',
          });
        },
      ),
    );
  });

  it('reads any text to its end', () => {
    const piece = fc.constantFrom(
      'SOURCE',
      ' ',
      '"',
      "'",
      'START=',
      'END=',
      '-1h',
      '|',
      'logGroups(',
      ')',
      '[',
      'a',
      '`',
      ',',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const read = readPastedSource(pieces.join(''));
        if (read !== undefined) expect(read.query.length).toBeLessThanOrEqual(pieces.join('').length + 10);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { fc } from '../../../../test/support/property.ts';
import { decodeCursor, encodeCursor } from '../../../tool/cursor.ts';
import { countToSkip, placeAfter, readPlace, type SearchPlace, writePlace } from './search-place.ts';

const RANGE = { startEpochMs: 0, endEpochMs: 20 };

interface Event {
  readonly epochMs: number;
  readonly id: number;
}

/** FilterLogEvents in small: pages of at most `pageSize` looked-at events, with a token while there are more. */
function filter(events: readonly Event[], place: SearchPlace, isNewestFirst: boolean, pageSize: number, limit: number) {
  const { startEpochMs, endEpochMs } = place.range;
  const inRange = events.filter(({ epochMs }) => epochMs >= startEpochMs && epochMs <= endEpochMs);
  const ordered = isNewestFirst ? inRange.toReversed() : inRange;
  const from = Number(place.awsToken ?? 0);
  const end = Math.min(ordered.length, from + Math.min(pageSize, limit));
  return { events: ordered.slice(from, end), ...(end < ordered.length && { awsToken: String(end) }) };
}

/** One call of the tool that ends after `maxPages`. */
function call(
  all: readonly Event[],
  place: SearchPlace,
  options: { isNewestFirst: boolean; pageSize: number; limit: number; maxPages: number },
) {
  const { isNewestFirst, pageSize, limit, maxPages } = options;
  let skipLeft = countToSkip(place);
  let at = place;
  const events: Event[] = [];
  for (let pages = 1; ; pages += 1) {
    const page = filter(all, at, isNewestFirst, pageSize, skipLeft + limit + 1 - events.length);
    for (const event of page.events) {
      if (skipLeft > 0) skipLeft -= 1;
      else if (events.length >= limit) return { events, end: 'limit', skipLeft };
      else events.push(event);
    }
    if (page.awsToken === undefined) return { events, end: 'complete', skipLeft };
    if (pages >= maxPages) return { events, end: 'time', skipLeft, awsToken: page.awsToken };
    at = { ...at, awsToken: page.awsToken };
  }
}

describe('the place of a search', () => {
  it('leads to each event exactly once, however the calls and pages are cut', () => {
    const events = fc
      .array(fc.nat(20), { maxLength: 40 })
      .map((times) => times.sort((a, b) => a - b).map((epochMs, id) => ({ epochMs, id })));
    const options = fc.record({
      isNewestFirst: fc.boolean(),
      pageSize: fc.integer({ min: 1, max: 12 }),
      limit: fc.integer({ min: 1, max: 7 }),
      maxPages: fc.integer({ min: 1, max: 4 }),
    });
    fc.assert(
      fc.property(events, options, fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (all, how, cuts) => {
        const seen: Event[] = [];
        let place: SearchPlace | undefined = { range: RANGE };
        for (let turn = 0; place !== undefined; turn += 1) {
          // A page that holds no more than what is to be skipped makes no headway by time; more pages then help.
          const found: ReturnType<typeof call> = call(all, place, {
            ...how,
            maxPages: how.maxPages + Math.floor(turn / 50),
          });
          const shown: number = Math.min(found.events.length, cuts[turn % cuts.length] ?? 1);
          seen.push(...found.events.slice(0, shown));
          const next = placeAfter(
            { ...found, order: how.isNewestFirst ? 'newest first' : 'oldest first' },
            shown,
            place,
          );
          place = next === undefined ? undefined : readPlace(writePlace(next), RANGE);
          expect(turn).toBeLessThan(3_000);
        }
        expect(seen).toEqual(how.isNewestFirst ? all.toReversed() : all);
      }),
    );
  });

  it('survives the way through a token', () => {
    const place: SearchPlace = { range: RANGE, edge: { epochMs: 7, shown: 3 }, awsToken: 'a-b/c=\nd' };
    const token = encodeCursor('t', {}, writePlace(place));
    expect(readPlace(decodeCursor('t', {}, token), { startEpochMs: 1, endEpochMs: 2 })).toEqual(place);
  });

  it('is the range itself at the beginning', () => {
    expect(readPlace({ offset: 0 }, RANGE)).toEqual({ range: RANGE });
  });

  it.each(['', 'x', '1-', '1-2', 'a-b-c'])('refuses %j', (awsToken) => {
    expect(() => readPlace({ offset: 0, awsToken }, RANGE)).toThrow(/next_token is not one that this tool gave/);
  });
});

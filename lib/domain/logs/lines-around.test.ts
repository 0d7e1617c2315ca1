import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { placeLines, type StreamLine } from './lines-around.ts';

/** What the service gives of a stream for a hit in it. */
function readStream(stream: readonly StreamLine[], epochMs: number, wanted: number) {
  const from = stream.filter((line) => line.epochMs >= epochMs).slice(0, wanted);
  return {
    before: stream.filter((line) => line.epochMs < epochMs).slice(-50),
    from,
    hasAllOfTime: from.length < wanted || (from.at(-1)?.epochMs ?? 0) > epochMs,
  };
}

/** Streams with many events of one millisecond, each with a text of its own or not. */
const streams = fc
  .array(fc.record({ epochMs: fc.integer({ min: 0, max: 6 }), text: fc.constantFrom('a', 'b', 'c') }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((lines) => lines.toSorted((a, b) => a.epochMs - b.epochMs));

describe('placeLines', () => {
  it('gives the neighbours of any line of a stream whose texts differ', () => {
    fc.assert(
      fc.property(streams, fc.nat(), fc.integer({ min: 0, max: 50 }), (lines, at, count) => {
        const stream = lines.map(({ epochMs, text }, index) => ({ epochMs, message: `${text} ${index}` }));
        const place = at % stream.length;
        const hit = stream[place] ?? { epochMs: 0, message: '' };
        const found = placeLines(hit, readStream(stream, hit.epochMs, 1_000), count);
        expect(found.before).toEqual(stream.slice(Math.max(0, place - count), place));
        expect(found.after).toEqual(stream.slice(place + 1, place + 1 + count));
        expect(found.equal).toBe(1);
        expect(found.sameTime).toBe(stream.filter(({ epochMs }) => epochMs === hit.epochMs).length - 1);
      }),
      { numRuns: 300 },
    );
  });

  it('says of equal lines of one millisecond how many there are, and stays around the first', () => {
    fc.assert(
      fc.property(streams, fc.nat(), (lines, at) => {
        const stream = lines.map(({ epochMs, text }) => ({ epochMs, message: text }));
        const hit = stream[at % stream.length] ?? { epochMs: 0, message: '' };
        const isEqual = (line: StreamLine) => line.epochMs === hit.epochMs && line.message === hit.message;
        const first = stream.findIndex(isEqual);
        const found = placeLines(hit, readStream(stream, hit.epochMs, 1_000), 5);
        expect(found.equal).toBe(stream.filter(isEqual).length);
        expect(found.before).toEqual(stream.slice(Math.max(0, first - 5), first));
        expect(found.after).toEqual(stream.slice(first + 1, first + 6));
      }),
      { numRuns: 300 },
    );
  });

  const stream = Array.from({ length: 9 }, (_, index) => ({
    epochMs: index < 2 ? 1 : index < 7 ? 2 : 3,
    message: `${index}`,
  }));

  it('puts all of its time behind a hit that is not there', () => {
    const found = placeLines({ epochMs: 2, message: 'gone' }, readStream(stream, 2, 1_000), 3);
    expect(found).toMatchObject({ equal: 0, sameTime: 5, before: stream.slice(0, 2), after: stream.slice(2, 5) });
  });

  it('tells nothing behind a hit that may stand among those of its time that were not seen', () => {
    const found = placeLines({ epochMs: 2, message: '6' }, readStream(stream, 2, 3), 3);
    expect(found).toMatchObject({ equal: 0, sameTime: 3, before: stream.slice(0, 2), after: [] });
  });

  it.each([
    ['a text that was cut', { epochMs: 2, message: 'a long me…' }, 1],
    ['a text with another end of line', { epochMs: 2, message: 'a long message\n' }, 1],
    ['nothing but the mark of a cut', { epochMs: 2, message: '…' }, 0],
  ])('knows a hit by %s', (_case, hit, equal) => {
    const line = { epochMs: 2, message: 'a long message' };
    expect(placeLines(hit, { before: [], from: [line], hasAllOfTime: true }, 1).equal).toBe(equal);
  });
});

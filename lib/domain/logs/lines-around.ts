/** Finds an event among those of its log stream, which has no ids: by time and text. Pure. */

export interface StreamLine {
  readonly epochMs: number;
  readonly message: string;
}

export interface Neighbours {
  /** Events before the time of the hit, the nearest last. */
  readonly before: readonly StreamLine[];
  /** Events of that time and later, in the order of the stream. */
  readonly from: readonly StreamLine[];
  /** `from` holds all events of that millisecond. */
  readonly hasAllOfTime: boolean;
}

export interface LinesAround {
  /** At most `lines`, the nearest last. */
  readonly before: readonly StreamLine[];
  /** At most `lines`, the nearest first. */
  readonly after: readonly StreamLine[];
  /** Other events of the same millisecond among those looked at. */
  readonly sameTime: number;
  /** Events of that millisecond with the same text, the hit included; 0 where it was not found. */
  readonly equal: number;
}

const CUT = '…';

/**
 * The lines next to the hit. Several events of one millisecond stand as the stream has them; of equal ones the first is
 * taken for the hit. A hit that is not found has before it what is earlier, and after it what has its time or is later,
 * or nothing where not even all of its time was seen.
 */
export function placeLines(hit: StreamLine, { before, from, hasAllOfTime }: Neighbours, lines: number): LinesAround {
  const ofTime = from.filter(({ epochMs }) => epochMs === hit.epochMs);
  const places = from.flatMap((line, index) =>
    line.epochMs === hit.epochMs && isSame(line.message, hit.message) ? [index] : [],
  );
  const [place] = places;
  const last = <Item>(items: readonly Item[]): readonly Item[] => (lines === 0 ? [] : items.slice(-lines));
  if (place === undefined)
    return { before: last(before), after: hasAllOfTime ? from.slice(0, lines) : [], sameTime: ofTime.length, equal: 0 };
  return {
    before: last([...before, ...from.slice(0, place)]),
    after: from.slice(place + 1, place + 1 + lines),
    sameTime: ofTime.length - 1,
    equal: places.length,
  };
}

/** The text of a hit may be cut, and marked so. */
function isSame(message: string, hit: string): boolean {
  if (message.trimEnd() === hit.trimEnd()) return true;
  return hit.endsWith(CUT) && hit.length > CUT.length && message.startsWith(hit.slice(0, -CUT.length));
}

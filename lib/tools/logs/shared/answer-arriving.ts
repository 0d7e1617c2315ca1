/** What is said of a window whose end is so near that not all of its events may be there. Pure. */
import { formatTime, SECOND_MS, type TimeRange } from '../../../domain/time.ts';

/**
 * Agents send events in batches, and what is sent can be read some seconds to a minute and more later; AWS states no
 * bound. Named as what is told, not as what is certain.
 */
const ARRIVING_MS = 90 * SECOND_MS;

/** One line of ours where the window touches the last 90 seconds. */
export function noteArriving({ endEpochMs }: TimeRange, nowEpochMs: number): string[] {
  const sinceEpochMs = Math.floor((nowEpochMs - ARRIVING_MS) / SECOND_MS) * SECOND_MS;
  return endEpochMs < sinceEpochMs ? [] : [`Events since ${formatTime(sinceEpochMs)} (90 s) may still be arriving.`];
}

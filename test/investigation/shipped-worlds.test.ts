/**
 * In one call: what changed first in worlds that this program brings along, that it recurs, or that nothing did. All of
 * them, the shop too, at many hours: test/deploy/steps/67-shipped-worlds.ts.
 */
import { expect, it } from 'vitest';
import { faultsOf, followCalls, INCIDENTS, MAX_CALLS, openWorld } from '../support/shipped-worlds.ts';

const MAX_CHARACTERS = 6_000;
/** Each on a day and at an hour of its own; those that cost least. */
const CASES = [
  { name: 'nightly-run', at: '2026-03-02T03:30:00Z', isFollowed: false },
  { name: 'just-noise', at: '2026-03-04T09:00:00Z', isFollowed: false },
  { name: 'upstream-throttling', at: '2026-03-07T23:50:00Z', isFollowed: true },
];

it.each(CASES)('$name at $at is told from the name of its alarm alone', async ({ name, at, isFollowed }) => {
  const truth = INCIDENTS[name];
  if (truth === undefined) throw new Error(`There is no incident ${name}.`);
  const anchorEpochMs = Date.parse(at);
  const world = await openWorld(anchorEpochMs, name);
  try {
    const told = await world.ask(truth.alarm);
    expect([told.text, faultsOf(told, truth, anchorEpochMs)]).toEqual([told.text, []]);
    expect(told.calls).toBeLessThanOrEqual(MAX_CALLS);
    expect(told.text.length).toBeLessThanOrEqual(MAX_CHARACTERS);
    if (isFollowed) expect(told.found.next_calls).toHaveLength(3);
    if (isFollowed) expect(await followCalls(world, told)).toEqual([]);
  } finally {
    await world.bench.close();
  }
});

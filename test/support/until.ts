import { setImmediate, setTimeout } from 'node:timers/promises';

const PAUSE_MS = 10;
/** Turns of the event loop, in each of which the sockets are looked at. */
const TURNS = 50;

/** Waits for a condition that must come true; the test's own time limit ends it otherwise. */
export async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await setTimeout(PAUSE_MS);
}

/** Lets everything be read that has been sent already, on a machine of any speed. */
export async function untilRead(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
}

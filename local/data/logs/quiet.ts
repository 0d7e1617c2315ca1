import type { LogWorld } from './incident.ts';
import { MINUTE_MS } from './incident.ts';
import type { LogEvent } from './log-group.ts';
import { generateByMinute } from './minute-writer.ts';
import { integerBetween, randomFor, uuid } from './random.ts';

/** Each quiet group writes in one minute of this many. */
const EVERY_MINUTES = 15;

export const QUIET_STREAMS = ['main'] as const;

const TEAMS = [
  'billing',
  'catalog',
  'fraud',
  'loyalty',
  'mail',
  'returns',
  'shipping',
  'stock',
  'tax',
  'users',
] as const;
const PARTS = ['api', 'worker', 'export', 'import', 'scheduler', 'webhook', 'cleanup'] as const;

/** Names of the many groups that nothing happens in. */
export function quietGroupNames(): readonly string[] {
  return TEAMS.flatMap((team) => PARTS.map((part) => `/aws/lambda/${team}-${part}`));
}

/** An occasional line of a healthy service. */
export function quietEvents(world: LogWorld, id: string): (minuteEpochMs: number) => readonly LogEvent[] {
  const turn = integerBetween(randomFor(world.seed, id, 0), 0, EVERY_MINUTES - 1);
  return generateByMinute(world, id, ({ random, minuteEpochMs, write }) => {
    if (Math.floor(minuteEpochMs / MINUTE_MS) % EVERY_MINUTES === turn) {
      const offsetMs = random() * 59_000;
      const time = new Date(minuteEpochMs + offsetMs).toISOString();
      write(
        offsetMs,
        QUIET_STREAMS[0],
        `${time}\t${uuid(random)}\tINFO\tdone, ${integerBetween(random, 0, 90)} records handled`,
      );
    }
  });
}

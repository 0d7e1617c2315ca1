import { LOG_GROUPS, SHOP } from '../../scenario.ts';
import type { LogWorld } from './incident.ts';
import type { LogEvent } from './log-group.ts';
import { generateByMinute, type MinuteWriter } from './minute-writer.ts';
import { integerBetween } from './random.ts';

export const DATABASE_STREAMS: readonly string[] = [SHOP.database];

const ITEM_QUERY = 'SELECT sku, quantity, price_cents FROM order_items WHERE cart_ref = $1';

/** PostgreSQL log: checkpoints, and since the deploy slow queries without an index, then refused connections. */
export function databaseEvents(world: LogWorld): (minuteEpochMs: number) => readonly LogEvent[] {
  return generateByMinute(world, LOG_GROUPS.database, (writer) => {
    const { random, phase } = writer;
    if (random() < 0.6) {
      const seconds = (1 + random() * 4).toFixed(3);
      line(
        writer,
        '',
        'LOG',
        `checkpoint complete: wrote ${integerBetween(random, 20, 400)} buffers (0.1%); total=${seconds} s`,
      );
    }
    line(writer, client(writer), 'LOG', 'connection authorized: user=shop database=orders SSL enabled');
    const slowCount = phase.isDeployed ? Math.round(2 + 4 * phase.severity) : Number(random() < 0.02);
    for (let index = 0; index < slowCount; index += 1) {
      const durationMs = 900 + 2_600 * Math.max(0.1, phase.severity) * random();
      line(writer, client(writer), 'LOG', `duration: ${durationMs.toFixed(3)} ms  execute <unnamed>: ${ITEM_QUERY}`);
    }
    const refusedCount = phase.areConnectionsFilling ? Math.round(3 * phase.severity * random()) : 0;
    for (let index = 0; index < refusedCount; index += 1) {
      const message = 'remaining connection slots are reserved for roles with the SUPERUSER attribute';
      line(writer, client(writer), 'FATAL', message);
    }
  });
}

function client({ random }: MinuteWriter): string {
  return `10.0.${integerBetween(random, 11, 13)}.${integerBetween(random, 2, 250)}(${integerBetween(random, 32_768, 60_999)}):shop@orders`;
}

function line({ random, minuteEpochMs, write }: MinuteWriter, origin: string, level: string, message: string): void {
  const offsetMs = random() * 59_900;
  const time = new Date(minuteEpochMs + offsetMs).toISOString().slice(0, 19).replace('T', ' ');
  write(offsetMs, SHOP.database, `${time} UTC:${origin}:[${integerBetween(random, 400, 9_999)}]:${level}:  ${message}`);
}

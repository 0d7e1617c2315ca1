import { LOG_GROUPS } from '../../scenario.ts';
import type { LogWorld } from './incident.ts';
import type { LogEvent } from './log-group.ts';
import { generateByMinute } from './minute-writer.ts';
import { integerBetween, pick } from './random.ts';

export const LEGACY_STREAMS = ['batch-host-01', 'batch-host-02'] as const;
export const ARCHIVE_STREAMS = ['audit'] as const;

/** A nightly batch of old: plain text, now and then a stack trace over several lines. */
export function legacyEvents(world: LogWorld): (minuteEpochMs: number) => readonly LogEvent[] {
  return generateByMinute(world, LOG_GROUPS.legacy, ({ random, minuteEpochMs, write }) => {
    const offsetMs = random() * 59_900;
    const stream = pick(random, LEGACY_STREAMS);
    const time = new Date(minuteEpochMs + offsetMs).toISOString().slice(11, 19);
    if (random() < 0.04) {
      const trace = [
        `${time} ERROR InvoiceExport - could not write invoice ${integerBetween(random, 10_000, 99_999)}`,
        'java.io.IOException: No space left on device',
        '\tat java.base/java.io.FileOutputStream.writeBytes(Native Method)',
        `\tat com.example.batch.InvoiceExport.write(InvoiceExport.java:${integerBetween(random, 80, 99)})`,
        'Caused by: java.lang.IllegalStateException: volume /export is full',
      ];
      write(offsetMs, stream, trace.join('\n'));
      return;
    }
    const step = pick(random, ['InvoiceExport', 'StockSync', 'MailRun']);
    write(
      offsetMs,
      stream,
      `${time} INFO  ${step} - batch ${integerBetween(random, 1, 400)} done in ${integerBetween(random, 90, 4_000)} ms`,
    );
  });
}

/** Audit records in the Infrequent Access class. */
export function archiveEvents(world: LogWorld): (minuteEpochMs: number) => readonly LogEvent[] {
  return generateByMinute(world, LOG_GROUPS.archive, ({ random, minuteEpochMs, write }) => {
    for (let index = integerBetween(random, 1, 3); index > 0; index -= 1) {
      const offsetMs = random() * 59_900;
      const record = {
        at: new Date(minuteEpochMs + offsetMs).toISOString(),
        actor: `employee-${integerBetween(random, 1, 40)}`,
        action: pick(random, ['order.viewed', 'order.refunded', 'price.changed', 'customer.viewed']),
        target: `ord-${integerBetween(random, 100_000, 999_999)}`,
        allowed: random() < 0.97,
        email: '*******************',
      };
      write(offsetMs, ARCHIVE_STREAMS[0], JSON.stringify(record));
    }
  });
}

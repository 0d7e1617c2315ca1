/** Where the event of a record stands in its log stream. Pure. */
import type { LogField } from '../../../aws/ports/logs.ts';
import { REGIONS } from '../../../domain/regions.ts';
import type { Hit } from '../shared/read-context.ts';

/** `<account id>:<log group>` */
const LOG = /^(\d{12}):(.+)$/s;

/** Undefined for a record that does not say where it stands. The ARN names log groups of linked accounts too. */
export function findHit(record: readonly LogField[], region: string): Hit | undefined {
  const read = (name: string) => record.find((field) => field.name === name)?.value ?? '';
  const [, account, logGroup] = LOG.exec(read('@log')) ?? [];
  const logStream = read('@logStream');
  const epochMs = timeOf(read('@timestamp'));
  if (account === undefined || logGroup === undefined || logStream === '' || epochMs === undefined) return undefined;
  return {
    logGroup: `arn:${REGIONS[region] ?? 'aws'}:logs:${region}:${account}:log-group:${logGroup}`,
    logStream,
    epochMs,
    message: read('@message'),
  };
}

/** Milliseconds since 1970, or a time in words. */
function timeOf(value: string): number | undefined {
  const epochMs = /^\d{12,14}$/.test(value) ? Number(value) : Date.parse(value);
  return Number.isNaN(epochMs) ? undefined : epochMs;
}

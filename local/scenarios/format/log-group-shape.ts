import { EventTable } from './event-table.ts';
import { epochMs, inside, isObject, members, number, oneOf, refuse, type Shape, text } from './shape.ts';

/** Days that a retention may have (API Reference, PutRetentionPolicy). */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const retentionInDays: Shape<number> = (value, at) => {
  const days = number()(value, at);
  if (days === undefined || RETENTION_DAYS.includes(days)) return days;
  return refuse(at, `must be one of ${RETENTION_DAYS.join(', ')}, not ${days}`);
};

/** Triples of time, stream and message; what a file's reader gathered already passes. */
const events: Shape<EventTable> = (value, at) => {
  if (value instanceof EventTable) return value;
  if (!Array.isArray(value)) return refuse(at, 'must be a list of [time, log stream, message]');
  const table = new EventTable();
  for (const [index, item] of value.entries()) table.add(item, inside(at, index));
  return table;
};

/** A log group with its events, or the name of the file that holds them. */
export function logGroup(placed: Readonly<Record<string, Shape>>): Shape<Record<string, unknown>> {
  const shape = members(
    {
      ...placed,
      logGroupName: text({ pattern: /^[.\-_/#A-Za-z0-9]{1,512}$/, form: 'a name of letters, digits and . - _ / #' }),
      logGroupClass: oneOf(['STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY']),
      retentionInDays,
      storedBytes: number({ minimum: 0 }),
      creationTime: epochMs,
      metricFilterCount: number({ minimum: 0, isInteger: true }),
      kmsKeyId: text(),
      dataProtectionStatus: oneOf(['ACTIVATED', 'DELETED', 'ARCHIVED', 'DISABLED']),
      arn: text(),
      logGroupArn: text(),
      events,
      eventsFile: text({ minLength: 1 }),
    },
    ['logGroupName'],
  );
  return (value, at) => {
    if (isObject(value) && value.events !== undefined && value.eventsFile !== undefined) {
      at.faults.add(at.path, 'must not have both events and eventsFile');
    }
    return shape(value, at);
  };
}

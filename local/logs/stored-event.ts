import type { LogEvent, LogGroup } from '../data/logs/log-group.ts';
import { encodePointer } from './event-pointer.ts';
import type { FieldSource } from './insights/row.ts';
import { Timestamp, type Value } from './insights/value.ts';
import { flattenFields, readJsonObject, valueAt } from './json-fields.ts';
import { LAMBDA_FIELD_NAMES, readLambdaField } from './lambda-fields.ts';

const LAMBDA_PREFIX = '/aws/lambda/';

/** A log event with the fields that the service discovers in it; JSON is only read when a field asks for it. */
export class StoredEvent implements FieldSource {
  readonly group: LogGroup;
  readonly event: LogEvent;
  #json: object | undefined;
  #isJsonRead = false;

  constructor(group: LogGroup, event: LogEvent) {
    this.group = group;
    this.event = event;
  }

  get(name: string): Value | undefined {
    if (name.startsWith('@')) {
      const own = this.#systemField(name);
      if (own !== undefined) {
        return own;
      }
    }
    const value = valueAt(this.#readJson(), name);
    if (typeof value === 'boolean') {
      return Number(value);
    }
    return typeof value === 'string' || typeof value === 'number' ? value : undefined;
  }

  /** Every discovered field, as GetLogRecord and GetLogGroupFields give them. */
  listFields(): Map<string, Value> {
    const fields = new Map<string, Value>();
    for (const name of ['@timestamp', '@message', '@logStream', '@log', '@ingestionTime', ...LAMBDA_FIELD_NAMES]) {
      const value = this.#systemField(name);
      if (value !== undefined) {
        fields.set(name, value);
      }
    }
    for (const [name, value] of flattenFields(this.#readJson() ?? {})) {
      fields.set(name, typeof value === 'boolean' ? Number(value) : value);
    }
    return fields;
  }

  #systemField(name: string): Value | undefined {
    switch (name) {
      case '@timestamp':
        return new Timestamp(this.event.timestampEpochMs);
      case '@ingestionTime':
        return new Timestamp(this.event.ingestionEpochMs);
      case '@message':
        return this.event.message;
      case '@logStream':
        return this.event.logStream;
      case '@log':
        return `${this.group.account}:${this.group.name}`;
      case '@ptr':
        return encodePointer(this.group, this.event);
      default:
        return this.group.name.startsWith(LAMBDA_PREFIX) ? readLambdaField(this.event.message, name) : undefined;
    }
  }

  #readJson(): object | undefined {
    if (!this.#isJsonRead) {
      this.#isJsonRead = true;
      this.#json = readJsonObject(this.event.message, this.group.name.startsWith(LAMBDA_PREFIX));
    }
    return this.#json;
  }
}

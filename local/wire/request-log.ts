import type { ProtocolName } from './protocol.ts';
import type { ServiceName } from './schemas.ts';

const MAX_ENTRIES = 10_000;

/** One request as the service saw it; tests prove with it what was called, and with whose credentials. */
export interface RequestRecord {
  readonly service: ServiceName;
  readonly operation: string;
  /** `promql` is plain HTTP. */
  readonly protocol: ProtocolName | 'promql';
  /** Empty when the signature was refused before the caller was known. */
  readonly account: string;
  readonly region: string;
  readonly akid: string;
  readonly principalArn: string;
  readonly sessionName: string | undefined;
  readonly input: unknown;
  readonly startedEpochMs: number;
  /** HTTP status of the answer; 0 = not answered (yet, or the caller went away, or the connection was reset). */
  readonly status: number;
}

/** Completes a record that was started. */
export interface RequestRecordHandle {
  update(fields: Partial<RequestRecord>): void;
}

/** The last 10,000 requests, oldest first. */
export class RequestLog {
  #records: { -readonly [Key in keyof RequestRecord]: RequestRecord[Key] }[] = [];

  get all(): readonly RequestRecord[] {
    return this.#records;
  }

  /** Records of one operation, e.g. `of('DescribeAlarms')`. */
  of(operation: string): readonly RequestRecord[] {
    return this.#records.filter((record) => record.operation === operation);
  }

  /** Adds a record before it is answered; returns what completes it. */
  start(record: Omit<RequestRecord, 'status'>): RequestRecordHandle {
    const entry = { ...record, status: 0 };
    this.#records.push(entry);
    if (this.#records.length > MAX_ENTRIES) this.#records = this.#records.slice(-MAX_ENTRIES);
    return {
      update(fields) {
        Object.assign(entry, fields);
      },
    };
  }

  clear(): void {
    this.#records = [];
  }
}

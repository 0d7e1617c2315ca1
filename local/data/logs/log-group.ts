/** What the log data and the operations on it have in common. */

export interface LogEvent {
  readonly timestampEpochMs: number;
  readonly ingestionEpochMs: number;
  readonly logStream: string;
  readonly message: string;
  /** Position among the events of the same group and minute; with the minute it names the event for good. */
  readonly index: number;
}

/** A stream; one without an end is still written to. */
export interface LogStreamSpan {
  readonly name: string;
  readonly firstEpochMs: number;
  readonly lastEpochMs?: number;
}

export type LogGroupClass = 'STANDARD' | 'INFREQUENT_ACCESS' | 'DELIVERY';

export interface LogGroup {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly logGroupClass: LogGroupClass;
  readonly creationEpochMs: number;
  /** Absent: events never expire. */
  readonly retentionInDays?: number;
  readonly storedBytes: number;
  readonly metricFilterCount: number;
  readonly kmsKeyId?: string;
  readonly isDataProtected?: boolean;
  /** Mean volume of the last day, for estimates. */
  readonly bytesPerMinute: number;
  readonly logStreams: readonly LogStreamSpan[];
  /**
   * The events of the minute that begins at `minuteEpochMs` (a multiple of 60,000), ascending by time.
   * A pure function of its argument: the same minute gives the same events whenever it is asked.
   */
  readonly eventsOfMinute: (minuteEpochMs: number) => readonly LogEvent[];
}

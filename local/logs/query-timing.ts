/** How long a query takes; all of it can be replaced by a test. */
export interface QueryTiming {
  /** Duration of an ordinary query in ms, from an estimate of the bytes that it scans. */
  readonly queryDurationMs: (estimatedBytes: number) => number;
  /** Duration of one particular query in ms; `undefined` leaves it to {@link queryDurationMs}. */
  readonly durationFor: (queryString: string) => number | undefined;
  /** Whether a query ends as `Failed`. */
  readonly isFailing: (queryString: string) => boolean;
}

const MIN_DURATION_MS = 150;
const MAX_DURATION_MS = 600;
const BYTES_PER_MS = 20_000;

/** A comment `# slow=5000` makes a query last 5 s; `# fail` makes it fail. */
export const DEFAULT_TIMING: QueryTiming = {
  queryDurationMs: (estimatedBytes) =>
    Math.min(MAX_DURATION_MS, Math.round(MIN_DURATION_MS + estimatedBytes / BYTES_PER_MS)),
  durationFor: (queryString) => {
    const marker = /# slow=(\d{1,9})/.exec(queryString);
    return marker ? Number(marker[1]) : undefined;
  },
  isFailing: (queryString) => /# fail\b/.test(queryString),
};

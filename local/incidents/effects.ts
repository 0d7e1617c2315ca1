import type { Subject, Verdict } from './incident.ts';

/** A number at a minute; minutes count from the anchor, so they are negative in the past. */
export type Course = (minute: number) => number;

/** What happens in an estate. What is left out is as usual. */
export interface Effects {
  /** Factor on the requests of customers. */
  readonly traffic?: Course;
  /** Factor on the duration of a function, by name. */
  readonly slowdown?: Readonly<Record<string, Course>>;
  /** Share of a function's invocations that fail, beside the usual few. */
  readonly failures?: Readonly<Record<string, Course>>;
  readonly throttles?: Readonly<Record<string, Course>>;
  /** Share of the database's connections that are taken beyond the usual. */
  readonly connections?: Course;
  /** Percent of CPU beyond the usual. */
  readonly databaseCpu?: Course;
  /** Gigabytes of storage that are gone. */
  readonly storageGone?: Course;
  /** Percent of memory of the containers beyond the usual. */
  readonly memory?: Course;
  /** Throttled reads of the table a minute. */
  readonly tableThrottles?: Course;
  /** Share of the queue's messages that are taken off. */
  readonly consumed?: Course;
  /** Share of the cache's hits that become misses. */
  readonly cacheLost?: Course;
  /** Factor on the duration of the provider's answers. */
  readonly provider?: Course;
  /** Factor on the invocations of a function beyond its callers' traffic. */
  readonly extraLoad?: Readonly<Record<string, Course>>;
  /** Whether the heartbeat of the worker is published. */
  readonly heartbeat?: Course;
}

/** Lines that a function writes for the failures of {@link Effects}, and others besides. */
export interface Story {
  readonly verdict: Verdict;
  /** Minute of the first unusual datapoint; undefined = there is none. */
  readonly onset: number | undefined;
  readonly subject: Subject | undefined;
  /** Name of the alarm that pages. */
  readonly alarm: string;
  readonly effects: Effects;
  /** Message and further fields of a failed invocation, by function. */
  readonly errors?: Readonly<Record<string, Failure>>;
  /** Version that a function says it has, by minute; undefined = the usual. */
  readonly deployed?: { readonly functionName: string; readonly minute: number; readonly isVersionLogged: boolean };
  /** A line that is written once, e.g. of a changed setting. */
  readonly notes?: readonly { readonly functionName: string; readonly minute: number; readonly message: string }[];
  readonly changes?: readonly {
    readonly minute: number;
    readonly eventName: string;
    readonly source: string;
    readonly resource: string;
  }[];
  readonly redHerrings?: readonly string[];
}

export interface Failure {
  readonly message: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Only this host fails. */
  readonly host?: string;
}

/** 0 before the onset, then up to `top` within some minutes. */
export function ramp(onset: number, minutes: number, top = 1): Course {
  return (minute) => top * Math.min(1, Math.max(0, (minute - onset + 1) / Math.max(1, minutes)));
}

/** 1 before, `top` when the ramp is done: a factor. */
export function growth(onset: number, minutes: number, top: number): Course {
  const course = ramp(onset, minutes, top - 1);
  return (minute) => 1 + course(minute);
}

/** 1 during a part of each period, else 0. Minutes; the phase counts back from the anchor. */
export function everyPeriod(periodMinutes: number, lastStart: number, duration: number): Course {
  return (minute) => {
    const phase = (((minute - lastStart) % periodMinutes) + periodMinutes) % periodMinutes;
    return phase < duration ? 1 : 0;
  };
}

export function times(course: Course, factor: number): Course {
  return (minute) => course(minute) * factor;
}

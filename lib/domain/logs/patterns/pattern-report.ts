/** Patterns of two windows of equal length, side by side. Pure. */
import { clusterMessages, type LogCluster } from './log-clusters.ts';
import { type Change, changeOf } from './pattern-changes.ts';
import { type Severity, severityOf } from './pattern-severity.ts';

export interface PatternRow {
  /** A message, or a pattern that CloudWatch made of messages. */
  readonly text: string;
  /** `toTemplate` of the text. */
  readonly template: string;
  readonly count: number;
  /** What CloudWatch says of its severity. */
  readonly label?: string;
}

/** What one query told about the messages of a window. */
export interface PatternLook {
  readonly window: 'now' | 'before';
  /** It was asked for errors only. */
  readonly isErrorsOnly: boolean;
  readonly rows: readonly PatternRow[];
  /** The query ended, so that what is not in it was not there. */
  readonly isWhole: boolean;
  /** Events that a row with `count` 1 stands for; 1 where all were read. */
  readonly eventsPerSample: number;
}

export interface LogPattern {
  readonly template: string;
  readonly severity: Severity;
  /** Events in the window; an estimate where messages were sampled. */
  readonly now: number;
  /** Absent where there is nothing to compare with. */
  readonly before?: number;
  readonly change?: Change;
  /** What it was made of. */
  readonly texts: readonly string[];
}

/** All patterns, most frequent first. */
export function reportPatterns(looks: readonly PatternLook[]): readonly LogPattern[] {
  const rows = looks.flatMap((look, index) =>
    look.rows.map((row) => ({ ...row, counts: looks.map((_, other) => (other === index ? row.count : 0)) })),
  );
  const comparable = { all: areWhole(looks, false), errors: areWhole(looks, true) };
  return clusterMessages(rows)
    .map((cluster) => toPattern(cluster, looks, rows, comparable))
    .sort((a, b) => b.now - a.now || (b.before ?? 0) - (a.before ?? 0));
}

/** Whether both windows were looked at to the end. */
function areWhole(looks: readonly PatternLook[], isErrorsOnly: boolean): boolean {
  const whole = looks.filter((look) => look.isWhole && look.isErrorsOnly === isErrorsOnly);
  return new Set(whole.map(({ window }) => window)).size === 2;
}

function toPattern(
  { template, counts, members }: LogCluster,
  looks: readonly PatternLook[],
  rows: readonly PatternRow[],
  comparable: { readonly all: boolean; readonly errors: boolean },
): LogPattern {
  const events = looks.map((look, index) => ({ look, count: (counts[index] ?? 0) * look.eventsPerSample }));
  const isOfErrors = events.some(({ look, count }) => look.isErrorsOnly && count > 0);
  const count = (window: PatternLook['window']) =>
    best(events.filter(({ look }) => look.window === window && (isOfErrors || !look.isErrorsOnly)));
  const [now, before] = [count('now'), count('before')];
  const label = members.map((member) => rows[member]?.label).find((each) => each !== undefined);
  const severity = severityOf(template, label);
  const isComparable = comparable.all || (comparable.errors && isOfErrors);
  return {
    template,
    severity,
    now: Math.round(now.count),
    ...(isComparable && {
      before: Math.round(before.count),
      change: changeOf({
        now: now.count,
        before: before.count,
        isError: severity === 'error',
        eventsPerSample: Math.max(now.eventsPerSample, before.eventsPerSample),
      }),
    }),
    texts: [...new Set(members.map((member) => rows[member]?.text ?? ''))],
  };
}

/** Looks at all events and at errors see the same events twice: the more exact one counts, of two exact ones the larger. What is in none was missed by the most exact one. */
function best(events: readonly { readonly look: PatternLook; readonly count: number }[]): {
  readonly count: number;
  readonly eventsPerSample: number;
} {
  const seen = events.filter(({ count }) => count > 0);
  const [first] = seen.sort((a, b) => a.look.eventsPerSample - b.look.eventsPerSample || b.count - a.count);
  return first === undefined
    ? { count: 0, eventsPerSample: Math.max(1, Math.min(...events.map(({ look }) => look.eventsPerSample))) }
    : { count: first.count, eventsPerSample: first.look.eventsPerSample };
}

/** Patterns of two windows of equal length, side by side. Pure. */

import { adoptTemplates } from './adopt-templates.ts';
import { joinSeen } from './digest-messages.ts';
import { type CountedMessage, clusterMessages, type LogCluster } from './log-clusters.ts';
import type { LogPattern, LookRow, PatternLook, WindowName } from './log-pattern.ts';
import { changeOf } from './pattern-changes.ts';
import { severityOf } from './pattern-severity.ts';
import { settleWide } from './settle-wide.ts';
import { splitValues } from './split-values.ts';

/** All patterns, most frequent first. Yields after each pattern, and after some messages. */
export function* reportPatterns(looks: readonly PatternLook[]): Generator<void, readonly LogPattern[], undefined> {
  const read = looks.flatMap((look) => look.rows.filter(({ seen }) => seen !== undefined));
  const rows: (LookRow & CountedMessage)[] = [];
  for (const [index, look] of looks.entries()) {
    const isRead = look.rows.some(({ seen }) => seen !== undefined);
    for (const group of isRead ? look.rows : yield* adoptTemplates(look.rows, read))
      rows.push({
        group,
        look,
        text: group.texts[0] ?? '',
        template: group.template,
        counts: looks.map((_, other) => (other === index ? group.count : 0)),
      });
    yield;
  }
  const comparable = { all: areWhole(looks, false), errors: areWhole(looks, true) };
  const clusters = settleWide(yield* clusterMessages(rows), looks, rows);
  yield;
  const patterns: LogPattern[] = [];
  for (const cluster of clusters) {
    patterns.push(toPattern(cluster, looks, rows, comparable));
    yield;
  }
  return splitValues(patterns).sort((a, b) => b.now - a.now || (b.before ?? 0) - (a.before ?? 0));
}

/** Whether both windows were looked at to the end. */
function areWhole(looks: readonly PatternLook[], isErrorsOnly: boolean): boolean {
  const whole = looks.filter((look) => look.isWhole && look.isErrorsOnly === isErrorsOnly);
  return new Set(whole.map(({ window }) => window)).size === 2;
}

function toPattern(
  { template, counts, members }: LogCluster,
  looks: readonly PatternLook[],
  rows: readonly LookRow[],
  comparable: { readonly all: boolean; readonly errors: boolean },
): LogPattern {
  const events = looks.map((look, index) => ({ look, count: (counts[index] ?? 0) * look.eventsPerSample }));
  const isOfErrors = events.some(({ look, count }) => look.isErrorsOnly && count > 0);
  const count = (window: WindowName) =>
    best(events.filter(({ look }) => look.window === window && (isOfErrors || !look.isErrorsOnly)));
  const [now, before] = [count('now'), count('before')];
  const own = members.flatMap((member) => rows[member] ?? []);
  const seenIn = (window: WindowName) =>
    joinSeen(own.flatMap(({ group, look }) => (look.window === window && !look.isErrorsOnly ? [group] : [])));
  const seen = { now: seenIn('now'), before: seenIn('before') };
  const label = own.map(({ group }) => group.label).find((each) => each !== undefined);
  const severity = severityOf(template, label);
  const isComparable = comparable.all || (comparable.errors && isOfErrors);
  const isTimed = own.every(({ look }) => look.window === 'before' || look.eventsPerSample === 1);
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
    texts: [...new Set(own.flatMap(({ group }) => group.texts))],
    ...(isTimed && seen.now?.firstEpochMs !== undefined && { firstEpochMs: seen.now.firstEpochMs }),
    seen,
  };
}

/**
 * Looks at all events and at errors see the same events twice: the more exact one counts, of two exact ones the larger.
 * What is in none was missed by the most exact one.
 */
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

/**
 * A pattern of CloudWatch that has a token where others have a word: what is constant in one window and varies in the
 * other, or what messages tell more finely. Each event is counted once. Pure.
 */
import { doesFit, type LogCluster, structureOf, tokensOf } from './log-clusters.ts';
import type { LookRow, PatternLook } from './log-pattern.ts';

interface Placed {
  readonly cluster: LogCluster;
  readonly tokens: readonly string[];
}

/** Clusters of one structure that are compared with each other. */
const MAX_COMPARED = 200;

/**
 * Where messages were read, the events of the wide pattern are shared out to those that it stands for; otherwise what is
 * constant in the window that lacks the wide pattern belongs to it.
 */
export function settleWide(
  clusters: readonly LogCluster[],
  looks: readonly PatternLook[],
  rows: readonly LookRow[],
): readonly LogCluster[] {
  const places = clusters.map((cluster): Placed => ({ cluster, tokens: tokensOf(cluster.template) }));
  return [...Map.groupBy(places, ({ tokens }) => structureOf(tokens)).values()].flatMap((group) =>
    group.length === 1 || group.length > MAX_COMPARED
      ? group.map(({ cluster }) => cluster)
      : settleGroup(group, looks, rows),
  );
}

function settleGroup(
  group: readonly Placed[],
  looks: readonly PatternLook[],
  rows: readonly LookRow[],
): readonly LogCluster[] {
  const isRead = ({ members }: LogCluster) => members.some((member) => rows[member]?.group.seen !== undefined);
  const clusters = new Map(group.map(({ cluster }) => [cluster, cluster]));
  for (const { cluster: wide, tokens } of group) {
    if (isRead(wide)) continue;
    const cases = group.filter((other) => other.cluster !== wide && doesFit(other.tokens, tokens));
    const finer = cases.filter(({ cluster }) => isRead(cluster)).map(({ cluster }) => clusters.get(cluster) ?? cluster);
    const whole = clusters.get(wide);
    if (whole === undefined) continue;
    if (finer.length > 0) {
      clusters.delete(wide);
      for (const [place, cluster] of shareOut(whole, finer, looks).entries())
        clusters.set(cases.filter(({ cluster: key }) => isRead(key))[place]?.cluster ?? cluster, cluster);
      continue;
    }
    for (const { cluster: key } of cases) {
      const narrow = clusters.get(key);
      if (narrow === undefined || !areApart(narrow, whole, looks)) continue;
      clusters.delete(key);
      clusters.set(wide, join(clusters.get(wide) ?? whole, narrow));
    }
  }
  return [...clusters.values()];
}

/** Whether no window has both. */
function areApart(a: LogCluster, b: LogCluster, looks: readonly PatternLook[]): boolean {
  const windows = ({ counts }: LogCluster) =>
    new Set(looks.flatMap(({ window }, index) => ((counts[index] ?? 0) > 0 ? [window] : [])));
  const ofB = windows(b);
  return [...windows(a)].every((window) => !ofB.has(window));
}

function join(a: LogCluster, b: LogCluster): LogCluster {
  return {
    ...a,
    counts: a.counts.map((count, index) => count + (b.counts[index] ?? 0)),
    members: [...a.members, ...b.members],
  };
}

/** In proportion to the messages read in the same window, or in all where that one has none. */
function shareOut(whole: LogCluster, finer: readonly LogCluster[], looks: readonly PatternLook[]): LogCluster[] {
  const readIn = ({ counts }: LogCluster, window: string | undefined) =>
    counts.reduce(
      (sum, count, index) => sum + (window === undefined || looks[index]?.window === window ? count : 0),
      0,
    );
  const total = (window: string | undefined) => finer.reduce((sum, cluster) => sum + readIn(cluster, window), 0);
  return finer.map((cluster) => ({
    ...cluster,
    counts: cluster.counts.map((count, index) => {
      const events = whole.counts[index] ?? 0;
      const window = looks[index]?.window;
      const within = total(window) > 0 ? window : undefined;
      return events === 0 ? count : count + (events * readIn(cluster, within)) / Math.max(1, total(within));
    }),
    members: [...cluster.members],
  }));
}

/** Entries of histories in order of time, also where times are equal: each change begins where the one before it ended. Pure. */
import { type AlarmHistoryItem, readStateChange, type StateChange } from './alarm-history.ts';

/** Oldest first. What happened at one and the same time comes in no stated order. */
export function inOrder<Change extends Pick<StateChange, 'epochMs' | 'from' | 'to'>>(
  changes: readonly Change[],
): Change[] {
  const likely = isOldestFirst(changes) ? changes : changes.toReversed();
  const moments = [...Map.groupBy(likely, ({ epochMs }) => epochMs)].sort(([a], [b]) => a - b);
  const ordered: Change[] = [];
  const starts = moments.map(([, moment]) => startOf(moment));
  for (const [index, [, moment]] of moments.entries()) {
    const start = starts[index] ?? ordered.at(-1)?.to ?? guessStart(moments.slice(index), starts.slice(index));
    ordered.push(...chain(moment, start ?? ''));
  }
  return ordered;
}

/** Where the first moments all end as they began: as what comes after them begins, or in the state that all of them know. */
function guessStart(
  moments: readonly (readonly [number, readonly Pick<StateChange, 'from'>[]])[],
  starts: readonly (string | undefined)[],
): string | undefined {
  const later = starts.find((state) => state !== undefined);
  if (later !== undefined) return later;
  return moments[0]?.[1].find(({ from }) =>
    moments.every(([, moment]) => moment.some((change) => change.from === from)),
  )?.from;
}

/** The state that is left once more often than it is reached. */
function startOf(changes: readonly Pick<StateChange, 'from' | 'to'>[]): string | undefined {
  const balance = new Map<string, number>();
  for (const { from = '', to } of changes) {
    balance.set(from, (balance.get(from) ?? 0) + 1);
    balance.set(to, (balance.get(to) ?? 0) - 1);
  }
  return [...balance].find(([, count]) => count > 0)?.[0];
}

/** A way through the states that takes every change once (Hierholzer); what does not fit it follows as it was given. */
function chain<Change extends Pick<StateChange, 'from' | 'to'>>(changes: readonly Change[], start: string): Change[] {
  const left = new Map(
    [...Map.groupBy(changes, ({ from = '' }) => from)].map(([from, own]) => [from, own.toReversed()]),
  );
  const path: { readonly state: string; readonly by?: Change }[] = [{ state: start }];
  const way: Change[] = [];
  for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
    const change = left.get(at.state)?.pop();
    if (change !== undefined) path.push({ state: change.to, by: change });
    else {
      if (at.by !== undefined) way.push(at.by);
      path.pop();
    }
  }
  const taken = new Set(way);
  return [...way.toReversed(), ...changes.filter((change) => !taken.has(change))];
}

/** Whether a list came with its oldest entries first, although the newest were asked for first. */
export function isOldestFirst(items: readonly Pick<AlarmHistoryItem, 'epochMs'>[]): boolean {
  return (items[0]?.epochMs ?? 0) < (items.at(-1)?.epochMs ?? 0);
}

/** Of any alarms. The changes of an alarm's state in the order in which they can have come; others of one moment stay. */
export function newestFirst(items: readonly AlarmHistoryItem[]): AlarmHistoryItem[] {
  const sorted = (isOldestFirst(items) ? items.toReversed() : [...items]).sort((a, b) => b.epochMs - a.epochMs);
  const changes = sorted.flatMap((item, place) => {
    const change = item.type === 'StateUpdate' ? readStateChange(item) : undefined;
    return change === undefined ? [] : [{ ...change, item, place }];
  });
  for (const [, own] of Map.groupBy(changes, ({ alarmName }) => alarmName)) {
    for (const [index, { item }] of inOrder(own).toReversed().entries()) {
      const place = own[index]?.place;
      if (place !== undefined) sorted[place] = item;
    }
  }
  return sorted;
}

/** Puts firing alarms under the composite alarms that watch them, so that one incident reads as one. */
import { type Alarm, stateSinceEpochMs } from './alarm.ts';

export interface NestedAlarm {
  readonly alarm: Alarm;
  /** 0 = stands by itself. */
  readonly depth: number;
  /** All composite alarms of the list whose rule names this one, first the one under which it stands. */
  readonly parents: readonly string[];
}

/** An alarm with everything under it. */
export interface AlarmGroup {
  /** The newest change of state in the group. */
  readonly newestEpochMs: number;
  /** Each alarm of the list once, parents before their children. */
  readonly rows: readonly NestedAlarm[];
}

/**
 * Groups alarms of one account and region, the group with the newest change first. Every alarm appears exactly once:
 * under the first of its parents, or by itself when it has none in the list.
 * @param childrenOf names that a composite alarm's rule refers to, by its name; cycles are harmless
 */
export function groupAlarms(
  alarms: readonly Alarm[],
  childrenOf: ReadonlyMap<string, readonly string[]>,
): readonly AlarmGroup[] {
  const ordered = [...alarms].sort(byNewest);
  const byName = new Map(ordered.map((alarm) => [alarm.name, alarm]));
  const parentsOf = new Map<string, string[]>();
  for (const parent of ordered) {
    for (const child of new Set(childrenOf.get(parent.name) ?? [])) {
      if (child !== parent.name && byName.has(child))
        parentsOf.set(child, [...(parentsOf.get(child) ?? []), parent.name]);
    }
  }
  const placed = new Set<string>();
  const place = (alarm: Alarm, depth: number, above?: string): NestedAlarm[] => {
    if (placed.has(alarm.name)) return [];
    placed.add(alarm.name);
    const children = new Set(childrenOf.get(alarm.name) ?? []);
    const others = (parentsOf.get(alarm.name) ?? []).filter((name) => name !== above);
    const rows: NestedAlarm[] = [{ alarm, depth, parents: above === undefined ? others : [above, ...others] }];
    if (children.size === 0) return rows;
    for (const child of ordered) if (children.has(child.name)) rows.push(...place(child, depth + 1, alarm.name));
    return rows;
  };
  const roots = ordered.filter(({ name }) => !parentsOf.has(name));
  // What only a cycle reaches has no root; it then stands by itself.
  return [...roots, ...ordered]
    .map((root) => place(root, 0))
    .filter((rows) => rows.length > 0)
    .map((rows) => ({ newestEpochMs: Math.max(...rows.map(({ alarm }) => stateSinceEpochMs(alarm))), rows }))
    .sort((a, b) => b.newestEpochMs - a.newestEpochMs);
}

function byNewest(a: Alarm, b: Alarm): number {
  return stateSinceEpochMs(b) - stateSinceEpochMs(a) || (a.name < b.name ? -1 : 1);
}

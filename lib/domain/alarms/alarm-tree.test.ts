import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import type { Alarm } from './alarm.ts';
import { groupAlarms } from './alarm-tree.ts';

function alarm(name: string, transitionedEpochMs: number, updatedEpochMs = transitionedEpochMs): Alarm {
  return {
    kind: 'composite',
    name,
    state: 'ALARM',
    transitionedEpochMs,
    updatedEpochMs,
    actionsEnabled: true,
    alarmActions: [],
    okActions: [],
    insufficientDataActions: [],
    watch: { type: 'composite', rule: 'TRUE' },
    condition: {},
  };
}

const outline = (alarms: readonly Alarm[], children: Readonly<Record<string, string[]>> = {}): string[] =>
  groupAlarms(alarms, new Map(Object.entries(children))).flatMap(({ rows }) =>
    rows.map((row) => `${'  '.repeat(row.depth)}${row.alarm.name}`),
  );

describe('groupAlarms', () => {
  it('puts the newest real transition first, not the newest update', () => {
    expect(outline([alarm('old', 1, 99), alarm('new', 5), alarm('middle', 3)])).toEqual(['new', 'middle', 'old']);
  });

  it('falls back to the update where the service gives no transition', () => {
    expect(outline([alarm('a', 3), { ...alarm('b', 0), transitionedEpochMs: undefined, updatedEpochMs: 4 }])).toEqual([
      'b',
      'a',
    ]);
  });

  it('puts children under their composite, and a group where its newest member belongs', () => {
    const alarms = [alarm('single', 5), alarm('top', 2), alarm('inner', 3), alarm('leaf', 9)];
    expect(outline(alarms, { top: ['inner', 'absent'], inner: ['leaf'] })).toEqual([
      'top',
      '  inner',
      '    leaf',
      'single',
    ]);
  });

  it('shows a child of two composites once and names both', () => {
    const groups = groupAlarms(
      [alarm('a', 2), alarm('b', 1), alarm('c', 3)],
      new Map([
        ['a', ['c']],
        ['b', ['c']],
      ]),
    );
    expect(groups.map(({ rows }) => rows.length)).toEqual([2, 1]);
    expect(groups[0]?.rows[1]).toMatchObject({ alarm: { name: 'c' }, parents: ['a', 'b'] });
  });

  it('names the composite first under which a child stands', () => {
    const alarms = [alarm('outer', 3), alarm('inner', 2), alarm('leaf', 1)];
    const groups = groupAlarms(alarms, new Map(Object.entries({ outer: ['inner', 'leaf'], inner: ['leaf'] })));
    expect(groups[0]?.rows.map((row) => [row.alarm.name, row.depth, row.parents])).toEqual([
      ['outer', 0, []],
      ['inner', 1, ['outer']],
      ['leaf', 2, ['inner', 'outer']],
    ]);
  });

  it('survives cycles and alarms that name themselves', () => {
    expect(outline([alarm('a', 2), alarm('b', 1)], { a: ['b', 'a'], b: ['a'] })).toEqual(['a', '  b']);
  });

  it('keeps every alarm exactly once, whatever the relations', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...names), fc.array(fc.constantFrom(...names)))),
        fc.array(fc.nat(5), { minLength: names.length, maxLength: names.length }),
        (relations, times) => {
          const alarms = names.map((name, index) => alarm(name, times[index] ?? 0));
          const groups = groupAlarms(alarms, new Map(relations));
          expect(groups.flatMap(({ rows }) => rows.map((row) => row.alarm.name)).sort()).toEqual(names);
          const newest = groups.map(({ newestEpochMs }) => newestEpochMs);
          expect(newest).toEqual([...newest].sort((a, b) => b - a));
        },
      ),
    );
  });
});

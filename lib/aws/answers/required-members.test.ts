import { describe, expect, it } from 'vitest';
import { resolveSchema, SERVICE_SCHEMAS } from '../../../local/wire/schemas.ts';
import { listCommandActions } from '../../../scripts/generate/iam/called-actions.ts';
import { findMissing, REQUIRED_MEMBERS } from './required-members.ts';

const OPERATIONS = listCommandActions().map((action) => action.split(':')[1] ?? '');
const MODELS = new Map(Object.values(SERVICE_SCHEMAS).flatMap(({ operations }) => [...operations]));

/** Every member that some input makes necessary. */
function membersOf(operation: string): string[] {
  const row = REQUIRED_MEMBERS[operation] ?? [];
  if (typeof row !== 'function') return row.flat();
  const everyType = ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'];
  return [{}, { AlarmTypes: everyType }, { ChildrenOfAlarmName: 'a' }].flatMap((input) => row(input).flat());
}

describe('the members that an answer must have', () => {
  it('are told for every operation that the program calls, and for no other', () => {
    expect(Object.keys(REQUIRED_MEMBERS).sort()).toEqual(OPERATIONS.sort());
  });

  it.each(OPERATIONS)('are members of the model: %s', (operation) => {
    const model = MODELS.get(operation);
    const known = model === undefined ? [] : [...resolveSchema(model[5]).structIterator()].map(([name]) => name);
    expect(known).toEqual(expect.arrayContaining(membersOf(operation)));
  });

  it.each(OPERATIONS)(
    'hold the lists that the program reads: an answer without any list of %s is none',
    (operation) => {
      const model = MODELS.get(operation);
      const lists = model === undefined ? [] : [...resolveSchema(model[5]).structIterator()];
      const hasLists = lists.some(([, member]) => member.isListSchema() || member.isMapSchema());
      const input = { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] };
      // One whose lists are not what it is about.
      if (hasLists && operation !== 'GetAlarmMuteRule') expect(findMissing(operation, input, {})).not.toEqual([]);
    },
  );

  it('depend on what was asked for', () => {
    const bare = { CompositeAlarms: [] };
    expect(findMissing('DescribeAlarms', { AlarmTypes: ['CompositeAlarm'] }, bare)).toEqual([]);
    expect(findMissing('DescribeAlarms', { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }, bare)).toEqual([
      'MetricAlarms',
    ]);
    expect(findMissing('DescribeAlarms', {}, bare)).toEqual(['MetricAlarms']);
    expect(findMissing('DescribeAlarms', { ParentsOfAlarmName: 'a' }, bare)).toEqual([]);
  });
});

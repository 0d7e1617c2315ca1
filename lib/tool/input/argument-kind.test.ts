import { expect, it } from 'vitest';
import { type ArgumentKind, isNeverNull, isWord, kindOf } from './argument-kind.ts';

it.each<[ArgumentKind, string]>([
  ['region', 'region regions'],
  ['account', 'account accounts account_id account_ids account_identifiers'],
  ['time', 'start end time start_time end_time'],
  [
    'id',
    'log_group log_group_name log_group_names log_group_identifier log_group_identifiers log_group_arn log_group_name_prefix query_id id next_token token pointer',
  ],
  ['duration', 'period max_timeout wait_seconds'],
  ['query', 'query query_string expression'],
  ['name', 'name names alarm_name name_prefix namespace statistic group_by_dimension keys field step'],
  ['text', 'note aregion account_label timeline periods queries pointers log_group_name_pattern'],
])('%s', (kind, names) => {
  for (const name of names.split(' ')) expect([name, kindOf(name)]).toEqual([name, kind]);
});

it('parts words from text', () => {
  const kinds: ArgumentKind[] = ['region', 'account', 'time', 'id', 'name', 'duration', 'query', 'text'];
  expect(kinds.filter(isWord)).toEqual(['region', 'account', 'time', 'id']);
  expect(kinds.filter(isNeverNull)).toEqual(['region', 'account', 'time', 'id', 'name', 'duration']);
});

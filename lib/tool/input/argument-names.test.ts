import { describe, expect, it } from 'vitest';
import { describeUnknown, nameArguments } from './argument-names.ts';
import { findName } from './read-argument.ts';

const VALID = ['max_items', 'start_time', 'statistic', 'names'];

/** What the tool would be given, and what not. */
function name(args: Readonly<Record<string, unknown>>, valid: readonly string[] = VALID, ignored: string[] = []) {
  const named = nameArguments(args, valid, ignored);
  return { values: Object.fromEntries(named.values), unknown: named.unknown, ignored: named.ignored };
}

const taken = (values: Readonly<Record<string, unknown>>) => ({ values, unknown: [], ignored: [] });

describe('findName', () => {
  it.each(['max_items', 'maxItems', 'MaxItems', 'max-items', 'MAX ITEMS', '"max_items"'])('reads %s', (spelling) => {
    expect(findName(spelling, VALID)).toBe('max_items');
  });

  it('takes AWS’s own word, and nothing that could be two', () => {
    expect(findName('Stat', VALID)).toBe('statistic');
    expect(findName('maxItem', VALID)).toBeUndefined();
    expect(findName('AB', ['a_b', 'ab'])).toBeUndefined();
    expect(findName('ab', ['a_b', 'ab'])).toBe('ab');
  });
});

describe('names of one thing', () => {
  it.each([
    [
      'log_group',
      'log_group_names log_group_arn log_group_identifier log_group_identifiers log_group_name log_groups log_group_arns',
    ],
    ['start_time', 'start from from_time since'],
    ['end_time', 'end to to_time until'],
    ['query', 'query_string'],
    ['alarm_name', 'names alarm_names alarm'],
    ['name_prefix', 'prefix alarm_name_prefix dashboard_name_prefix'],
    ['states', 'state state_value state_values'],
    ['types', 'type alarm_types alarm_type'],
    ['max_items', 'limit max_results max_records max_count page_size'],
    ['statistic', 'stat statistics'],
    ['region', 'regions aws_region region_name'],
    ['account', 'accounts account_id account_ids aws_account aws_account_id'],
    ['name', 'dashboard_name dashboard'],
  ])('mean %s', (own, others) => {
    for (const other of [own, ...others.split(' ')]) expect(name({ [other]: 1 }, [own])).toEqual(taken({ [own]: 1 }));
    // The first that a tool has is meant.
    expect(name({ [own]: 1 }, others.split(' ').slice(0, 1)).values).toEqual({ [others.split(' ')[0] ?? '']: 1 });
    expect(name({ [own]: 1 }, ['other'])).toEqual({ values: {}, unknown: [own], ignored: [] });
  });

  it('gives way to the published name, whatever comes first', () => {
    expect(name({ since: '-1h', start_time: '-2h' })).toEqual({
      values: { start_time: '-2h' },
      unknown: ['since'],
      ignored: [],
    });
  });
});

describe('what clients add', () => {
  it.each(
    `explanation random_string dummy placeholder no_args no_params reasoning rationale thought thoughts thinking intent tool_summary
    tool_action security_risk task_progress requires_approval wait_for_previous_tools _meta tool_call_id run_manager callbacks randomString`.split(
      /\s+/,
    ),
  )('drops %s', (added) => {
    expect(name({ [added]: 'x', limit: 5 })).toEqual(taken({ max_items: 5 }));
  });

  it('keeps one that the tool has', () => {
    expect(name({ intent: 'x' }, ['intent'])).toEqual(taken({ intent: 'x' }));
  });

  it.each(['kwargs', 'args', 'arguments', 'input', 'params', 'parameters', 'tool_input', 'toolInput'])(
    'unwraps %s',
    (wrapper) => {
      expect(name({ [wrapper]: { max_items: 5 } })).toEqual(taken({ max_items: 5 }));
      expect(name({ [wrapper]: '{"maxItems": 5}' })).toEqual(taken({ max_items: 5 }));
      expect(name({ [wrapper]: { max_items: 5 }, max_items: 7 })).toEqual(taken({ max_items: 7 }));
      for (const empty of [null, '', [], {}]) expect(name({ [wrapper]: empty })).toEqual(taken({}));
      expect(name({ [wrapper]: 'text' }).unknown).toEqual([wrapper]);
      expect(name({ [wrapper]: [1] }).unknown).toEqual([wrapper]);
      expect(name({ [wrapper]: { a: 1 } }, [wrapper])).toEqual(taken({ [wrapper]: { a: 1 } }));
    },
  );
});

it('keeps what other servers take apart from what nobody knows', () => {
  expect(name({ profile_name: 'x', zzz: 1, names: [] }, VALID, ['profile_name'])).toEqual({
    values: { names: [] },
    unknown: ['zzz'],
    ignored: ['profile_name'],
  });
});

it('takes a hundred arguments and no more', () => {
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, 1]));
  expect(name(many(100)).unknown).toHaveLength(100);
  expect(() => name(many(101))).toThrow(/101 arguments were sent, at most 100/);
});

it('names the nearest, and at most sixty characters of what was sent', () => {
  expect(describeUnknown('max_itms', VALID)).toBe('unknown argument "max_itms" (did you mean max_items?)');
  expect(describeUnknown('q'.repeat(61), VALID)).toBe(`unknown argument "${'q'.repeat(60)}"`);
});

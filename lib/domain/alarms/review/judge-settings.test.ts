import { describe, expect, it } from 'vitest';
import { finish } from '../../../../test/support/finish.ts';
import type { Alarm, AlarmWatch } from '../alarm.ts';
import { findCopies, judgeSettings, namesInRules } from './judge-settings.ts';

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:ops';
const arnOf = (name: string) => `arn:aws:cloudwatch:us-east-1:111122223333:alarm:${name}`;
const metric = (metricName = 'Errors'): AlarmWatch => ({
  type: 'metric',
  metric: { namespace: 'AWS/Lambda', metricName, dimensions: [], statistic: 'Sum' },
});
const alarm = (name: string, more: Partial<Alarm> = {}): Alarm => ({
  kind: 'metric',
  name,
  state: 'OK',
  actionsEnabled: true,
  alarmActions: [],
  okActions: [],
  insufficientDataActions: [],
  watch: metric(),
  condition: {},
  ...more,
});

describe('namesInRules', () => {
  const ruled = (rule: string) => [...finish(namesInRules([alarm('top', { watch: { type: 'composite', rule } })]))];

  it.each([
    ['ALARM("one two")', ['one two']],
    ["OK('it')", ['it']],
    ['INSUFFICIENT_DATA(bare)', ['bare']],
    [`ALARM(${arnOf('by-arn')}) AND NOT alarm ( "x" )`, ['by-arn', 'x']],
    [`ALARM("${arnOf('quoted')}") OR OK(a) OR OK(a)`, ['quoted', 'a']],
    ['TRUE OR FALSE', []],
    ['FALARM("no") AND ALARM(" ")', [' ']],
  ])('reads %s', (rule, names) => {
    expect(ruled(rule)).toEqual(names);
  });

  it('reads what suppresses actions, and rules of composite alarms only', () => {
    const suppressed = alarm('s', { suppression: { suppressor: arnOf('deploy') } });
    expect([...finish(namesInRules([suppressed, alarm('t', { suppression: {} }), alarm('u')]))]).toEqual(['deploy']);
    const both = alarm('top', { watch: { type: 'composite', rule: 'ALARM(a)' }, suppression: { suppressor: 'quiet' } });
    expect([...finish(namesInRules([both]))]).toEqual(['a', 'quiet']);
    expect([...finish(namesInRules([alarm('p', { watch: { type: 'promql', query: 'ALARM(a)' } })]))]).toEqual([]);
  });
});

describe('judgeSettings', () => {
  const kinds = (more: Partial<Alarm>, ruled: readonly string[] = [], mutedBy: readonly string[] = []) =>
    judgeSettings(alarm('a', more), new Set(ruled), mutedBy).map(({ kind }) => kind);

  it.each<[string, Partial<Alarm>, string[]]>([
    ['an action on ALARM', { alarmActions: [TOPIC] }, []],
    ['an action on OK', { okActions: [TOPIC] }, ['no_action']],
    ['an action on missing data', { insufficientDataActions: [TOPIC] }, ['no_action']],
    ['no action', {}, ['no_action']],
    ['an action on ALARM, switched off', { alarmActions: [TOPIC], actionsEnabled: false }, ['disabled']],
    ['an action on OK, switched off', { okActions: [TOPIC], actionsEnabled: false }, ['disabled']],
    [
      'an action on missing data, switched off',
      { insufficientDataActions: [TOPIC], actionsEnabled: false },
      ['disabled'],
    ],
    ['no action, switched off', { actionsEnabled: false }, ['no_action']],
  ])('judges %s', (_what, more, expected) => {
    expect(kinds(more)).toEqual(expected);
    const isDisabled = expected[0] === 'disabled';
    expect(kinds(more, [], ['night'])).toEqual(isDisabled ? expected : ['muted', ...expected]);
    expect(kinds(more, ['a'])).toEqual(isDisabled ? expected : []);
    expect(kinds(more, ['b'])).toEqual(expected);
    expect(kinds(more, ['a'], ['night'])).toEqual(isDisabled ? expected : ['muted']);
  });

  it('says why', () => {
    expect(judgeSettings(alarm('a'), new Set(), ['night\n', 'week end'])).toEqual([
      { kind: 'muted', names: ['a'], why: 'muted now by night, week end' },
      {
        kind: 'no_action',
        names: ['a'],
        why: 'no action on ALARM, and no composite alarm is made of it: it notifies nobody',
      },
    ]);
    expect(judgeSettings(alarm('a', { alarmActions: [TOPIC], actionsEnabled: false }), new Set(), [])).toEqual([
      { kind: 'disabled', names: ['a'], why: 'actions are switched off: it notifies nobody' },
    ]);
  });
});

describe('findCopies', () => {
  it('finds alarms that watch the same under the same condition and tell the same', () => {
    const given = [
      alarm('a'),
      alarm('b', { state: 'ALARM', description: 'other words' }),
      alarm('c', { condition: { threshold: 1 } }),
      alarm('d', { alarmActions: [TOPIC] }),
      alarm('e', { watch: metric('Throttles') }),
      alarm('f', { alarmActions: [TOPIC] }),
      alarm('g'),
      alarm('h', { watch: { type: 'composite', rule: 'ALARM(a)' } }),
      alarm('i', { watch: { type: 'composite', rule: 'ALARM(a)' } }),
    ];
    expect(finish(findCopies(given))).toEqual([
      { kind: 'copies', names: ['a', 'b', 'g'], why: '3 alarms watch and tell exactly the same' },
      { kind: 'copies', names: ['d', 'f'], why: '2 alarms watch and tell exactly the same' },
    ]);
    expect(finish(findCopies(given.slice(2, 5)))).toEqual([]);
  });
});

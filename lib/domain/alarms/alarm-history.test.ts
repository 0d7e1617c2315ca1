import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { type AlarmHistoryItem, describeHistoryItem, readStateChange, shortArn } from './alarm-history.ts';
import { parseReasonData, tidyReason } from './alarm-reason.ts';

function item(type: string, data: unknown, more: Partial<AlarmHistoryItem> = {}): AlarmHistoryItem {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return { alarmName: 'a', epochMs: 1, type, summary: 'Alarm updated from OK to ALARM', data: text, ...more };
}

describe('readStateChange', () => {
  it('reads an entry once, however often it is asked for', () => {
    let reads = 0;
    const entry: AlarmHistoryItem = {
      alarmName: 'a',
      epochMs: 0,
      type: 'StateUpdate',
      summary: 'from OK to ALARM',
      get data() {
        reads += 1;
        return '{}';
      },
    };
    const changes = Array.from({ length: 9 }, () => readStateChange(entry));
    expect(new Set(changes).size).toBe(1);
    expect(reads).toBe(1);
  });

  it('reads states, reason and datapoints', () => {
    const data = {
      oldState: { stateValue: 'INSUFFICIENT_DATA' },
      newState: {
        stateValue: 'ALARM',
        stateReason: 'because',
        stateReasonData: { period: 60, threshold: 5, recentDatapoints: [1, 2] },
      },
    };
    expect(readStateChange(item('StateUpdate', data))).toEqual({
      alarmName: 'a',
      epochMs: 1,
      from: 'INSUFFICIENT_DATA',
      to: 'ALARM',
      reason: 'because',
      reasonData: {
        datapoints: [{ value: 2 }, { value: 1 }],
        periodSeconds: 60,
        threshold: 5,
        statistic: undefined,
        triggeringAlarms: [],
      },
    });
  });

  it.each(['', 'not json', '[]', 'null', '{"newState":7}'])('falls back to the summary for data %j', (data) => {
    expect(readStateChange(item('StateUpdate', data))).toMatchObject({ from: 'OK', to: 'ALARM' });
  });

  it('takes nothing from other entries, unknown states or updates that change nothing', () => {
    expect(readStateChange(item('Action', {}))).toBeUndefined();
    expect(readStateChange(item('StateUpdate', {}, { summary: 'Alarm updated from OK to PURPLE' }))).toBeUndefined();
    const same = { oldState: { stateValue: 'OK' }, newState: { stateValue: 'OK' } };
    expect(readStateChange(item('StateUpdate', same))).toBeUndefined();
  });
});

describe('describeHistoryItem', () => {
  it('says what a configuration update changed', () => {
    const data = {
      type: 'Update',
      originalUpdatedFields: {
        threshold: 5,
        alarmActions: [],
        alarmConfigurationUpdatedTimestamp: 'then',
        period: 60,
        dimensions: null,
      },
      updatedAlarm: {
        threshold: 10,
        alarmActions: ['arn:aws:sns:us-east-1:1:x'],
        alarmConfigurationUpdatedTimestamp: 'now',
        period: 60,
      },
    };
    expect(describeHistoryItem(item('ConfigurationUpdate', data))).toBe(
      'changed threshold: 5 → 10; alarmActions: [] → ["arn:aws:sns:us-east-1:1:x"]',
    );
  });

  it('keeps the summary of a creation', () => {
    const created = item('ConfigurationUpdate', { type: 'Create', createdAlarm: {} }, { summary: 'Alarm "a" created' });
    expect(describeHistoryItem(created)).toBe('Alarm "a" created');
  });

  it('says what became of an action', () => {
    const data = {
      actionState: 'Failed',
      notificationResource: 'arn:aws:sns:us-east-1:1:on-call',
      error: 'no\nrights',
    };
    expect(describeHistoryItem(item('Action', data))).toBe('action sns on-call failed: no rights');
    expect(describeHistoryItem(item('Action', {}, { summary: 'Executed' }))).toBe('Executed');
  });

  it('names the contributor of an entry', () => {
    const contributor = [{ name: 'pod', value: 'a-1' }];
    expect(describeHistoryItem(item('AlarmContributorAction', {}, { summary: 'Done', contributor }))).toBe(
      'Done {pod=a-1}',
    );
  });

  it('gives one line for any data', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom('Action', 'ConfigurationUpdate', 'StateUpdate'), (data, type) => {
        expect(describeHistoryItem(item(type, data))).not.toContain('\n');
        readStateChange(item(type, data));
      }),
    );
  });
});

describe('parseReasonData', () => {
  it('prefers datapoints with times, newest first, and skips periods without data', () => {
    const data = {
      recentDatapoints: [1],
      evaluatedDatapoints: [
        { timestamp: '2026-03-01T11:23:00.000+0000', value: 7 },
        { timestamp: '2026-03-01T11:25:00.000+0000', value: 9 },
        { timestamp: '2026-03-01T11:24:00.000+0000' },
      ],
    };
    expect(parseReasonData(JSON.stringify(data)).datapoints).toEqual([
      { epochMs: Date.parse('2026-03-01T11:25:00Z'), value: 9 },
      { epochMs: Date.parse('2026-03-01T11:23:00Z'), value: 7 },
    ]);
  });

  it('reads the alarms behind a composite one', () => {
    expect(parseReasonData('{"triggeringAlarms":[{"arn":"x"},{"arn":3},null]}').triggeringAlarms).toEqual(['x']);
  });
});

describe('shortArn', () => {
  it.each([
    ['arn:aws:sns:us-east-1:111122223333:on-call', 'sns on-call'],
    ['arn:aws:lambda:us-east-1:111122223333:function:fix:live', 'lambda function:fix:live'],
    ['plain', 'plain'],
  ])('shortens %s', (arn, short) => {
    expect(shortArn(arn)).toBe(short);
  });
});

describe('tidyReason', () => {
  it('gives names, few digits and unambiguous times', () => {
    expect(
      tidyReason(
        'Threshold Crossed: 1 out of the last 2 datapoints [14.379084967320262 (01/03/26 11:30:00), -0.000123456789 (01/03/26 11:29:00)] was greater than the threshold (5.0) (minimum 2 datapoints for OK -> ALARM transition).',
      ),
    ).toBe(
      'Threshold Crossed: 1 out of the last 2 datapoints [14.3791 (2026-03-01T11:30:00Z), -0.000123457 (2026-03-01T11:29:00Z)] was greater than the threshold (5.0).',
    );
    expect(tidyReason('arn:aws-cn:cloudwatch:cn-north-1:111122223333:alarm:a b transitioned to ALARM')).toBe(
      'a b transitioned to ALARM',
    );
  });

  it('leaves other text as it is', () => {
    expect(tidyReason('Unchecked: Initial alarm creation 1.5 (10/11)')).toBe(
      'Unchecked: Initial alarm creation 1.5 (10/11)',
    );
  });
});

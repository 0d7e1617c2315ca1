import {
  type AlarmHistoryItem,
  type CloudWatchClient,
  DescribeAlarmContributorsCommand,
  DescribeAlarmHistoryCommand,
  type DescribeAlarmHistoryInput,
  GetAlarmMuteRuleCommand,
  ListAlarmMuteRulesCommand,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHOP_ALARMS } from '../data/alarms/alarm-settings.ts';
import { LOG_ALARM_NAMES, PROMQL_ALARM_NAME } from '../data/alarms/other-alarms.ts';
import { FIRING_ALARMS } from '../scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from '../server.ts';
import { createTestClient } from './test-client.ts';

const NOW = Date.UTC(2026, 5, 3, 12, 0, 20);
let local: LocalCloudWatch;
let client: CloudWatchClient;
const send = (input: DescribeAlarmHistoryInput) => client.send(new DescribeAlarmHistoryCommand(input));
const ALL_TYPES = ['MetricAlarm', 'CompositeAlarm', 'LogAlarm'] as const;
const timesOf = (items: readonly AlarmHistoryItem[] | undefined) =>
  (items ?? []).map((item) => item.Timestamp?.getTime() ?? 0);

beforeAll(async () => {
  local = await startLocalCloudWatch({ nowEpochMs: () => NOW });
  client = createTestClient(local);
});
afterAll(() => local.close());

describe('DescribeAlarmHistory', () => {
  it('tells a transition with old and new state as JSON', async () => {
    const { AlarmHistoryItems: [item] = [] } = await send({
      AlarmName: FIRING_ALARMS.checkoutLatency,
      HistoryItemType: 'StateUpdate',
    });
    expect(item).toMatchObject({ HistorySummary: 'Alarm updated from OK to ALARM', AlarmType: 'MetricAlarm' });
    const data = JSON.parse(item?.HistoryData ?? '');
    expect(data.newState).toMatchObject({ stateValue: 'ALARM', stateReasonData: { threshold: 3000 } });
    expect(data.oldState).toMatchObject({ stateValue: 'OK' });
  });

  it('gives no composite history unless asked for it', async () => {
    expect((await send({ AlarmName: FIRING_ALARMS.shopHealth })).AlarmHistoryItems).toEqual([]);
    const asked = await send({ AlarmName: FIRING_ALARMS.shopHealth, AlarmTypes: ['CompositeAlarm'] });
    const update = asked.AlarmHistoryItems?.find((item) => item.HistoryItemType === 'StateUpdate');
    expect(JSON.parse(update?.HistoryData ?? '').newState.stateReason).toMatch(
      /^arn:aws:cloudwatch:.+ transitioned to ALARM at /,
    );
  });

  it('tells of all alarms in pages of at most a hundred, in both orders', async () => {
    const all = async (ScanBy: 'TimestampDescending' | 'TimestampAscending'): Promise<AlarmHistoryItem[]> => {
      const items: AlarmHistoryItem[] = [];
      let NextToken: string | undefined;
      do {
        const page = await send({ AlarmTypes: [...ALL_TYPES], ScanBy, MaxRecords: 100, NextToken });
        expect(page.AlarmHistoryItems?.length).toBeLessThanOrEqual(100);
        items.push(...(page.AlarmHistoryItems ?? []));
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return items;
    };
    const newestFirst = await all('TimestampDescending');
    expect(newestFirst.length).toBeGreaterThan(100);
    expect(new Set(newestFirst.map(({ AlarmName }) => AlarmName)).size).toBeGreaterThan(5);
    expect(timesOf(newestFirst)).toEqual(timesOf(newestFirst).toSorted((a, b) => b - a));
    expect(timesOf(await all('TimestampAscending'))).toEqual(timesOf(newestFirst).toReversed());
    await expect(send({ MaxRecords: 101 })).rejects.toThrow(/less than or equal to 100/);
  });

  it('shows the flapping alarm and the one that recovered', async () => {
    const dayAgo = new Date(NOW - 86_400_000);
    const flapping = await send({
      AlarmName: SHOP_ALARMS.searchLatency,
      HistoryItemType: 'StateUpdate',
      StartDate: dayAgo,
    });
    expect(flapping.AlarmHistoryItems?.length).toBeGreaterThanOrEqual(11);
    const recovered = await send({ AlarmName: SHOP_ALARMS.paymentErrors, HistoryItemType: 'StateUpdate' });
    expect(recovered.AlarmHistoryItems?.map((item) => item.HistorySummary)).toEqual([
      'Alarm updated from ALARM to OK',
      'Alarm updated from OK to ALARM',
    ]);
    const actions = await send({ AlarmName: SHOP_ALARMS.paymentErrors, HistoryItemType: 'Action' });
    expect(actions.AlarmHistoryItems?.[0]?.HistorySummary).toMatch(/^Successfully executed action arn:aws:sns:/);
    const past = await send({ AlarmName: FIRING_ALARMS.queueAge, HistoryItemType: 'StateUpdate' });
    expect(past.AlarmHistoryItems?.length).toBeGreaterThanOrEqual(3);
  });

  it('sorts, cuts by date and pages', async () => {
    const newest = await send({ MaxRecords: 100 });
    expect(timesOf(newest.AlarmHistoryItems)).toEqual(timesOf(newest.AlarmHistoryItems).toSorted((a, b) => b - a));
    const oldest = await send({ MaxRecords: 100, ScanBy: 'TimestampAscending' });
    expect(timesOf(oldest.AlarmHistoryItems)).toEqual(timesOf(oldest.AlarmHistoryItems).toSorted((a, b) => a - b));
    const paged: AlarmHistoryItem[] = [];
    let token: string | undefined;
    do {
      const page = await send({ MaxRecords: 30, ...(token === undefined ? {} : { NextToken: token }) });
      paged.push(...(page.AlarmHistoryItems ?? []));
      token = page.NextToken;
    } while (token !== undefined);
    expect(paged.slice(0, 100)).toEqual(newest.AlarmHistoryItems);
    const hour = await send({ StartDate: new Date(NOW - 3_600_000), EndDate: new Date(NOW) });
    expect(timesOf(hour.AlarmHistoryItems).every((time) => time > NOW - 3_600_000)).toBe(true);
    expect((await send({ AlarmName: 'no-such-alarm' })).AlarmHistoryItems).toEqual([]);
  });

  it.each<[string, DescribeAlarmHistoryInput, string]>([
    ['a page that is too large', { MaxRecords: 101 }, 'ValidationException'],
    ['a broken token', { NextToken: 'x' }, 'InvalidNextToken'],
    ['a contributor id that is too long', { AlarmContributorId: 'a'.repeat(17) }, 'ValidationException'],
  ])('refuses %s', async (_what, input, name) => {
    await expect(send(input)).rejects.toMatchObject({ name });
  });
});

describe('contributors', () => {
  it('lists them, with their own history', async () => {
    const { AlarmContributors = [] } = await client.send(
      new DescribeAlarmContributorsCommand({ AlarmName: PROMQL_ALARM_NAME }),
    );
    expect(AlarmContributors).toHaveLength(2);
    const [first] = AlarmContributors;
    const history = await send({ AlarmName: PROMQL_ALARM_NAME, AlarmContributorId: first?.ContributorId ?? '' });
    expect(history.AlarmHistoryItems).toMatchObject([{ HistoryItemType: 'AlarmContributorStateUpdate' }]);
    const log = await client.send(new DescribeAlarmContributorsCommand({ AlarmName: LOG_ALARM_NAMES.timeouts }));
    expect(log.AlarmContributors).toHaveLength(1);
    const single = await client.send(new DescribeAlarmContributorsCommand({ AlarmName: FIRING_ALARMS.queueAge }));
    expect(single.AlarmContributors).toEqual([]);
  });

  it('refuses an unknown alarm', async () => {
    await expect(client.send(new DescribeAlarmContributorsCommand({ AlarmName: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      ResourceId: 'none',
    });
  });
});

describe('mute rules', () => {
  it('lists rules by status and by alarm, and gives one', async () => {
    const all = await client.send(new ListAlarmMuteRulesCommand({}));
    expect(all.AlarmMuteRuleSummaries?.map((rule) => rule.Status)).toEqual(['ACTIVE', 'EXPIRED', 'SCHEDULED']);
    const active = await client.send(
      new ListAlarmMuteRulesCommand({ Statuses: ['ACTIVE'], AlarmName: SHOP_ALARMS.deadLetters }),
    );
    expect(active.AlarmMuteRuleSummaries).toHaveLength(1);
    const name = active.AlarmMuteRuleSummaries?.[0]?.AlarmMuteRuleArn?.split(':').at(-1) ?? '';
    const rule = await client.send(new GetAlarmMuteRuleCommand({ AlarmMuteRuleName: name }));
    expect(rule).toMatchObject({ Name: name, MuteTargets: { AlarmNames: [SHOP_ALARMS.deadLetters] } });
    const first = await client.send(new ListAlarmMuteRulesCommand({ MaxRecords: 2 }));
    const second = await client.send(new ListAlarmMuteRulesCommand({ MaxRecords: 2, NextToken: first.NextToken }));
    expect(second.AlarmMuteRuleSummaries).toHaveLength(1);
    await expect(client.send(new GetAlarmMuteRuleCommand({ AlarmMuteRuleName: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

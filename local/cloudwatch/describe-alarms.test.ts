import { type CloudWatchClient, DescribeAlarmsCommand, type DescribeAlarmsInput } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHOP_ALARMS } from '../data/alarms/alarm-settings.ts';
import { COMPOSITE_NAMES, LOG_ALARM_NAMES } from '../data/alarms/other-alarms.ts';
import { FIRING_ALARMS } from '../scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from '../server.ts';
import { createTestClient } from './test-client.ts';

const ALL_TYPES: DescribeAlarmsInput['AlarmTypes'] = ['CompositeAlarm', 'MetricAlarm', 'LogAlarm'];
let local: LocalCloudWatch;
let client: CloudWatchClient;
const send = (input: DescribeAlarmsInput) => client.send(new DescribeAlarmsCommand(input));
const namesOf = (alarms: readonly { AlarmName?: string | undefined }[] | undefined) =>
  (alarms ?? []).map((alarm) => alarm.AlarmName);

beforeAll(async () => {
  local = await startLocalCloudWatch();
  client = createTestClient(local);
});
afterAll(() => local.close());

describe('DescribeAlarms', () => {
  it('returns only metric alarms when AlarmTypes is omitted', async () => {
    const answer = await send({ StateValue: 'ALARM' });
    expect(answer.MetricAlarms?.length).toBeGreaterThanOrEqual(6);
    expect(answer.CompositeAlarms).toEqual([]);
    expect(answer.LogAlarms).toEqual([]);
  });

  it('shows the firing alarms of the scenario, with reasons in CloudWatch words', async () => {
    const { MetricAlarms, CompositeAlarms, LogAlarms } = await send({ AlarmTypes: ALL_TYPES, StateValue: 'ALARM' });
    expect([...namesOf(MetricAlarms), ...namesOf(CompositeAlarms)]).toEqual(
      expect.arrayContaining(Object.values(FIRING_ALARMS)),
    );
    expect(namesOf(LogAlarms)).toEqual([LOG_ALARM_NAMES.timeouts]);
    const latency = MetricAlarms?.find((alarm) => alarm.AlarmName === FIRING_ALARMS.checkoutLatency);
    expect(latency?.StateReason).toMatch(
      /^Threshold Crossed: 3 out of the last 3 datapoints \[.+\] were greater than the threshold \(3000\.0\) \(minimum 3 datapoints for OK -> ALARM transition\)\.$/,
    );
    const data = JSON.parse(latency?.StateReasonData ?? '');
    expect(data).toMatchObject({ version: '1.0', statistic: 'p99', period: 60, threshold: 3000 });
    expect(data.recentDatapoints).toHaveLength(3);
  });

  it('holds alarms of every condition', async () => {
    const named = await send({ AlarmTypes: ALL_TYPES, AlarmNamePrefix: 'shop-' });
    const stateOf = (name: string) => named.MetricAlarms?.find((alarm) => alarm.AlarmName === name)?.StateValue;
    expect(stateOf(SHOP_ALARMS.silentExport)).toBe('INSUFFICIENT_DATA');
    expect(stateOf(SHOP_ALARMS.misspelled)).toBe('INSUFFICIENT_DATA');
    expect(stateOf(SHOP_ALARMS.paymentErrors)).toBe('OK');
    expect(stateOf(SHOP_ALARMS.ordersAnomaly)).toBe('ALARM');
    const anomaly = named.MetricAlarms?.find((alarm) => alarm.AlarmName === SHOP_ALARMS.ordersAnomaly);
    expect(anomaly).toMatchObject({ ThresholdMetricId: 'ad1' });
    expect(anomaly?.Threshold).toBeUndefined();
    expect(anomaly?.StateReason).toMatch(/^Thresholds Crossed: .* less than the lower thresholds \[/);
    const noise = named.MetricAlarms?.find((alarm) => alarm.AlarmName === SHOP_ALARMS.clientErrors);
    expect(noise).toMatchObject({ ActionsEnabled: false, StateValue: 'ALARM' });
    const suppressed = named.CompositeAlarms?.find((alarm) => alarm.AlarmName === COMPOSITE_NAMES.dataLayer);
    expect(suppressed).toMatchObject({ StateValue: 'ALARM', ActionsSuppressedBy: 'Alarm' });
    expect(named.MetricAlarms?.some((alarm) => alarm.EvaluationCriteria?.PromQLCriteria !== undefined)).toBe(true);
    const { MetricAlarms: scaling } = await send({ AlarmNamePrefix: 'TargetTracking-', StateValue: 'ALARM' });
    expect(scaling?.length).toBeGreaterThanOrEqual(2);
    const { MetricAlarms: hostile } = await send({ AlarmNames: [SHOP_ALARMS.partnerHostile] });
    expect(hostile?.[0]?.AlarmDescription).toContain('\u202e');
  });

  it('pages over all kinds without losing or repeating an alarm', async () => {
    const seen: (string | undefined)[] = [];
    let token: string | undefined;
    let pageCount = 0;
    do {
      const page = await send({
        AlarmTypes: ALL_TYPES,
        MaxRecords: 40,
        ...(token === undefined ? {} : { NextToken: token }),
      });
      const names = [page.CompositeAlarms, page.MetricAlarms, page.LogAlarms].flatMap(namesOf);
      expect(names.length).toBeLessThanOrEqual(40);
      seen.push(...names);
      token = page.NextToken;
      pageCount += 1;
    } while (token !== undefined);
    expect(pageCount).toBeGreaterThan(3);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(140);
  });

  it('gives 50 alarms a page by default', async () => {
    const page = await send({});
    expect(page.MetricAlarms).toHaveLength(50);
    expect(page.NextToken).toBeDefined();
  });

  it('finds children and parents, and shows only what the service shows of them', async () => {
    const children = await send({ ChildrenOfAlarmName: FIRING_ALARMS.shopHealth });
    expect(namesOf(children.MetricAlarms)).toEqual(
      [FIRING_ALARMS.checkoutLatency, FIRING_ALARMS.checkoutErrors, FIRING_ALARMS.queueAge].toSorted(),
    );
    expect(children.MetricAlarms?.[0]?.StateValue).toBe('ALARM');
    expect(children.MetricAlarms?.[0]?.Period).toBeUndefined();
    const okChildren = await send({ ChildrenOfAlarmName: COMPOSITE_NAMES.storefront });
    expect(namesOf(okChildren.MetricAlarms)).toEqual([SHOP_ALARMS.cartErrors, SHOP_ALARMS.paymentErrors]);
    const parents = await send({ ParentsOfAlarmName: FIRING_ALARMS.queueAge });
    expect(namesOf(parents.CompositeAlarms)).toEqual([COMPOSITE_NAMES.dataLayer, FIRING_ALARMS.shopHealth]);
    expect(parents.CompositeAlarms?.[0]?.StateValue).toBeUndefined();
    const composite = await send({ ChildrenOfAlarmName: COMPOSITE_NAMES.business });
    expect(namesOf(composite.CompositeAlarms)).toEqual([FIRING_ALARMS.shopHealth]);
  });

  it('filters by name, prefix, state and action', async () => {
    expect(namesOf((await send({ AlarmNames: ['no-such', FIRING_ALARMS.queueAge] })).MetricAlarms)).toEqual([
      FIRING_ALARMS.queueAge,
    ]);
    expect((await send({ AlarmNamePrefix: 'no-such' })).MetricAlarms).toEqual([]);
    const onCall = await send({ ActionPrefix: 'arn:aws:sns:us-east-1:111122223333:shop-on-call' });
    expect(namesOf(onCall.MetricAlarms)).toContain(FIRING_ALARMS.queueAge);
    expect(namesOf(onCall.MetricAlarms)).not.toContain(SHOP_ALARMS.searchLatency);
  });

  it.each<[string, DescribeAlarmsInput, string]>([
    ['too many records', { MaxRecords: 101 }, 'ValidationException'],
    ['no records', { MaxRecords: 0 }, 'ValidationException'],
    ['too many names', { AlarmNames: Array.from({ length: 101 }, (_, index) => `a${index}`) }, 'ValidationException'],
    ['names with prefix', { AlarmNames: ['a'], AlarmNamePrefix: 'a' }, 'InvalidParameterCombinationException'],
    ['children with another filter', { ChildrenOfAlarmName: 'x', StateValue: 'OK' }, 'ValidationException'],
    ['a foreign token', { NextToken: 'bm90OmE6dG9rZW4' }, 'InvalidNextToken'],
  ])('refuses %s', async (_what, input, name) => {
    await expect(send(input)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
  });

  it('refuses a token of another query', async () => {
    const { NextToken } = await send({ MaxRecords: 10 });
    await expect(send({ MaxRecords: 10, StateValue: 'OK', NextToken: NextToken ?? '' })).rejects.toMatchObject({
      name: 'InvalidNextToken',
    });
  });

  it('has other alarms in other regions and none where nothing is stored', async () => {
    const ireland = await createTestClient(local, 'eu-west-1').send(new DescribeAlarmsCommand({}));
    expect(ireland.MetricAlarms?.length).toBeGreaterThan(0);
    const tokyo = await createTestClient(local, 'ap-northeast-1').send(
      new DescribeAlarmsCommand({ AlarmTypes: ALL_TYPES }),
    );
    expect([tokyo.MetricAlarms, tokyo.CompositeAlarms, tokyo.LogAlarms]).toEqual([[], [], []]);
  });
});

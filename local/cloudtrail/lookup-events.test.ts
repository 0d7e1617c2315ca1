import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluateMetricDataQueries } from '../cloudwatch/math/evaluate.ts';
import { ACCOUNTS, AMBIENT_CREDENTIALS, TIMELINE } from '../scenario.ts';
import { createScenario } from '../scenarios/create-scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from '../server.ts';
import { createShop } from '../shop.ts';
import { NodeSha256 } from '../wire/node-checksum.ts';
import { createWorld } from '../world.ts';

const ANCHOR = Math.floor(Date.now() / 60_000) * 60_000;
const DAY = 86_400;
let local: LocalCloudWatch;
let nowEpochMs = ANCHOR;

interface Answer {
  readonly status: number;
  readonly __type?: string;
  readonly Events?: readonly {
    readonly EventName: string;
    readonly EventTime: number;
    readonly CloudTrailEvent: string;
  }[];
  readonly NextToken?: string;
}

const event = (EventName: string, EventTime: number, more: object = {}) => ({ EventName, EventTime, ...more });
/** Besides the named ones sixty of one kind, a minute apart, in no order. */
const EVENTS = [
  event('UpdateAlias20150331', -2_400.4, {
    EventId: 'deploy-1',
    EventSource: 'lambda.amazonaws.com',
    Username: 'ci',
    AccessKeyId: 'ASIAEXAMPLE',
    Resources: [
      { ResourceType: 'AWS::Lambda::Function', ResourceName: 'checkout' },
      { ResourceType: 'AWS::Lambda::Alias', ResourceName: 'live' },
    ],
    CloudTrailEvent: { eventVersion: '1.09', requestParameters: { since: '{{t:-2400}}' } },
  }),
  event('DescribeAlarms', -100 * DAY),
  event('ListMetrics', 90),
  event('ApiCallRateInsight', -600, { CloudTrailEvent: { eventCategory: 'Insight' } }),
  event('CreateBucket', -300, { region: 'eu-west-1' }),
  event('CreateTopic', -300, { account: 'dev' }),
  ...Array.from({ length: 60 }, (_, index) => event('PutObject', -DAY - ((index * 37) % 60) * 60)),
];

beforeAll(async () => {
  const scenario = createScenario(
    { format: 1, name: 'trail', events: EVENTS },
    { source: 'trail', anchorEpochMs: ANCHOR, evaluateQueries: evaluateMetricDataQueries },
  );
  local = await startLocalCloudWatch({ scenario, nowEpochMs: () => nowEpochMs });
});
afterAll(() => local.close());

/** A request as a client that nobody knows signs it. */
async function lookup(input: object, target = 'CloudTrail_20131101', service = 'cloudtrail'): Promise<Answer> {
  const { hostname, port } = new URL(local.endpoint);
  const body = JSON.stringify(input);
  const signer = new SignatureV4({
    credentials: AMBIENT_CREDENTIALS,
    region: 'us-east-1',
    service,
    sha256: NodeSha256,
  });
  const headers = {
    host: `${hostname}:${port}`,
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `${target}.LookupEvents`,
  };
  const request = { method: 'POST', protocol: 'http:', hostname, port: Number(port), path: '/', headers, body };
  const signed = await signer.sign(request);
  const response = await fetch(local.endpoint, { method: 'POST', headers: signed.headers, body });
  expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.1');
  return { ...(JSON.parse(await response.text()) as Omit<Answer, 'status'>), status: response.status };
}

async function namesOf(input: object): Promise<readonly string[]> {
  return ((await lookup(input)).Events ?? []).map(({ EventName }) => EventName);
}

const by = (AttributeKey: string, AttributeValue: string) => ({ LookupAttributes: [{ AttributeKey, AttributeValue }] });

describe('LookupEvents', () => {
  it('gives events newest first, with the record that CloudTrail writes', async () => {
    const { Events: [newest] = [] } = await lookup({ MaxResults: 1 });
    const second = ANCHOR / 1000 - 2_401;
    expect(newest).toMatchObject({
      EventId: 'deploy-1',
      EventName: 'UpdateAlias20150331',
      ReadOnly: 'false',
      AccessKeyId: 'ASIAEXAMPLE',
      EventTime: second,
      EventSource: 'lambda.amazonaws.com',
      Username: 'ci',
      Resources: [{ ResourceName: 'checkout' }, { ResourceName: 'live' }],
    });
    expect(newest).not.toHaveProperty('category');
    expect(JSON.parse(newest?.CloudTrailEvent ?? '')).toEqual({
      eventVersion: '1.09',
      eventTime: new Date(second * 1000).toISOString().replace('.000Z', 'Z'),
      eventSource: 'lambda.amazonaws.com',
      eventName: 'UpdateAlias20150331',
      awsRegion: 'us-east-1',
      eventID: 'deploy-1',
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: ACCOUNTS.prod.id,
      eventCategory: 'Management',
      requestParameters: { since: new Date(ANCHOR - 2_400_000).toISOString() },
    });
  });

  it('gives all events in pages, each once', async () => {
    const times: number[] = [];
    let input: { MaxResults: number; NextToken?: string } | undefined = { MaxResults: 13 };
    while (input !== undefined) {
      const { Events = [], NextToken }: Answer = await lookup(input);
      expect(Events.length).toBeLessThanOrEqual(13);
      times.push(...Events.map(({ EventTime }) => EventTime));
      input = NextToken === undefined ? undefined : { MaxResults: 13, NextToken };
    }
    expect(times).toHaveLength(61);
    expect(times).toEqual(times.toSorted((left, right) => right - left));
    expect((await lookup({})).Events).toHaveLength(50);
  });

  it.each([
    ['EventName', 'UpdateAlias20150331'],
    ['ResourceName', 'live'],
    ['ResourceType', 'AWS::Lambda::Alias'],
    ['Username', 'ci'],
    ['EventSource', 'lambda.amazonaws.com'],
    ['EventId', 'deploy-1'],
    ['AccessKeyId', 'ASIAEXAMPLE'],
  ])('finds by %s', async (key, value) => {
    expect(await namesOf(by(key, value))).toEqual(['UpdateAlias20150331']);
    expect(await namesOf(by(key, value.toLowerCase() === value ? value.toUpperCase() : value.toLowerCase()))).toEqual(
      [],
    );
  });

  it('tells what reads from what writes by the name where nothing is said', async () => {
    nowEpochMs = ANCHOR + 90_000;
    expect(await namesOf(by('ReadOnly', 'true'))).toEqual(['ListMetrics']);
    expect(new Set(await namesOf(by('ReadOnly', 'false')))).toEqual(new Set(['UpdateAlias20150331', 'PutObject']));
    nowEpochMs = ANCHOR;
  });

  it('shows what is due, of the last 90 days, in the range', async () => {
    expect(await namesOf(by('EventName', 'ListMetrics'))).toEqual([]);
    expect(await namesOf({ ...by('EventName', 'DescribeAlarms'), StartTime: ANCHOR / 1000 - 200 * DAY })).toEqual([]);
    const at = ANCHOR / 1000 - 2_401;
    expect(await namesOf({ StartTime: at, EndTime: at })).toEqual(['UpdateAlias20150331']);
    expect(await namesOf({ StartTime: at + 1 })).toEqual([]);
    expect(await namesOf({ EndTime: at - 1, MaxResults: 1 })).toEqual(['PutObject']);
  });

  it('keeps insights, regions and accounts apart', async () => {
    expect(await namesOf({ EventCategory: 'insight' })).toEqual(['ApiCallRateInsight']);
    expect(await namesOf(by('EventName', 'ApiCallRateInsight'))).toEqual([]);
    expect(await namesOf(by('EventName', 'CreateBucket'))).toEqual([]);
    expect(await namesOf(by('EventName', 'CreateTopic'))).toEqual([]);
  });

  it.each([
    ['MaxResults 0', { MaxResults: 0 }, 'InvalidMaxResultsException'],
    ['MaxResults 51', { MaxResults: 51 }, 'InvalidMaxResultsException'],
    ['a token of nobody', { NextToken: 'mine' }, 'InvalidNextTokenException'],
    ['a range that ends first', { StartTime: 10, EndTime: 5 }, 'InvalidTimeRangeException'],
    ['an unknown attribute', by('Colour', 'red'), 'InvalidLookupAttributesException'],
    ['a member of the prototype', by('constructor', 'red'), 'InvalidLookupAttributesException'],
    ['an empty value', by('EventName', ''), 'InvalidLookupAttributesException'],
    [
      'two attributes',
      { LookupAttributes: [...by('EventName', 'a').LookupAttributes, ...by('Username', 'b').LookupAttributes] },
      'InvalidLookupAttributesException',
    ],
    ['another category', { EventCategory: 'data' }, 'InvalidEventCategoryException'],
  ])('refuses %s', async (_what, input, name) => {
    expect(await lookup(input)).toMatchObject({ status: 400, __type: `com.amazonaws.cloudtrail#${name}` });
  });

  it('refuses the token of another question', async () => {
    const { NextToken } = await lookup({ MaxResults: 5 });
    const other = { ...by('EventName', 'PutObject'), MaxResults: 5, NextToken };
    expect(await lookup(other)).toMatchObject({ __type: 'com.amazonaws.cloudtrail#InvalidNextTokenException' });
  });

  it('takes the name that boto3 writes, and a signature for CloudTrail only', async () => {
    const { Events } = await lookup({}, 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101');
    expect(Events).toHaveLength(50);
    expect(await lookup({}, 'CloudTrail_20131101', 'monitoring')).toMatchObject({
      __type: 'InvalidSignatureException',
    });
  });

  it('is throttled and denied on demand', async () => {
    local.faults.add({ operation: 'LookupEvents', fault: { kind: 'throttle' }, times: 1 });
    expect(await lookup({})).toMatchObject({ status: 429, __type: 'com.amazonaws.cloudtrail#ThrottlingException' });
    local.faults.add({ operation: 'LookupEvents', fault: { kind: 'accessDenied' }, times: 1 });
    expect(await lookup({})).toMatchObject({ status: 403, __type: 'com.amazonaws.cloudtrail#AccessDeniedException' });
  });
});

describe('the shop', () => {
  it('has the deploy that its incident began with', () => {
    const trail = createShop(createWorld(7, ANCHOR)).trail({ account: ACCOUNTS.prod.id, region: 'us-east-1' });
    const recent = trail.filter(({ EventTime }) => EventTime.getTime() > ANCHOR - TIMELINE.deployAgoMs - 60_000);
    expect(recent.map(({ EventName, Username }) => [EventName, Username])).toEqual([
      ['UpdateAlias20150331', 'ci-deployer'],
      ['PublishVersion20150331', 'ci-deployer'],
      ['UpdateFunctionCode20150331v2', 'ci-deployer'],
    ]);
    expect(trail.length).toBeGreaterThan(100);
  });
});

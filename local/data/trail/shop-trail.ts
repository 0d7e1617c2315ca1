import { DEFAULT_REGION, SHOP, TIMELINE } from '../../scenario.ts';
import { integerBetween, pick, randomFor } from '../logs/random.ts';
import { recordEvent, sortTrail, type TrailPlace } from './record-event.ts';
import type { TrailEvent } from './trail-event.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
const DEPLOYER = 'ci-deployer';
const PEOPLE = ['olivia', 'mateo', 'priya'] as const;
const DAYS = 30;

interface Change {
  readonly agoMs: number;
  readonly name: string;
  readonly source: string;
  readonly user: string;
  readonly resourceType: string;
  readonly resource: string;
  readonly parameters: object;
}

/** What CloudTrail recorded of the shop: the deploy of the incident, and the changes and sign-ins of the month before. */
export function createShopTrail(
  seed: number,
  anchorEpochMs: number,
  { account }: Pick<TrailPlace, 'account'>,
): readonly TrailEvent[] {
  const changes = [...deployFunction(SHOP.checkoutFunction, '2.14.0', TIMELINE.deployAgoMs), ...everyDay(seed)];
  const events = changes.map(({ agoMs, name, source, user, resourceType, resource, parameters }) => {
    const role = user === DEPLOYER ? DEPLOYER : 'Engineer';
    return recordEvent(
      {
        EventName: name,
        EventTime: new Date(anchorEpochMs - agoMs),
        EventSource: source,
        Username: user,
        Resources: [{ ResourceType: resourceType, ResourceName: resource }],
        CloudTrailEvent: {
          userIdentity: { type: 'AssumedRole', arn: `arn:aws:sts::${account}:assumed-role/${role}/${user}` },
          sourceIPAddress: user === DEPLOYER ? '203.0.113.20' : '198.51.100.7',
          requestParameters: parameters,
        },
      },
      { account, region: DEFAULT_REGION },
    );
  });
  return sortTrail(events);
}

/** The three calls by which a pipeline brings a version of a function live. */
function deployFunction(functionName: string, version: string, agoMs: number): readonly Change[] {
  const call = (name: string, secondsBefore: number, parameters: object): Change => ({
    agoMs: agoMs + secondsBefore * 1000,
    name,
    source: 'lambda.amazonaws.com',
    user: DEPLOYER,
    resourceType: 'AWS::Lambda::Function',
    resource: functionName,
    parameters: { functionName, ...parameters },
  });
  return [
    call('UpdateFunctionCode20150331v2', 41, { s3Bucket: 'shop-artifacts', s3Key: `${functionName}/${version}.zip` }),
    call('PublishVersion20150331', 19, { description: version }),
    call('UpdateAlias20150331', 0, { name: 'live', description: version }),
  ];
}

/** A deploy of something else every day, a look at alarms or a sign-in in between. */
function everyDay(seed: number): readonly Change[] {
  const random = randomFor(seed, 'trail', 0);
  const functions = [SHOP.cartFunction, SHOP.paymentFunction, SHOP.searchFunction] as const;
  return Array.from({ length: DAYS }, (_, day) => {
    const agoMs = (day + 1) * DAY_MS - integerBetween(random, 0, 600) * MINUTE_MS;
    const user = pick(random, PEOPLE);
    const deploy = deployFunction(pick(random, functions), `2.${13 - (day % 9)}.${day % 4}`, agoMs);
    const alarm = `shop-${pick(random, ['cart', 'payment', 'search'])}-errors`;
    const edit: Change = {
      agoMs: agoMs - integerBetween(random, 5, 300) * MINUTE_MS,
      name: pick(random, ['PutMetricAlarm', 'DescribeAlarmHistory', 'PutDashboard']),
      source: 'monitoring.amazonaws.com',
      user,
      resourceType: 'AWS::CloudWatch::Alarm',
      resource: alarm,
      parameters: { alarmName: alarm },
    };
    return [...deploy, edit];
  }).flat();
}

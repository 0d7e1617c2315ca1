/** Whether AWS answers, and for whom it takes the process. */
import type { AlarmsPort } from '../aws/ports/alarms.ts';
import type { IdentityPort } from '../aws/ports/identity.ts';
import { type AwsPlace, explainAws } from './explain-aws.ts';
import type { Check, Finding } from './finding.ts';

/** @param who as in `this process` */
export async function checkIdentity(
  who: string,
  identity: IdentityPort,
  place: AwsPlace,
  signal: AbortSignal,
): Promise<Finding> {
  return attempt('identity', `AWS does not say who ${who} is`, place, async () => {
    const { accountId, arn } = await identity.getCallerIdentity(signal);
    return `AWS takes ${who} for ${arn}, account ${accountId} (sts:GetCallerIdentity).`;
  });
}

/** One page is enough: the question is whether the action is allowed. */
export async function checkAlarms(alarms: AlarmsPort, place: AwsPlace, signal: AbortSignal): Promise<Finding> {
  const { region } = place.config;
  return attempt('alarms', 'CloudWatch does not answer', place, async () => {
    for await (const page of alarms.describeAlarms({}, signal)) {
      return `CloudWatch answers in ${region}: ${page.length === 0 ? 'there is no alarm' : 'alarms can be read'} (cloudwatch:DescribeAlarms).`;
    }
    return `CloudWatch answers in ${region} (cloudwatch:DescribeAlarms).`;
  });
}

async function attempt(check: Check, what: string, place: AwsPlace, ask: () => Promise<string>): Promise<Finding> {
  try {
    return { check, state: 'ok', text: await ask() };
  } catch (error) {
    const { text, reason, next } = explainAws(error, place);
    return { check, state: 'failed', text: `${what}: ${text}`, reason, next };
  }
}

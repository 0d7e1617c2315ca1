/** Whether AWS answers, and for whom it takes the process. */
import type { AlarmsPort } from '../aws/ports/alarms.ts';
import type { IdentityPort } from '../aws/ports/identity.ts';
import { isAppError } from '../errors.ts';
import type { Finding } from './finding.ts';

/** @param who as in `this process` */
export async function checkIdentity(who: string, identity: IdentityPort, signal: AbortSignal): Promise<Finding> {
  return attempt(`AWS does not say who ${who} is`, async () => {
    const { accountId, arn } = await identity.getCallerIdentity(signal);
    return `AWS takes ${who} for ${arn}, account ${accountId} (sts:GetCallerIdentity).`;
  });
}

/** One page is enough: the question is whether the action is allowed. */
export async function checkAlarms(alarms: AlarmsPort, region: string, signal: AbortSignal): Promise<Finding> {
  return attempt('CloudWatch does not answer', async () => {
    for await (const page of alarms.describeAlarms({}, signal)) {
      return `CloudWatch answers in ${region}: ${page.length === 0 ? 'there is no alarm' : 'alarms can be read'} (cloudwatch:DescribeAlarms).`;
    }
    return `CloudWatch answers in ${region} (cloudwatch:DescribeAlarms).`;
  });
}

async function attempt(what: string, ask: () => Promise<string>): Promise<Finding> {
  try {
    return { state: 'ok', text: await ask() };
  } catch (error) {
    return { state: 'failed', text: `${what}: ${describe(error)}` };
  }
}

/** The administrator may see AWS's own name of the error; its text stays in the log of a debugger. */
function describe(error: unknown): string {
  if (!isAppError(error)) return error instanceof Error ? error.message : String(error);
  const { awsError } = error.details;
  return typeof awsError === 'string' ? `${error.publicMessage} (AWS: ${awsError})` : error.publicMessage;
}

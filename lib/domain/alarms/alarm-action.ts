/** What an alarm does when its state changes, in words: actions are ARNs, whose account ids nobody needs to read. Pure. */
import { cleanLine } from '../text/clean-text.ts';

export interface AlarmAction {
  /** E.g. `SNS topic`. */
  readonly kind: string;
  /** Short name, e.g. that of the topic. */
  readonly name: string;
}

/** By the service of the ARN: what the action is, and where in the ARN its name stands. */
const KINDS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['SNS topic', /^arn:[^:]*:sns:[^:]*:\d*:(.+)$/],
  ['Lambda function', /^arn:[^:]*:lambda:[^:]*:\d*:function:(.+)$/],
  ['scaling policy', /^arn:[^:]*:autoscaling:.*:policyName\/(.+?)(?::createdBy\/.*)?$/],
  ['EC2 action', /^arn:[^:]*:automate:[^:]*:ec2:(.+)$/],
  ['EC2 action', /^arn:[^:]*:swf:.*AWS_EC2\.InstanceId\.([^/]+)/],
  ['OpsItem of severity', /^arn:[^:]*:ssm:[^:]*:\d*:opsitem:(\d)/],
  ['incident response plan', /^arn:[^:]*:ssm-incidents:[^:]*:\d*:response-plan[:/](.+)$/],
  ['investigation group', /^arn:[^:]*:aiops:[^:]*:\d*:investigation-group\/(.+)$/],
];

export function readAlarmAction(arn: string): AlarmAction {
  for (const [kind, pattern] of KINDS) {
    const name = pattern.exec(arn)?.[1];
    if (name !== undefined) return { kind, name };
  }
  const [, , service = '', , , ...resource] = arn.split(':');
  return resource.length === 0
    ? { kind: 'action', name: arn }
    : { kind: `${service} action`, name: resource.join(':').split('/').at(-1) ?? '' };
}

/** E.g. `SNS topic on-call, EC2 action reboot`; one line. */
export function describeAlarmActions(arns: readonly string[]): string {
  return arns
    .map(readAlarmAction)
    .map(({ kind, name }) => cleanLine(`${kind} ${name}`))
    .join(', ');
}

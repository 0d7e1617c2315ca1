/** One alarm by name or ARN; what the name may have meant when there is none. */
import type { AlarmsPort } from '../../../aws/ports/alarms.ts';
import type { Target, TargetSelector } from '../../../aws/ports/targets.ts';
import { type Alarm, alarmNameOf } from '../../../domain/alarms/alarm.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { findNearest } from '../../../domain/text/nearest.ts';
import { AppError } from '../../../errors.ts';
import { attempt } from '../../../tool/attempt.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { collectPages } from './collect-pages.ts';

/** DescribeAlarms takes names of at most 255 characters (API reference). */
const MAX_NAME_CHARS = 255;
/** Longest ARN prefix before a name, with room to spare. */
export const MAX_NAME_OR_ARN_CHARS = MAX_NAME_CHARS + 100;
/** Near names are looked for among alarms that begin alike, then among all. */
const NEAR_PREFIX_CHARS = 4;
const MAX_COMPARED = 2_000;

interface AlarmSelector {
  readonly alarm_name: string;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
}

/**
 * Name and place of an alarm that an argument names; an ARN decides the place.
 * @throws AppError `invalid_input`; `not_found` for an ARN of an account that is not asked
 */
export async function resolveAlarm(
  context: ToolContext,
  input: AlarmSelector,
): Promise<{ name: string; target: Target }> {
  const name = alarmNameOf(input.alarm_name);
  if (name.startsWith('arn:') || name.length > MAX_NAME_CHARS)
    throw new AppError(
      'invalid_input',
      'alarm_name is neither the name nor the ARN of a CloudWatch alarm → pass a name as get_active_alarms gives it, or arn:aws:cloudwatch:<region>:<account>:alarm:<name>.',
    );
  const [target] = name === input.alarm_name ? [] : await placeArns(context, [input.alarm_name], input);
  return { name, target: target ?? context.targets.one(input) };
}

/**
 * Alarms are asked for by name: one of the same name, in another account than the ARN says, is another alarm. Where the
 * server does not know the ids of its accounts, AWS tells which one it asks.
 * @returns the places of the ARNs, in their order
 * @throws AppError `invalid_input` or `not_found` for an account or region that is not asked
 */
export async function placeArns(
  context: ToolContext,
  arns: readonly string[],
  selector: TargetSelector,
): Promise<readonly Target[]> {
  const targets = arns.map((arn) => context.targets.ofArn(arn, selector));
  const unknown = targets.find(({ accountId }) => accountId === undefined);
  if (unknown === undefined) return targets;
  // Without ids there is one account.
  const { accountId } = await context.aws(unknown).identity.getCallerIdentity(context.signal);
  if (arns.every((arn) => arn.split(':')[4] === accountId)) return targets;
  throw new AppError(
    'not_found',
    'The ARN belongs to another account than this server asks → pass the name alone for an alarm of this one, or ask the administrator to add the account.',
  );
}

/** At most 100 names; those that do not exist are missing from the answer. */
export async function findAlarms(
  port: AlarmsPort,
  names: readonly string[],
  signal: AbortSignal,
): Promise<readonly Alarm[]> {
  const { items } = await collectPages(port.describeAlarms({ names }, signal), {
    maxItems: names.length,
    hasTime: () => true,
  });
  return items;
}

/** The error for a name that no alarm has, with the names nearest to it. */
export async function unknownAlarm(context: ToolContext, name: string, target: Target): Promise<AppError> {
  const port = context.aws(target).alarms;
  const near = await findNear(context, port, name);
  const where = `account ${target.account}, region ${target.region}`;
  return new AppError(
    'not_found',
    near.length === 0
      ? `There is no alarm ${inlineName(name)} in ${where}, and no name is near it → describe_alarms lists all alarms; check region and account too.`
      : `There is no alarm ${inlineName(name)} in ${where} → did you mean ${near.map(inlineName).join(', ')}? Otherwise check region and account.`,
  );
}

async function findNear(context: ToolContext, port: AlarmsPort, name: string): Promise<readonly string[]> {
  const limits = { maxItems: MAX_COMPARED, hasTime: context.hasTime };
  for (const namePrefix of [name.slice(0, NEAR_PREFIX_CHARS), undefined]) {
    const read = await attempt(
      context.signal,
      collectPages(port.describeAlarms({ namePrefix }, context.signal), limits),
    );
    if ('error' in read) return [];
    const near = findNearest(
      name,
      read.value.items.map((alarm) => alarm.name),
    );
    if (near.length > 0) return near;
  }
  return [];
}

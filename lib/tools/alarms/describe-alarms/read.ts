/** The alarms that describe_alarms is asked for, of one account and region. */
import type { Target } from '../../../aws/ports/targets.ts';
import { type Alarm, type AlarmKind, type AlarmState, alarmNameOf } from '../../../domain/alarms/alarm.ts';
import { AppError } from '../../../errors.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { collectPages } from '../shared/collect-pages.ts';
import { placeArns } from '../shared/find-alarm.ts';

/** 50 pages; DescribeAlarms allows 9 calls a second (CloudWatch quotas). */
const MAX_ALARMS = 5_000;

export interface AlarmSelection {
  /** By target; a name that is not an ARN is looked for at each. Undefined: by the other criteria. */
  readonly namesAt?: ((target: Target) => readonly string[]) | undefined;
  readonly namePrefix?: string | undefined;
  readonly states?: readonly AlarmState[] | undefined;
  readonly kinds?: readonly AlarmKind[] | undefined;
}

export interface SelectedAlarms {
  readonly alarms: readonly Alarm[];
  /** False when there are more than were read. */
  readonly isComplete: boolean;
}

export async function selectAlarms(
  context: ToolContext,
  target: Target,
  { namesAt, namePrefix, states = [], kinds = [] }: AlarmSelection,
): Promise<SelectedAlarms> {
  const names = namesAt?.(target);
  if (names?.length === 0) return { alarms: [], isComplete: true };
  const query = {
    names,
    namePrefix,
    // The service takes one state; several are picked out here.
    state: states.length === 1 ? states[0] : undefined,
    kinds: kinds.length === 0 ? undefined : kinds,
  };
  const { items, isComplete } = await collectPages(context.aws(target).alarms.describeAlarms(query, context.signal), {
    maxItems: MAX_ALARMS,
    hasTime: context.hasTime,
  });
  return { alarms: items.filter(({ state }) => states.length === 0 || states.includes(state)), isComplete };
}

interface NamedInput {
  readonly names?: readonly string[] | undefined;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
  readonly regions?: readonly string[] | undefined;
  readonly accounts?: readonly string[] | undefined;
}

export interface NamedAlarms {
  readonly targets: readonly Target[];
  /** Each name once, with the targets where it is looked for. */
  readonly wanted: readonly { readonly name: string; readonly targets: readonly Target[] }[];
  readonly namesAt: (target: Target) => readonly string[];
}

/**
 * Where each of the names is looked for: an ARN brings its own place.
 * @throws AppError `invalid_input`; `not_found` for an ARN of an account that is not asked
 */
export async function placeNames(context: ToolContext, input: NamedInput): Promise<NamedAlarms> {
  const { names = [] } = input;
  const wanted = new Map<string, { name: string; targets: readonly Target[] }>();
  const arns = names.filter((text) => text.startsWith('arn:') && alarmNameOf(text) !== text);
  const places = await placeArns(context, arns, input);
  const placeOf = new Map(arns.map((arn, index) => [arn, places.slice(index, index + 1)]));
  for (const text of names) {
    const name = alarmNameOf(text);
    if (name.startsWith('arn:'))
      throw new AppError(
        'invalid_input',
        'names holds an ARN that is not one of an alarm → pass names, or arn:aws:cloudwatch:<region>:<account>:alarm:<name>.',
      );
    wanted.set(text, {
      name,
      targets: placeOf.get(text) ?? context.targets.many(input),
    });
  }
  const all = new Map([...wanted.values()].flatMap(({ targets }) => targets.map((target) => [keyOf(target), target])));
  return {
    targets: [...all.values()],
    wanted: [...wanted.values()],
    namesAt: (place) => [
      ...new Set(
        [...wanted.values()]
          .filter(({ targets }) => targets.some((target) => keyOf(target) === keyOf(place)))
          .map(({ name }) => name),
      ),
    ],
  };
}

function keyOf({ account, region }: Target): string {
  return `${account}/${region}`;
}

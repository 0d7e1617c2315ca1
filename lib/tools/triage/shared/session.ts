/** One investigation at work: where it asks, how long it may, what it could not look at and what it cost. */
import type { AwsPorts } from '../../../aws/ports/ports.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { SECOND_MS } from '../../../domain/time.ts';
import type { AppError } from '../../../errors.ts';
import { attempt } from '../../../tool/attempt.ts';
import { startTimeLimit } from '../../../tool/time-limit.ts';
import type { ToolContext } from '../../../tool/types.ts';
import { MAX_CALLS } from './plan-calls.ts';

/** A person on call waits no longer; what is not there by then is said to be missing. */
const MAX_MS = 15 * SECOND_MS;
/** Of what a tool may take: the same by default, more where the operator lets tools take longer. */
const MAX_SHARE = 0.3;

export interface Session {
  readonly context: ToolContext;
  readonly target: Target;
  readonly aws: AwsPorts;
  /** Ends with the call, or when the time of the investigation is over. */
  readonly signal: AbortSignal;
  /** For all of it. */
  readonly maxMs: number;
  readonly untilEpochMs: number;
  readonly hasTime: () => boolean;
  /** Of the calls to AWS that it may make, those that are left when all that was begun is over. */
  readonly callsLeft: () => number;
  /** Sentences on what is missing in the answer, each with its reason. */
  readonly notLookedAt: string[];
  readonly cost: { metrics: number; bytesScanned: number };
  readonly end: () => void;
}

/**
 * Takes a slot of the target; `end` gives it back.
 * @throws AppError `limit_exceeded` where too many investigate there
 */
export async function startSession(context: ToolContext, target: Target): Promise<Session> {
  const waitMs = Math.max(0, context.deadlineEpochMs - context.clock());
  const leave = await context.investigationSlots.take(target, waitMs, context.signal);
  const callsBefore = context.countAwsCalls();
  const maxMs = Math.max(MAX_MS, MAX_SHARE * context.config.toolTimeoutMs);
  const untilEpochMs = Math.min(context.deadlineEpochMs, context.clock() + maxMs);
  const limit = startTimeLimit(context, untilEpochMs);
  return {
    context,
    target,
    aws: context.aws(target),
    signal: limit.signal,
    maxMs,
    untilEpochMs,
    hasTime: () => context.clock() < untilEpochMs,
    callsLeft: () => MAX_CALLS - (context.countAwsCalls() - callsBefore),
    notLookedAt: [],
    cost: { metrics: 0, bytesScanned: 0 },
    end() {
      limit.end();
      leave();
    },
  };
}

/** A part that may fail alone: its value, or a line of what was not looked at. */
export async function part<Value>(session: Session, name: string, work: Promise<Value>): Promise<Value | undefined> {
  const result = await attempt(session.context.signal, work);
  if ('value' in result) return result.value;
  miss(session, name, result.error);
  return undefined;
}

export function miss(session: Session, name: string, error: AppError): void {
  session.notLookedAt.push(`${name}: ${error.publicMessage}`);
}

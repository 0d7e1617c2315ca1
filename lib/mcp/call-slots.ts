/**
 * How many tool calls are at work at once, of one user and in the process. A call beyond either bound waits its turn for
 * some seconds; one beyond the queue is refused at once.
 */
import type { Config } from '../config/config.ts';
import { createTurns } from '../domain/async/turns.ts';
import { AppError } from '../errors.ts';

export interface CallSlots {
  /**
   * @param user undefined where nobody was authenticated: all callers are one, and only the bound of the process counts
   * @returns the function that gives the slot back; calling it twice does no harm
   * @throws AppError `limit_exceeded`, or the reason of the signal
   */
  take(user: string | undefined, signal: AbortSignal): Promise<() => void>;
  /** Calls at work at this moment. */
  atWork(): number;
}

type CallLimits = Pick<Config, 'maxCalls' | 'maxCallsPerUser'>;

/** Most calls take less than two seconds, and chat clients wait half a minute. */
const MAX_WAIT_MS = 10_000;
/** Waiting calls for each one at work. */
const QUEUE_FACTOR = 4;
const PROCESS = 'process';

export function createCallSlots({ maxCalls, maxCallsPerUser }: CallLimits, maxWaitMs = MAX_WAIT_MS): CallSlots {
  const ofProcess = createTurns(maxCalls);
  const ofUsers = createTurns(maxCallsPerUser);
  const inProcess = { maxWaitMs, maxWaiting: maxCalls * QUEUE_FACTOR, refuse: () => tooMany(maxCalls) };
  const ofUser = {
    maxWaitMs,
    maxWaiting: maxCallsPerUser * QUEUE_FACTOR,
    refuse: () => tooManyOfUser(maxCallsPerUser),
  };

  return {
    atWork: () => ofProcess.running(),
    async take(user, signal) {
      if (user === undefined) return ofProcess.take(PROCESS, inProcess, signal);
      const leaveUser = await ofUsers.take(user, ofUser, signal);
      try {
        const leaveProcess = await ofProcess.take(PROCESS, inProcess, signal);
        return () => {
          leaveProcess();
          leaveUser();
        };
      } catch (error) {
        leaveUser();
        throw error;
      }
    },
  };
}

function tooManyOfUser(maxCalls: number): AppError {
  return new AppError(
    'limit_exceeded',
    `${maxCalls} of your calls are at work already, which is as many as one user may have → wait for their answers, then call again.`,
  );
}

function tooMany(maxCalls: number): AppError {
  return new AppError(
    'limit_exceeded',
    `This server runs ${maxCalls} tool calls at once, and all are busy → call again in some seconds.`,
  );
}

/** Equal questions of one caller at one time: AWS is asked once, and all of them have the answer. */
import { untilAborted } from '../domain/async/until-aborted.ts';

export interface SharedCalls {
  /**
   * Joins the work that runs under the key, or begins it. It goes on as long as anybody waits for it, and is aborted when the
   * last one has gone.
   * @param key tells caller and question; nothing is kept under it when the work has ended
   * @throws the failure of the work, or the reason of the signal
   */
  join<Value>(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<Value>): Promise<Value>;
}

interface Running {
  readonly controller: AbortController;
  readonly result: Promise<unknown>;
  waiting: number;
}

export function createSharedCalls(): SharedCalls {
  const running = new Map<string, Running>();
  const begin = (key: string, work: (signal: AbortSignal) => Promise<unknown>): Running => {
    const controller = new AbortController();
    const call: Running = { controller, result: work(controller.signal), waiting: 0 };
    const forget = (): void => {
      if (running.get(key) === call) running.delete(key);
    };
    controller.signal.addEventListener('abort', forget, { once: true });
    call.result.then(forget, forget);
    running.set(key, call);
    return call;
  };
  return {
    async join<Value>(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
      const call = running.get(key) ?? begin(key, work);
      call.waiting += 1;
      const leave = (): void => {
        call.waiting -= 1;
        if (call.waiting === 0) call.controller.abort(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      try {
        // The key holds the question, so that the answer is of its kind.
        return (await untilAborted(call.result, signal)) as Value;
      } finally {
        signal.removeEventListener('abort', leave);
      }
    },
  };
}

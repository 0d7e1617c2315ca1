/**
 * How many bytes of AWS's answers all tool calls at work hold together, from the first byte read until the call that
 * asked is over. What does not fit waits on the wire, where it costs nothing.
 */
import { Readable } from 'node:stream';
import { AppError, abortReason } from '../../errors.ts';
import type { CountedOptions } from './bound-answers.ts';
import type { ByteBudget } from './byte-budget.ts';

interface RawAnswer {
  readonly response: { readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown };
}

interface RequestHandler {
  handle(request: never, options?: CountedOptions): Promise<RawAnswer>;
}

interface Waiting {
  readonly budget: ByteBudget;
  readonly bytes: number;
  readonly admit: () => void;
}

/** Of calls that nobody configured, such as those of `--doctor`. */
const DEFAULT_BYTES = 24_000_000;
/** Smaller ones never wait: not even a full room may hold up an ordinary call. */
const SMALL_BYTES = 100_000;
const MAX_WAIT_MS = 25_000;

export class AnswerRoom {
  readonly #maxBytes: number;
  readonly #maxWaitMs: number;
  /** Bytes by the call that holds them; whoever holds longest stands first. */
  readonly #held = new Map<ByteBudget, number>();
  readonly #waiting = new Set<Waiting>();

  constructor(maxBytes: number = DEFAULT_BYTES, maxWaitMs: number = MAX_WAIT_MS) {
    this.#maxBytes = maxBytes;
    this.#maxWaitMs = maxWaitMs;
  }

  get heldBytes(): number {
    return [...this.#held.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  /**
   * Waits until the bytes have room; it ends with the call of the budget.
   * @throws AppError `limit_exceeded` after the longest wait, or the reason of the signal
   */
  async take(budget: ByteBudget, bytes: number, signal: AbortSignal | undefined): Promise<void> {
    if (bytes > SMALL_BYTES && !this.#fits(budget, bytes)) await this.#wait(budget, bytes, signal);
    else this.#hold(budget, bytes);
  }

  /** Whoever holds longest always goes on: else calls that hold a part each would wait for each other. */
  #fits(budget: ByteBudget, bytes: number): boolean {
    const [oldest = budget] = this.#held.keys();
    return oldest === budget || this.heldBytes + bytes <= this.#maxBytes;
  }

  #hold(budget: ByteBudget, bytes: number): void {
    const held = this.#held.get(budget);
    this.#held.set(budget, (held ?? 0) + bytes);
    if (held === undefined) budget.whenOver(() => this.#release(budget));
  }

  #release(budget: ByteBudget): void {
    this.#held.delete(budget);
    for (const waiting of this.#waiting) if (this.#fits(waiting.budget, waiting.bytes)) waiting.admit();
  }

  #wait(budget: ByteBudget, bytes: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.delete(waiting);
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      const waiting: Waiting = {
        budget,
        bytes,
        admit: () => {
          leave();
          this.#hold(budget, bytes);
          resolve();
        },
      };
      const onAbort = (): void => {
        leave();
        reject(signal === undefined ? tooMany() : abortReason(signal));
      };
      const timer = setTimeout(() => {
        leave();
        reject(tooMany());
      }, this.#maxWaitMs);
      this.#waiting.add(waiting);
      signal?.addEventListener('abort', onAbort, { once: true });
      if (signal?.aborted === true) onAbort();
    });
  }
}

/** The same handler. An answer that does not say its length, or is of no tool call, takes no room. */
export function takeRoom<Handler extends RequestHandler>(handler: Handler, room: AnswerRoom): Handler {
  const roomy = Object.create(handler) as Handler;
  roomy.handle = async (request, options) => {
    const answer = await handler.handle(request, options);
    const { headers, body } = answer.response;
    const bytes = Number(headers?.['content-length']);
    if (!(body instanceof Readable) || !(bytes > 0) || options?.budget === undefined) return answer;
    try {
      await room.take(options.budget, bytes, options.abortSignal);
    } catch (error) {
      body.destroy();
      throw error;
    }
    return answer;
  };
  return roomy;
}

function tooMany(): AppError {
  return new AppError(
    'limit_exceeded',
    'Many calls get large answers of AWS at this moment → call again in some seconds, or ask for less at once.',
  );
}

/** How much of AWS's answers one tool call may read: of each answer, and of all together. */
import { AppError } from '../../errors.ts';

export interface AnswerBounds {
  readonly maxAnswerBytes: number;
  readonly maxCallBytes: number;
}

/** Of calls that nobody configured, such as those of `--doctor`. */
const DEFAULT_BOUNDS: AnswerBounds = { maxAnswerBytes: 12_000_000, maxCallBytes: 64_000_000 };

/** One for each tool call; all its answers take from it while they are read. */
export class ByteBudget {
  readonly #bounds: AnswerBounds;
  readonly #listeners: (() => void)[] = [];
  #leftBytes: number;
  #isOver = false;

  constructor(bounds: AnswerBounds = DEFAULT_BOUNDS) {
    this.#bounds = bounds;
    this.#leftBytes = bounds.maxCallBytes;
  }

  /** Calls back when the call is over, which is at once where it already is. */
  whenOver(listener: () => void): void {
    if (this.#isOver) listener();
    else this.#listeners.push(listener);
  }

  /** The call is over: nothing of its answers is held any more. */
  end(): void {
    this.#isOver = true;
    for (const listener of this.#listeners.splice(0)) listener();
  }

  /**
   * The count of a new answer.
   * @returns to be called with the size of each piece; throws AppError `query_too_broad` for the piece that is too much
   */
  startAnswer(): (bytes: number) => void {
    const { maxAnswerBytes, maxCallBytes } = this.#bounds;
    let readBytes = 0;
    return (bytes) => {
      readBytes += bytes;
      this.#leftBytes -= bytes;
      if (readBytes > maxAnswerBytes) throw tooLarge('An answer of AWS is', maxAnswerBytes);
      if (this.#leftBytes < 0) throw tooLarge('The answers of AWS to this call are together', maxCallBytes);
    };
  }
}

function tooLarge(what: string, maxBytes: number): AppError {
  return new AppError(
    'query_too_broad',
    `${what} larger than this server reads (${maxBytes / 1_000_000} MB) → ask for less: a shorter time range, fewer items, aggregated values or one region.`,
  );
}

/**
 * How many bytes of request bodies this process holds at once, from the first byte read to the last of the answer, and
 * how many of the bodies are of strangers. Counts what has come, not what is announced: announcing costs nothing.
 */
import { HttpError } from './http-error.ts';

export interface BodyHold {
  /** Counts bytes that are about to be kept. @throws HttpError `unavailable` where they are too many, or released */
  take(bytes: number): void;
  /** Gives all of them back; further calls do nothing. */
  release(): void;
}

export interface BodyBudget {
  /** @throws HttpError `unavailable` where strangers send as many bodies as they may */
  open(isStranger: boolean): BodyHold;
  /** Bytes that are held at this moment. */
  heldBytes(): number;
}

/** Of those who have not shown a valid token, at once; each of 16 KiB at most. */
export const MAX_STRANGER_BODIES = 64;
/** Bodies are read and answered within seconds. */
const RETRY_AFTER_SECONDS = '2';

/** @param maxBytes at once, of all requests together */
export function createBodyBudget(maxBytes: number): BodyBudget {
  let heldBytes = 0;
  let strangers = 0;

  return {
    heldBytes: () => heldBytes,
    open(isStranger) {
      if (isStranger && strangers >= MAX_STRANGER_BODIES) throw busy();
      strangers += isStranger ? 1 : 0;
      let ownBytes = 0;
      let isReleased = false;
      return {
        take(bytes) {
          // Released: the request is over, and what still comes is wanted by nobody.
          if (isReleased || heldBytes + bytes > maxBytes) throw busy();
          heldBytes += bytes;
          ownBytes += bytes;
        },
        release() {
          if (isReleased) return;
          isReleased = true;
          heldBytes -= ownBytes;
          strangers -= isStranger ? 1 : 0;
        },
      };
    },
  };
}

function busy(): HttpError {
  return new HttpError(
    'unavailable',
    `This server is reading as many requests as it takes at once: try again in ${RETRY_AFTER_SECONDS} s.`,
    { headers: { 'retry-after': RETRY_AFTER_SECONDS } },
  );
}

import type { Conversation, Said } from './conversation.ts';
import type { Truth } from './truth.ts';

/** Answers that later questions build on, by the number of their question. */
export type Memory = Map<number, readonly Said[]>;

export interface Question {
  readonly number: number;
  readonly title: string;
  /** Asks, and checks that the answers hold what is true. */
  readonly answer: (conversation: Conversation, truth: Truth, memory: Memory) => Promise<readonly Said[]>;
}

/** An answer to an earlier question. */
export function recall(memory: Memory, number: number, index = 0): Said {
  const said = memory.get(number)?.[index];
  if (said === undefined) throw new Error(`question ${number} has no answer ${index + 1}`);
  return said;
}

export function toIso(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('.000Z', 'Z');
}

/** So long until the shop began to be served. */
export function lastOf({ anchorEpochMs }: Truth, ms: number): { startEpochMs: number; endEpochMs: number } {
  return { startEpochMs: anchorEpochMs - ms, endEpochMs: anchorEpochMs };
}

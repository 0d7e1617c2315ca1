/** What is known of one tool call, from the way in to the tool. */
import type { Caller } from '../auth/principal.ts';
import type { AppError } from '../errors.ts';
import type { ProgressUpdate } from '../tool/types.ts';

/** What the way in knows of a call, and MCP does not carry. */
export interface CallFacts {
  readonly requestId: string;
  /** Who asks; undefined where nobody was authenticated (stdio, ENABLE_AUTH=false). */
  readonly caller?: Caller | undefined;
  /** Why no tool is run, where the way in has decided so: it becomes the answer of each call. */
  readonly refusal?: AppError | undefined;
  /** What is left of the request's own time, where something above limits it (Lambda). */
  readonly remainingMs?: number | undefined;
}

export interface ToolCall extends CallFacts {
  readonly name: string;
  /** As the client sent them; nothing is assumed of them. */
  readonly args: unknown;
  /** Fires when the client goes away or cancels. */
  readonly signal?: AbortSignal | undefined;
  readonly reportProgress?: ((update: ProgressUpdate) => void) | undefined;
}

/** The contract between a tool and the frame that runs, bounds and renders it. */
import type { z } from 'zod';
import type { AwsPorts } from '../aws/ports/ports.ts';
import type { Target, Targets } from '../aws/ports/targets.ts';
import type { Config } from '../config/config.ts';
import type { Toolset } from '../domain/toolsets.ts';
import type { TargetPaces } from './target-paces.ts';
import type { TargetSlots } from './target-slots.ts';

export interface ToolAnnotations {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  readonly openWorldHint: boolean;
}

export interface ProgressUpdate {
  readonly progress: number;
  readonly total?: number;
  readonly message?: string;
}

/** What a tool may use. Everything with an effect comes through here. */
export interface ToolContext {
  readonly requestId: string;
  readonly config: Config;
  /** The time of the call; all relative times are counted from it. */
  readonly nowEpochMs: number;
  /** Current time, for polling loops only. */
  readonly clock: () => number;
  /** Fires when the client goes away, cancels, or the hard time limit is reached. */
  readonly signal: AbortSignal;
  /** When the answer must be on its way; a tool that polls stops before and gives a partial answer. */
  readonly deadlineEpochMs: number;
  /** Whether the deadline is still ahead: asked before each further call that the answer could do without. */
  readonly hasTime: () => boolean;
  /** Those that are switched on and have tools. */
  readonly toolsets: readonly Toolset[];
  readonly targets: Targets;
  /** Ports of one account and region, with this caller's credentials. */
  readonly aws: (target: Target) => AwsPorts;
  /** Calls to AWS that are over, without looks at running queries: for what has a budget of them. */
  readonly countAwsCalls: () => number;
  /** To be taken before a Logs Insights query is started. */
  readonly querySlots: TargetSlots;
  /** To be taken before an investigation. */
  readonly investigationSlots: TargetSlots;
  /** To be waited for before calls of which AWS takes few a second. */
  readonly paces: TargetPaces;
  readonly reportProgress: (update: ProgressUpdate) => void;
  /** Counts what Logs Insights read for this call, once per query when its final statistics are known. */
  readonly addScannedBytes: (bytes: number) => void;
}

/** A group of whole items in the text of an answer. */
export interface Section {
  readonly title?: string;
  /** Kept above the items however many are shown, e.g. the head of a table. */
  readonly head?: string | undefined;
  /** Whole items, the most useful first; an item may have several lines. */
  readonly items: readonly string[];
  /** Set when items hold text that somebody outside wrote: it is cleaned and fenced. */
  readonly isUntrusted?: boolean;
  /** Set where lines are ready calls, `<tool> {…}`: those of tools that are switched off are left out. */
  readonly hasCalls?: boolean;
}

/** The section that is cut when the answer is too long; the same cut is made in `structuredContent`. */
export interface PrimaryList extends Section {
  /** How many there are in all, where that is known. */
  readonly total?: number | undefined;
  /** How many of `total` stand before these items; the text speaks of the others. */
  readonly offset?: number;
  /** What one item is called, e.g. `alarm`; plural by adding `s` or given. */
  readonly noun: string;
  readonly nounPlural?: string;
  /** The token with which a call continues after the first `shown` items; undefined when nothing follows. */
  readonly nextToken?: (shown: number) => string | undefined;
  /** How to get what follows the first `shown` items by other means than `next_token`: one sentence that names the call. */
  readonly continueBy?: (shown: number) => string | undefined;
  /** The items may be all that there are although a token goes on, e.g. when a search ran out of time. */
  readonly isOpenEnded?: boolean;
  /** How else to get the rest or fewer, e.g. "narrow with name_prefix". */
  readonly narrowBy?: string;
}

export interface Link {
  readonly label: string;
  readonly url: string;
}

/**
 * What stands beside the text, for clients that can show it. The text must stand alone: many clients ignore the rest,
 * and some put a picture into the model's context.
 */
export type Media =
  | { readonly kind: 'image'; readonly mimeType: 'image/png'; readonly bytes: Uint8Array }
  | { readonly kind: 'page'; readonly uri: `ui://${string}`; readonly mimeType: 'text/html'; readonly text: string };

/** What the frame decided to show of the primary list. */
export interface Page {
  readonly shown: number;
  readonly nextToken?: string | undefined;
}

export interface Answer<Output extends object> {
  /** One line that answers the question; foreign names in it go through `inlineName`. */
  readonly headline: string;
  /** Accounts and regions that the answer comes from. */
  readonly targets: readonly Target[];
  /** Short lines of ours under the headline. */
  readonly facts?: readonly string[];
  readonly list?: PrimaryList | undefined;
  readonly sections?: readonly Section[];
  /** Why it may be empty and what to try; what to ask next. */
  readonly hints?: readonly string[];
  /** What could not be done, while the rest was. */
  readonly warnings?: readonly string[];
  /** Where the console shows the same: one place, or none. */
  readonly link?: Link | undefined;
  /** Within the bounds of render-media.ts, or the frame leaves it out and says so. */
  readonly media?: readonly Media[];
  /** The tool's own members of `structuredContent`, holding the first `page.shown` items of the list; undefined ones are left out. */
  readonly structured: (page: Page) => Output;
}

/** What a tool file exports, made by `defineTool`. */
export interface Tool<Input = unknown, Output extends object = object> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly toolset: Toolset;
  readonly annotations: ToolAnnotations;
  readonly inputSchema: z.ZodObject;
  readonly outputSchema: z.ZodObject;
  /** Arguments of other servers that are accepted and ignored with a warning. */
  readonly ignoredArguments: readonly string[];
  /** Equal calls of one caller that run at the same time are one: for what asks AWS much. */
  readonly isShared?: boolean;
  readonly handler: (input: Input, context: ToolContext) => Promise<Answer<Output>>;
}

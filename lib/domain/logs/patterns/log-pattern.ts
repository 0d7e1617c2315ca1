/** What is asked and told of log patterns: looks at two windows, and the patterns found in them. Types only. */
import type { MessageGroup, SeenEvents } from './digest-messages.ts';
import type { Change } from './pattern-changes.ts';
import type { Severity } from './pattern-severity.ts';

export type WindowName = 'now' | 'before';

/** What one query told about the messages of a window. */
export interface PatternLook {
  readonly window: WindowName;
  /** It was asked for errors only. */
  readonly isErrorsOnly: boolean;
  readonly rows: readonly MessageGroup[];
  /** The query ended, so that what is not in it was not there. */
  readonly isWhole: boolean;
  /** Events that a row with `count` 1 stands for; 1 where all were read. */
  readonly eventsPerSample: number;
}

export interface LogPattern {
  readonly template: string;
  readonly severity: Severity;
  /** Events in the window; an estimate where messages were sampled. */
  readonly now: number;
  /** Absent where there is nothing to compare with. */
  readonly before?: number;
  readonly change?: Change;
  /** What it was made of. */
  readonly texts: readonly string[];
  /** Stands in each of its messages, and tells them from those of the pattern that it was split from. */
  readonly mark?: { readonly name: string; readonly value: string };
  /** The first event, where times are known. */
  readonly firstEpochMs?: number | undefined;
  /** What was read of its messages. */
  readonly seen: Readonly<Record<WindowName, SeenEvents | undefined>>;
}

export interface LookRow {
  readonly group: MessageGroup;
  readonly look: PatternLook;
}

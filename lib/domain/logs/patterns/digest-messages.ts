/** Messages of a window by their shape: how many, when, with which values. What stays is small, however many they were. Pure. */
import { addTally, countFields, earlier, type FieldTally } from '../fields/field-tally.ts';
import { readFields } from '../fields/read-fields.ts';
import { toTemplate } from './message-template.ts';

/** Messages of each shape that are kept as they are. */
const MAX_TEXTS = 5;
/** Shapes that are told apart; what comes after is counted without its fields. */
const MAX_GROUPS = 5_000;

/** Events of one template, or one pattern that CloudWatch made of events. */
export interface MessageGroup {
  readonly template: string;
  count: number;
  /** Some of them. */
  readonly texts: readonly string[];
  /** What CloudWatch says of its severity. */
  readonly label?: string;
  /** Only of messages that were read. */
  readonly seen?: SeenEvents;
}

export interface SeenEvents {
  readonly fields: FieldTally;
  firstEpochMs: number | undefined;
  /** Events by the number of their step, counted from 1970. */
  readonly steps: Map<number, number>;
}

export interface MessageDigest {
  add(text: string, epochMs: number | undefined): void;
  groups(): readonly MessageGroup[];
}

/** @param stepMs width of the steps in which events are counted */
export function startDigest(stepMs: number): MessageDigest {
  const groups = new Map<string, MessageGroup & { readonly texts: string[] }>();
  return {
    add(text, epochMs) {
      const template = toTemplate(text);
      let group = groups.get(template);
      if (group === undefined) {
        const seen: SeenEvents | undefined =
          groups.size < MAX_GROUPS ? { fields: new Map(), firstEpochMs: undefined, steps: new Map() } : undefined;
        group = { template, count: 0, texts: [], ...(seen !== undefined && { seen }) };
        groups.set(template, group);
      }
      group.count += 1;
      if (group.texts.length < MAX_TEXTS) group.texts.push(text);
      if (group.seen === undefined) return;
      countFields(group.seen.fields, { text, fields: readFields(text), epochMs });
      if (epochMs === undefined) return;
      group.seen.firstEpochMs = earlier(group.seen.firstEpochMs, epochMs);
      const step = Math.floor(epochMs / stepMs);
      group.seen.steps.set(step, (group.seen.steps.get(step) ?? 0) + 1);
    },
    groups: () => [...groups.values()],
  };
}

/** What several groups have together; undefined where no message was read. */
export function joinSeen(groups: readonly MessageGroup[]): SeenEvents | undefined {
  const parts = groups.flatMap(({ seen }) => seen ?? []);
  if (parts.length === 0) return undefined;
  const joined: SeenEvents = { fields: new Map(), firstEpochMs: undefined, steps: new Map() };
  for (const { fields, firstEpochMs, steps } of parts) {
    addTally(joined.fields, fields);
    joined.firstEpochMs = earlier(joined.firstEpochMs, firstEpochMs);
    for (const [step, count] of steps) joined.steps.set(step, (joined.steps.get(step) ?? 0) + count);
  }
  return joined;
}

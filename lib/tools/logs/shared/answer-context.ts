/** The lines around events in words and as structured items. Pure. */
import { z } from 'zod';
import type { StreamLine } from '../../../domain/logs/lines-around.ts';
import { cleanLine, clip, inlineName } from '../../../domain/text/clean-text.ts';
import { countOf, formatCount } from '../../../domain/text/counts.ts';
import { formatTime } from '../../../domain/time.ts';
import type { Section } from '../../../tool/types.ts';
import type { Around } from './read-context.ts';

/** Of what an answer holds; the rest is for the events themselves. */
export const CONTEXT_SHARE = 0.3;
const MAX_LINE_CHARS = 300;
/** The same of a line in `structuredContent`. */
const MAX_MESSAGE_CHARS = 1_000;
/** Time, mark and line feed. */
const FRAME_CHARS = 30;

const lineOutput = z.object({ timestamp: z.string(), message: z.string() });

export const contextOutput = z
  .array(
    z.object({
      event: z.int().describe('from 1'),
      log_stream: z.string(),
      before: z.array(lineOutput),
      after: z.array(lineOutput),
      note: z.string().optional(),
    }),
  )
  .optional();

export interface ContextText {
  readonly sections: readonly Section[];
  readonly warnings: readonly string[];
  readonly output: z.input<typeof contextOutput>;
}

/** @param maxChars of the text of all lines; the nearest ones are kept */
export function writeContext(arounds: readonly Around[], maxChars: number): ContextText {
  if (arounds.length === 0) return { sections: [], warnings: [], output: undefined };
  const share = Math.floor(maxChars / arounds.length);
  const shown = arounds.map((around, index) => ({ event: index + 1, around, ...fitLines(around, share) }));
  return {
    sections: shown.flatMap(({ event, around, before, after, left }) =>
      'problem' in around
        ? []
        : [
            {
              title: describeAround(event, around, { before: before.length, after: after.length, left }),
              items: [
                ...before.map(writeLine),
                `> ${writeLine({ epochMs: around.hit.epochMs, message: around.hit.message })}`,
                ...after.map(writeLine),
              ],
              isUntrusted: true,
            },
          ],
    ),
    warnings: warnOf(shown),
    output: shown.map(({ event, around, before, after }) => ({
      event,
      log_stream: around.hit.logStream,
      before: before.map(toLineOutput),
      after: after.map(toLineOutput),
      note: 'problem' in around ? around.problem : describeDoubt(around).join(' ') || undefined,
    })),
  };
}

type Found = Extract<Around, { lines: unknown }>;

interface Fitted {
  readonly before: readonly StreamLine[];
  readonly after: readonly StreamLine[];
  /** Lines that were read and have no room. */
  readonly left: number;
}

/** From the event outwards, in turn. */
function fitLines(around: Around, maxChars: number): Fitted {
  if ('problem' in around) return { before: [], after: [], left: 0 };
  const { before, after } = around.lines;
  let leftChars = maxChars - sizeOf(around.hit);
  let [earlier, later] = [0, 0];
  for (let distance = 1; distance <= Math.max(before.length, after.length); distance += 1) {
    for (const [line, isBefore] of [[before.at(-distance), true] as const, [after[distance - 1], false] as const]) {
      if (line === undefined) continue;
      leftChars -= sizeOf(line);
      if (leftChars < 0) return toFitted(around, earlier, later);
      if (isBefore) earlier += 1;
      else later += 1;
    }
  }
  return toFitted(around, earlier, later);
}

function toFitted({ lines: { before, after } }: Found, earlier: number, later: number): Fitted {
  return {
    before: before.slice(before.length - earlier),
    after: after.slice(0, later),
    left: before.length - earlier + after.length - later,
  };
}

function sizeOf({ message }: { readonly message: string }): number {
  return FRAME_CHARS + Math.min(message.length, MAX_LINE_CHARS);
}

function writeLine({ epochMs, message }: StreamLine): string {
  return `${formatTime(epochMs)}  ${clip(cleanLine(message.slice(0, 2 * MAX_LINE_CHARS)), MAX_LINE_CHARS)}`;
}

function toLineOutput({ epochMs, message }: StreamLine) {
  return { timestamp: formatTime(epochMs), message: clip(message, MAX_MESSAGE_CHARS) };
}

function describeAround(
  event: number,
  around: Found,
  { before, after, left }: { readonly before: number; readonly after: number; readonly left: number },
): string {
  const cut = left === 0 ? '' : `; ${countOf(left, 'farther line')} left out for length`;
  const doubt = describeDoubt(around);
  return `Around event ${event} (log stream ${inlineName(around.hit.logStream)}): ${countOf(before, 'line')} before, ${formatCount(after)} after${cut}.${doubt.map((each) => ` ${each}`).join('')}`;
}

/** What time and text alone do not tell. */
function describeDoubt({ lines: { equal, sameTime, after } }: Found): string[] {
  if (equal === 0)
    return [
      after.length === 0 && sameTime > 0
        ? `It was not found among the first ${formatCount(sameTime)} lines of its millisecond, so what follows it is not known.`
        : 'The line itself was not found there: those of its millisecond stand after it.',
    ];
  if (equal > 1) return [`${countOf(equal, 'line')} of this millisecond have the same text: it may be any of them.`];
  return sameTime === 0
    ? []
    : [
        `${countOf(sameTime, 'other line')} of this millisecond ${sameTime === 1 ? 'stands' : 'stand'} as CloudWatch orders them.`,
      ];
}

/** One sentence for each reason, with the events that it hit. */
function warnOf(shown: readonly { readonly event: number; readonly around: Around }[]): string[] {
  const failed = shown.flatMap(({ event, around }) =>
    'problem' in around ? [{ event, problem: around.problem, hit: around.hit }] : [],
  );
  return [...Map.groupBy(failed, ({ problem }) => problem)].map(
    ([problem, alike]) =>
      `Lines around event ${alike.map(({ event }) => event).join(', ')} could not be read: ${problem}`,
  );
}

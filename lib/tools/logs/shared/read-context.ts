/** Asks for the lines around events in their log streams; where they cannot be had, that is said of the event alone. */
import type { LogsPort } from '../../../aws/ports/logs.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { inParallel } from '../../../domain/async/in-parallel.ts';
import { type LinesAround, placeLines } from '../../../domain/logs/lines-around.ts';
import { inlineName } from '../../../domain/text/clean-text.ts';
import { SECOND_MS } from '../../../domain/time.ts';
import type { AppError } from '../../../errors.ts';
import { attempt } from '../../../tool/attempt.ts';
import { startTimeLimit } from '../../../tool/time-limit.ts';
import type { ToolContext } from '../../../tool/types.ts';

/** Events whose lines are shown. */
const MAX_HITS = 3;
/** Events of one millisecond among which the hit is looked for. */
const MAX_SAME_TIME = 200;
/** The answer can do without these lines. */
const MAX_MS = 10 * SECOND_MS;

export interface Hit {
  /** Name, or ARN. */
  readonly logGroup: string;
  readonly logStream: string;
  readonly epochMs: number;
  readonly message: string;
}

export type Around =
  | { readonly hit: Hit; readonly lines: LinesAround }
  /** Why there are no lines. */
  | { readonly hit: Hit; readonly problem: string };

/** @param hits the first three are looked at */
export async function readContext(
  hits: readonly Hit[],
  lines: number,
  target: Target,
  context: ToolContext,
): Promise<readonly Around[]> {
  if (lines === 0) return [];
  const { logs } = context.aws(target);
  const limit = startTimeLimit(context, context.clock() + MAX_MS);
  try {
    return await inParallel(hits.slice(0, MAX_HITS), MAX_HITS, async (hit): Promise<Around> => {
      if (!context.hasTime()) return { hit, problem: 'the time was over first.' };
      const found = await attempt(context.signal, readAround(hit, lines, logs, limit.signal));
      return 'value' in found ? { hit, lines: found.value } : { hit, problem: describeProblem(found.error, hit) };
    });
  } finally {
    limit.end();
  }
}

async function readAround(hit: Hit, lines: number, logs: LogsPort, signal: AbortSignal): Promise<LinesAround> {
  const { logGroup, logStream, epochMs } = hit;
  const wanted = lines + 1 + MAX_SAME_TIME;
  const [before, from] = await Promise.all([
    logs.readStream({ logGroup, logStream, epochMs, side: 'before', limit: lines }, signal),
    logs.readStream({ logGroup, logStream, epochMs, side: 'from', limit: wanted }, signal),
  ]);
  const last = from.events.at(-1);
  const hasAllOfTime = from.isEnd || (last !== undefined && last.epochMs > epochMs);
  return placeLines(hit, { before: before.events, from: from.events, hasAllOfTime }, lines);
}

function describeProblem(error: AppError, { logStream }: Hit): string {
  return error.code === 'not_found'
    ? `log stream ${inlineName(logStream)} does not exist (any more).`
    : error.publicMessage;
}

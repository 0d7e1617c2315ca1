/** What the Logs Insights queries of today have scanned, whoever ran them: the history of queries of an account and region. */
import type { PastQuery } from '../../../aws/ports/log-indexes.ts';
import type { Target } from '../../../aws/ports/targets.ts';
import { estimateScanUsd } from '../../../domain/text/log-size.ts';
import { DAY_MS, SECOND_MS } from '../../../domain/time.ts';
import { type Attempt, attempt } from '../../../tool/attempt.ts';
import { startTimeLimit } from '../../../tool/time-limit.ts';
import type { ToolContext } from '../../../tool/types.ts';

/** Three pages of DescribeQueries; who runs more a day is told "at least". */
const MAX_QUERIES = 3_000;
/** Nobody waits for it longer: it stands beside the answer. */
const MAX_WAIT_MS = 5 * SECOND_MS;

export interface QueriesToday {
  readonly count: number;
  readonly bytesScanned: number;
  readonly costUsd: number;
  /** False: there are more than were read. */
  readonly isWhole: boolean;
}

/** Since midnight in UTC. */
export async function readQueriesToday(target: Target, context: ToolContext): Promise<Attempt<QueriesToday>> {
  const limit = startTimeLimit(context, context.clock() + MAX_WAIT_MS);
  try {
    return await attempt(context.signal, read(target, limit.signal, context));
  } finally {
    limit.end();
  }
}

async function read(target: Target, signal: AbortSignal, context: ToolContext): Promise<QueriesToday> {
  const midnightEpochMs = Math.floor(context.nowEpochMs / DAY_MS) * DAY_MS;
  const pages = context.aws(target).logIndexes.readPastQueries(undefined, signal);
  const seen: PastQuery[] = [];
  let isWhole = false;
  for (;;) {
    const step = await pages.next();
    if (step.done === true) {
      isWhole = step.value;
      break;
    }
    for (const query of step.value) seen.push(query);
    // Newest first, as far as it is so: the order is not promised.
    isWhole = isNewestFirst(seen) && (seen.at(-1)?.createdEpochMs ?? midnightEpochMs) < midnightEpochMs;
    if (isWhole || seen.length >= MAX_QUERIES) break;
  }
  const today = seen.filter(({ createdEpochMs }) => createdEpochMs >= midnightEpochMs);
  const bytesScanned = today.reduce((sum, query) => sum + Math.max(0, query.bytesScanned ?? 0), 0);
  return {
    count: today.length,
    bytesScanned,
    costUsd: estimateScanUsd(bytesScanned, context.config.insightsUsdPerGb),
    isWhole,
  };
}

function isNewestFirst(queries: readonly PastQuery[]): boolean {
  return queries.every(
    ({ createdEpochMs }, index) => createdEpochMs <= (queries[index - 1]?.createdEpochMs ?? createdEpochMs),
  );
}

/** A Logs Insights that answers each query by its text and window, over the wire of the embedded CloudWatch. */
import { awsError, type Operations } from '../../local/types.ts';
import type { ScriptedRow } from './scripted-logs.ts';

export interface AskedQuery {
  readonly text: string;
  /** Seconds, both inclusive. */
  readonly startTime: number;
  readonly endTime: number;
}

export interface ScriptedAnswer {
  readonly rows?: readonly ScriptedRow[];
  /** Default: complete at once. */
  readonly status?: 'Running' | 'Complete' | 'Failed';
  readonly statistics?: Readonly<Record<string, number>>;
  /** Refused when it is started. */
  readonly refusal?: string;
}

export interface ScriptedAnalysis {
  readonly operations: Operations;
  /** Ids of queries that were stopped. */
  readonly stopped: Set<string>;
  readonly asked: AskedQuery[];
}

export function scriptAnalysis(
  answerOf: (query: AskedQuery) => ScriptedAnswer,
  group: Readonly<Record<string, unknown>> = {},
): ScriptedAnalysis {
  const asked: AskedQuery[] = [];
  const stopped = new Set<string>();
  const name = '/test/group';
  const logGroupArn = `arn:aws:logs:us-east-1:111122223333:log-group:${name}`;
  const description = {
    logGroupName: name,
    logGroupArn,
    logGroupClass: 'STANDARD',
    creationTime: 0,
    storedBytes: 1,
    ...group,
  };
  const operations: Operations = {
    DescribeLogGroups: () => ({ logGroups: [description] }),
    ListLogAnomalyDetectors: () => ({ anomalyDetectors: [] }),
    StartQuery: ({ queryString, startTime, endTime }: { queryString: string; startTime: number; endTime: number }) => {
      const query = { text: queryString, startTime, endTime };
      const { refusal } = answerOf(query);
      if (refusal !== undefined) throw awsError('MalformedQueryException', refusal);
      asked.push(query);
      return { queryId: `query-${asked.length - 1}` };
    },
    GetQueryResults: ({
      queryId,
      maxItems = 10_000,
      nextToken,
    }: {
      queryId: string;
      maxItems?: number;
      nextToken?: string;
    }) => {
      const query = asked[Number(queryId.replace('query-', ''))];
      if (query === undefined) throw awsError('ResourceNotFoundException', 'unknown query');
      const { rows = [], status = 'Complete', statistics } = answerOf(query);
      const offset = Number(nextToken ?? 0);
      const end = Math.min(rows.length, offset + maxItems);
      return {
        status: stopped.has(queryId) ? 'Cancelled' : status,
        results: rows.slice(offset, end).map((row) => row.map(([field, value]) => ({ field, value }))),
        statistics: {
          recordsMatched: rows.length,
          recordsScanned: rows.length,
          bytesScanned: 1_000_000,
          ...statistics,
        },
        ...(end < rows.length && { nextToken: String(end) }),
      };
    },
    StopQuery: ({ queryId }: { queryId: string }) => {
      stopped.add(queryId);
      return { success: true };
    },
    FilterLogEvents: () => ({ events: [] }),
  };
  return { operations, stopped, asked };
}

/** Rows of `pattern`. */
export function patternRows(counts: Readonly<Record<string, number>>): ScriptedRow[] {
  return Object.entries(counts).map(([pattern, count]) => [
    ['@pattern', pattern],
    ['@ratio', '0.5'],
    ['@sampleCount', String(count)],
    ['@severityLabel', 'None'],
  ]);
}

/** Rows of messages. */
export function messageRows(...texts: readonly string[]): ScriptedRow[] {
  return texts.map((text) => [['@message', text]]);
}

/** Many messages of one kind. */
export function repeatMessage(count: number, text: (index: number) => string): ScriptedRow[] {
  return messageRows(...Array.from({ length: count }, (_, index) => text(index)));
}

/** A first look that was cut: the service has so many more messages. */
export function cutLook(rows: readonly ScriptedRow[], events = 20_000): ScriptedAnswer {
  return { rows, statistics: { resultCount: 40_000, recordsMatched: events, recordsScanned: events } };
}

export const isFirstLook = ({ text }: AskedQuery): boolean => text === 'fields @timestamp, @message';

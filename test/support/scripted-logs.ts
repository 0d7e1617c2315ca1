/** A Logs Insights that answers as a test says, over the wire of the embedded CloudWatch. */
import { awsError, type Operations } from '../../local/types.ts';

export const SCRIPTED_AWS_ID = '0a1b2c3d-0000-4000-8000-00000000abcd';
export const SCRIPTED_QUERY_ID = `us-east-1.default.${SCRIPTED_AWS_ID}`;

type Status = 'Scheduled' | 'Running' | 'Complete' | 'Failed' | 'Cancelled' | 'Timeout' | 'Unknown';
export type ScriptedRow = readonly (readonly [field: string, value: string])[];

export interface QueryScript {
  readonly rows?: readonly ScriptedRow[];
  /** The state at each look; the last one stays. Default: complete at once. */
  readonly states?: readonly Status[];
  readonly statistics?: Readonly<Record<string, number>>;
  readonly language?: 'CWLI' | 'PPL' | 'SQL';
  /** The service of today tells how many rows there are; an older one did not. */
  readonly hasRowCount?: boolean;
}

export function scriptQuery(script: QueryScript): Operations {
  const { rows = [], states = ['Complete'], language = 'CWLI' } = script;
  const statistics = {
    recordsMatched: rows.length,
    recordsScanned: rows.length,
    bytesScanned: 1_500_000,
    ...script.statistics,
  };
  let looks = 0;
  let isStopped = false;
  const state = (): Status =>
    isStopped ? 'Cancelled' : (states[Math.min(looks, states.length) - 1] ?? states[0] ?? 'Complete');
  return {
    StartQuery: () => ({ queryId: SCRIPTED_AWS_ID }),
    GetQueryResults: ({
      queryId,
      maxItems = 10_000,
      nextToken,
    }: {
      queryId: string;
      maxItems?: number;
      nextToken?: string;
    }) => {
      if (queryId !== SCRIPTED_AWS_ID) throw awsError('ResourceNotFoundException', 'unknown query');
      if (nextToken === undefined) looks += 1;
      const offset = Number(nextToken ?? 0);
      const end = Math.min(rows.length, offset + maxItems);
      return {
        queryLanguage: language,
        status: state(),
        results: rows.slice(offset, end).map((row) => row.map(([field, value]) => ({ field, value }))),
        statistics: {
          ...statistics,
          ...(script.hasRowCount !== false && state() === 'Complete' && { resultCount: rows.length }),
        },
        ...(end < rows.length && language === 'CWLI' && { nextToken: String(end) }),
      };
    },
    StopQuery: ({ queryId }: { queryId: string }) => {
      if (queryId !== SCRIPTED_AWS_ID) throw awsError('ResourceNotFoundException', 'unknown query');
      if (!['Scheduled', 'Running'].includes(state())) throw awsError('InvalidParameterException', 'has ended');
      isStopped = true;
      return { success: true };
    },
    DescribeLogGroups: () => ({ logGroups: [] }),
  };
}

/** Rows as `fields @timestamp, @message` gives them, newest first. */
export function scriptEvents(count: number, message: (index: number) => string): ScriptedRow[] {
  return Array.from({ length: count }, (_, index) => [
    [
      '@timestamp',
      new Date(Date.parse('2026-03-01T11:59:59Z') - index * 1_000).toISOString().replace('T', ' ').replace('Z', ''),
    ],
    ['@message', message(index)],
    ['@ptr', `pointer-${index}`],
  ]);
}

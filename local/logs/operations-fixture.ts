import type {
  GetQueryResultsResponse,
  ResultField,
  StartQueryRequest,
  StartQueryResponse,
} from '@aws-sdk/client-cloudwatch-logs';
import { createShopLogs } from '../data/shop-logs.ts';
import { ACCOUNTS, AMBIENT_PRINCIPAL_ARN, DEFAULT_REGION } from '../scenario.ts';
import { AwsServiceError, type OperationContext, type Operations } from '../types.ts';
import { createWorld } from '../world.ts';
import { createLogsOperations, type LogsOptions } from './operations.ts';

/** The instant at which the tests' story is told. */
export const TEST_NOW_EPOCH_MS = Date.UTC(2026, 2, 4, 15, 30, 12);
export const TEST_NOW_EPOCH_SECONDS = Math.floor(TEST_NOW_EPOCH_MS / 1000);

/** The operations with one caller and a clock that only the test moves. */
export class LogsClient {
  nowEpochMs = TEST_NOW_EPOCH_MS;
  account: string = ACCOUNTS.prod.id;
  region: string = DEFAULT_REGION;
  readonly operations: Operations;

  constructor(options: Partial<LogsOptions> = {}) {
    this.operations = createLogsOperations({ content: createShopLogs(createWorld(7, TEST_NOW_EPOCH_MS)), ...options });
  }

  get context(): OperationContext {
    return {
      account: this.account,
      region: this.region,
      principalArn: AMBIENT_PRINCIPAL_ARN,
      nowEpochMs: this.nowEpochMs,
    };
  }

  /** Calls an operation; the caller says what shape it expects. */
  async call<Output>(operation: string, input: object): Promise<Output> {
    return (await this.operations[operation]?.(input, this.context)) as Output;
  }

  /** The error that an operation answers. */
  async refusal(operation: string, input: object): Promise<AwsServiceError> {
    try {
      await this.operations[operation]?.(input, this.context);
    } catch (error) {
      if (error instanceof AwsServiceError) {
        return error;
      }
      throw error;
    }
    throw new Error(`${operation} was not refused`);
  }

  /** Starts a query over the last ten minutes unless told otherwise. */
  async start(queryString: string, input: Partial<StartQueryRequest>): Promise<string> {
    const now = Math.floor(this.nowEpochMs / 1000);
    const range = { startTime: now - 600, endTime: now };
    const { queryId } = await this.call<StartQueryResponse>('StartQuery', { ...range, queryString, ...input });
    return queryId ?? '';
  }

  /** Runs a query to its end and gives its first page. */
  async run(queryString: string, input: Partial<StartQueryRequest>): Promise<GetQueryResultsResponse> {
    const queryId = await this.start(queryString, input);
    this.nowEpochMs += 1_000;
    const results = await this.call<GetQueryResultsResponse>('GetQueryResults', { queryId });
    this.nowEpochMs -= 1_000;
    return results;
  }

  /** Rows of a query as records. */
  async rows(queryString: string, input: Partial<StartQueryRequest>): Promise<Record<string, string>[]> {
    const { results = [] } = await this.run(queryString, input);
    return results.map(toRecord);
  }
}

export function toRecord(row: readonly ResultField[]): Record<string, string> {
  return Object.fromEntries(row.map(({ field = '', value = '' }) => [field, value]));
}

import { DescribeQueryDefinitionsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { AwsConnection } from '../connection.ts';
import type { SavedQuery } from '../ports/logs.ts';

/** DescribeQueryDefinitions gives at most 1,000 a page. */
const PAGE_SIZE = 1_000;

export async function listSavedQueries(aws: AwsConnection, limit: number, signal: AbortSignal): Promise<SavedQuery[]> {
  const queries: SavedQuery[] = [];
  let nextToken: string | undefined;
  do {
    const input = { maxResults: Math.min(PAGE_SIZE, limit), ...(nextToken !== undefined && { nextToken }) };
    const page = await aws.call('logs:DescribeQueryDefinitions', signal, ({ logs }, options) =>
      logs.send(new DescribeQueryDefinitionsCommand(input), options),
    );
    for (const definition of page.queryDefinitions ?? []) {
      queries.push({
        name: definition.name ?? '',
        query: definition.queryString ?? '',
        language: definition.queryLanguage ?? 'CWLI',
        logGroups: definition.logGroupNames ?? [],
      });
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined && queries.length < limit);
  return queries.slice(0, limit);
}

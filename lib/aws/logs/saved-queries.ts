import { DescribeQueryDefinitionsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { AwsConnection } from '../connection.ts';
import { readAll } from '../pages.ts';
import type { SavedQuery } from '../ports/logs.ts';

/** DescribeQueryDefinitions gives at most 1,000 a page. */
const PAGE_SIZE = 1_000;

export async function listSavedQueries(aws: AwsConnection, limit: number, signal: AbortSignal): Promise<SavedQuery[]> {
  return readAll(async (nextToken) => {
    const input = { maxResults: Math.min(PAGE_SIZE, limit), nextToken };
    const page = await aws.call('logs:DescribeQueryDefinitions', signal, ({ logs }, options) =>
      logs.send(new DescribeQueryDefinitionsCommand(input), options),
    );
    const items = (page.queryDefinitions ?? []).map((definition) => ({
      name: definition.name ?? '',
      query: definition.queryString ?? '',
      language: definition.queryLanguage ?? 'CWLI',
      logGroups: definition.logGroupNames ?? [],
      parameters: (definition.parameters ?? []).map(({ name = '', defaultValue, description }) => ({
        name,
        defaultValue,
        description,
      })),
    }));
    return { items, nextToken: page.nextToken };
  }, limit);
}

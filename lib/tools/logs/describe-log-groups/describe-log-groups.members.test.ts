/** What the service tells of a saved query stands in the answer. */
import { type QueryDefinition, QueryDefinition$ } from '@aws-sdk/client-cloudwatch-logs';
import { expect, it } from 'vitest';
import { startLogsBench } from '../../../../test/support/logs-bench.ts';
import { findUntold, markRecord } from '../../../../test/support/marked-record.ts';

const LEFT_OUT = {
  'QueryDefinition.queryDefinitionId': 'no call that is made here takes it',
  'QueryDefinition.lastModified': 'says nothing of what the query does',
};

it('tells every member of a saved query', async () => {
  const marked = markRecord<QueryDefinition>(
    QueryDefinition$,
    { queryLanguage: ['PPL', 'PPL'], logGroupNames: [['/a/one'], '"log_groups":["/a/one"]'] },
    [],
  );
  const bench = await startLogsBench({
    logs: {
      DescribeLogGroups: () => ({ logGroups: [{ logGroupName: '/a/one' }] }),
      DescribeQueryDefinitions: () => ({ queryDefinitions: [marked.record] }),
    },
  });
  try {
    const result = await bench.run('describe_log_groups', {});
    const told = `${bench.text(result)}\n${JSON.stringify(result.structuredContent)}`;
    expect(findUntold('QueryDefinition', marked, told, LEFT_OUT)).toEqual({ hidden: [], stale: [] });
    const [parameter] = marked.record.parameters ?? [];
    expect(bench.text(result)).toContain(
      `before it is run, a value takes the place of {{${parameter?.name}}} (default ${parameter?.defaultValue}): ${parameter?.description}`,
    );
  } finally {
    await bench.close();
  }
});

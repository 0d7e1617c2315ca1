/** Whose is the id of a query? Nobody's: what SECURITY.md says of it, seen. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNTS, type AccountAlias, ROLE_NAME } from '../../local/scenario.ts';
import type { LocalRole } from '../../local/sts/role.ts';
import { type CredentialBench, startCredentialBench, textOf } from '../support/credential-bench.ts';

/** Olivia and the guest have one role; the developer has that of another account. */
const USERS: Readonly<Partial<Record<AccountAlias, readonly string[]>>> = { prod: ['olivia', 'guest'], dev: ['dev'] };
const QUERY = { log_group_names: ['/aws/lambda/shop-checkout'], query_string: 'stats count(*)', start_time: '-1h' };
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/;

let bench: CredentialBench;
beforeAll(async () => {
  bench = await startCredentialBench({ rolesFor: (issuer) => Object.entries(USERS).map(rolesOf(issuer)) });
});
afterAll(() => bench.close());

function rolesOf(issuer: string) {
  return ([alias, subjects]: [string, readonly string[]]): LocalRole => ({
    arn: `arn:aws:iam::${ACCOUNTS[alias as AccountAlias].id}:role/${ROLE_NAME}`,
    maxSessionSeconds: 3_600,
    webIdentities: [{ issuer, audience: 'cloudwatch-mcp', subjects }],
    principals: [],
  });
}

async function startQuery(): Promise<string> {
  const started = await bench.run(await bench.caller('olivia'), 'execute_log_insights_query', QUERY);
  const { query_id: id } = started.structuredContent as { query_id: string };
  return id;
}

async function read(user: string, args: Readonly<Record<string, unknown>>) {
  return bench.run(await bench.caller(user), 'get_logs_insight_query_results', args);
}

describe('the id of a query', () => {
  it('is random', async () => {
    const ids = [await startQuery(), await startQuery()].map((id) => UUID.exec(id)?.[0]);
    expect(ids).toEqual([expect.any(String), expect.any(String)]);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it('lets whoever has the same role read the query', async () => {
    const answer = await read('guest', { query_id: await startQuery() });
    expect(textOf(answer)).toContain('Query complete: 1 row.');
  });

  it('is worth nothing to somebody of another account, whatever account is named', async () => {
    const id = await startQuery();
    const [awsId = ''] = UUID.exec(id) ?? [];
    expect(textOf(await read('dev', { query_id: id }))).toContain('(role_denied,');
    const answer = await read('dev', { query_id: awsId, account: 'dev', region: 'us-east-1' });
    expect(textOf(answer)).toContain('(not_found,');
  });
});

import type { Anomaly, ListAnomaliesResponse } from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { LogsClient } from './operations-fixture.ts';

async function listAll(limit: number): Promise<Anomaly[]> {
  const client = new LogsClient();
  const anomalies: Anomaly[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.call<ListAnomaliesResponse>('ListAnomalies', { limit, nextToken });
    anomalies.push(...(page.anomalies ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return anomalies;
}

describe('ListAnomalies', () => {
  it('pages to the end, the same items whatever the size of a page', async () => {
    const all = await listAll(50);
    expect(all.length).toBeGreaterThan(2);
    expect(await listAll(1)).toEqual(all);
  });

  it('gives a pattern as text, as regular expression and as tokens that agree', async () => {
    for (const { patternString = '', patternRegex = '', patternTokens = [] } of await listAll(50)) {
      const names = patternTokens.map(({ isDynamic, tokenString, inferredTokenName }) =>
        isDynamic ? `<${inferredTokenName}>` : tokenString,
      );
      expect(names.join('')).toBe(patternString);
      expect(patternTokens.map(({ tokenString }) => tokenString)).not.toContain('');
      const positions = patternTokens.filter(({ isDynamic }) => isDynamic).map((token) => token.dynamicTokenPosition);
      expect(positions).toEqual(positions.map((_position, index) => index + 1));
      const regex = new RegExp(`^${patternRegex}$`);
      expect(patternString.replaceAll(/<[A-Za-z]+-\d+>/g, 'anything')).toMatch(regex);
    }
  });
});

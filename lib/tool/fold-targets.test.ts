import { describe, expect, it } from 'vitest';
import { foldTargets } from './fold-targets.ts';

const REGIONS = ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'eu-west-1', 'eu-west-2'];
const across = (accounts: readonly { account: string; accountId?: string }[], regions: readonly string[]) =>
  accounts.flatMap((account) => regions.map((region) => ({ ...account, region })));
const prod = { account: 'prod', accountId: '111122223333' };
const dev = { account: 'dev' };
const bare = { account: '444455556666', accountId: '444455556666' };

describe('targets in few words', () => {
  it.each([
    [[], ''],
    [across([dev], ['us-east-1']), 'dev/us-east-1'],
    [across([prod], ['us-east-1']), 'prod (111122223333)/us-east-1'],
    [across([bare], ['us-east-1']), '444455556666/us-east-1'],
    [across([dev], REGIONS.slice(0, 2)), 'dev × us-east-1, us-east-2'],
    [across([dev], REGIONS.slice(0, 5)), `dev × ${REGIONS.slice(0, 5).join(', ')}`],
    [across([dev], REGIONS), 'dev × 6 regions'],
    [across([prod, dev], REGIONS), 'prod (111122223333), dev × 6 regions'],
    [across([prod, dev], ['us-east-1']), 'prod (111122223333), dev × us-east-1'],
    [[...across([prod], REGIONS), ...across([dev], ['eu-west-1'])], 'prod (111122223333) × 6 regions; dev/eu-west-1'],
    [
      across(
        Array.from({ length: 7 }, (_, index) => ({ account: `a${index}` })),
        ['us-east-1'],
      ),
      'a0, a1, a2, a3, a4 and 2 more × us-east-1',
    ],
  ])('%#', (targets, text) => {
    expect(foldTargets(targets, true)).toBe(text);
  });

  it('names no account by its number where that is known already', () => {
    expect(foldTargets(across([prod, bare], ['us-east-1']))).toBe('prod, 444455556666 × us-east-1');
  });
});

import { describe, expect, it } from 'vitest';
import { createTargets } from '../aws/targets.ts';
import { AppError } from '../errors.ts';
import { askDefaultAccount } from './default-account.ts';

const ALIASES = ['prod', 'dev', 'data'];
const targets = createTargets({
  region: 'us-east-1',
  allowedRegions: undefined,
  roles: ALIASES.map((alias, index) => ({
    alias,
    accountId: `${index + 1}`.repeat(12),
    roleArn: `arn:aws:iam::${`${index + 1}`.repeat(12)}:role/x`,
  })),
});
const refusal = (account: string) => new AppError('role_denied', `${account} refuses → ask for it.`);

/** @param open accounts that let the caller in */
async function ask(open: readonly string[], input: object = {}, { tries = 9, other = '' } = {}) {
  const asked: string[] = [];
  const answer = await askDefaultAccount(
    targets,
    input,
    async ({ defaultAccount }) => {
      asked.push(defaultAccount);
      if (defaultAccount === other) throw new AppError('throttled', 'Slow down → wait.');
      if (!open.includes(defaultAccount)) throw refusal(defaultAccount);
      return { headline: `Of ${defaultAccount}.`, targets: [], structured: () => ({ kept: true }) };
    },
    () => asked.length < tries,
  ).catch((error: Error) => error);
  return { asked, told: answer instanceof Error ? answer.message : answer.headline, answer };
}

describe('askDefaultAccount', () => {
  it('asks the default account, and says nothing where it lets the caller in', async () => {
    expect(await ask(ALIASES)).toMatchObject({ asked: ['prod'], told: 'Of prod.' });
  });

  it('asks the next one where it refuses, and says so', async () => {
    const { asked, told, answer } = await ask(['dev', 'data']);
    expect([asked, told]).toEqual([
      ['prod', 'dev'],
      'Of dev. Account dev: the default account prod does not let this user in.',
    ]);
    expect('structured' in answer && answer.structured({ shown: 0 })).toEqual({ kept: true });
    expect(await ask(['data'])).toMatchObject({
      asked: ALIASES,
      told: 'Of data. Account data: the default account prod does not let this user in.',
    });
  });

  it('refuses once for all that refuse', async () => {
    const { asked, told } = await ask([]);
    expect([asked, told]).toEqual([
      ALIASES,
      'AWS lets you use none of the accounts prod, dev, data → ask the administrator for access to one of them.',
    ]);
  });

  it.each([{ account: 'prod' }, { accounts: ['prod'] }])('asks nowhere else for %j', async (input) => {
    expect(await ask(['dev'], input)).toMatchObject({ asked: ['prod'], told: 'prod refuses → ask for it.' });
  });

  it.each([{ accounts: [] }, { account: undefined }, { region: 'eu-west-1' }])(
    'asks elsewhere for %j',
    async (input) => {
      expect((await ask(['dev'], input)).asked).toEqual(['prod', 'dev']);
    },
  );

  it('stops at any other failure', async () => {
    expect(await ask(ALIASES, {}, { other: 'prod' })).toMatchObject({ asked: ['prod'], told: 'Slow down → wait.' });
    expect(await ask(['data'], {}, { other: 'dev' })).toMatchObject({
      asked: ['prod', 'dev'],
      told: 'Slow down → wait.',
    });
  });

  it('tries no further account when the time is over', async () => {
    expect(await ask(['data'], {}, { tries: 1 })).toMatchObject({
      asked: ['prod'],
      told: 'prod refuses → ask for it.',
    });
    expect((await ask(['data'], {}, { tries: 2 })).told).toContain('none of the accounts prod, dev →');
  });
});

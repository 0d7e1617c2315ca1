import { describe, expect, it } from 'vitest';
import { createTargets } from './targets.ts';

const targets = createTargets({ region: 'us-east-1', allowedRegions: undefined, roles: [] });
const few = createTargets({ region: 'us-east-1', allowedRegions: ['us-east-1', 'eu-west-1'], roles: [] });

describe('targets', () => {
  it('defaults to the configured region and the one account', () => {
    expect(targets.one({})).toEqual({ account: 'default', region: 'us-east-1' });
    expect(targets.many({})).toEqual([{ account: 'default', region: 'us-east-1' }]);
    expect(targets.many({ regions: [], region: 'eu-west-1' })).toEqual([{ account: 'default', region: 'eu-west-1' }]);
  });

  it('takes lists, without duplicates, and all', () => {
    expect(
      few.many({ regions: ['eu-west-1', 'us-east-1', 'eu-west-1'], accounts: ['all'] }).map(({ region }) => region),
    ).toEqual(['eu-west-1', 'us-east-1']);
    expect(few.many({ regions: ['all'] })).toHaveLength(2);
    expect(targets.many({ regions: ['all'] }).length).toBeGreaterThan(30);
  });

  it.each([
    [
      () => targets.one({ region: 'us-esat-1' }),
      /^region "us-esat-1" does not exist\. Did you mean .*us-.*-1.*→ pass a region code such as us-east-1/,
    ],
    [() => targets.one({ region: 'cn-north-1' }), /Region cn-north-1 may not be asked/],
    [() => targets.one({ region: '__proto__' }), /does not exist/],
    [() => targets.one({ region: 'x'.repeat(100_000) }), /does not exist/],
    [() => few.one({ region: 'ap-south-1' }), /Region ap-south-1 may not be asked .* us-east-1, eu-west-1/],
    [() => few.many({ regions: ['us-east-1', 'ap-south-1'] }), /may not be asked/],
    [
      () => few.one({ account: '999999999999' }),
      /Account "999999999999" may not be asked through this server → use one of default/,
    ],
    [
      () => few.ofArn('arn:aws:logs:eu-west-1:111122223333:log-group:x', { region: 'us-east-1' }),
      /The ARN is of region "eu-west-1", but region says "us-east-1"/,
    ],
    [() => few.ofArn('arn:aws:logs:xx:1:log-group:x', {}), /region "xx" does not exist/],
  ])('refuses %#', (call, message) => {
    expect(call).toThrow(message);
  });

  it('lets an ARN decide the region', () => {
    expect(few.ofArn('arn:aws:logs:eu-west-1:111122223333:log-group:x', {})).toEqual({
      account: 'default',
      region: 'eu-west-1',
    });
  });
});

describe('targets of several accounts', () => {
  const role = (alias: string, accountId: string) => ({
    alias,
    accountId,
    roleArn: `arn:aws:iam::${accountId}:role/CloudWatchMCPRole`,
  });
  const several = createTargets({
    region: 'us-east-1',
    allowedRegions: ['us-east-1', 'eu-west-1'],
    roles: [role('prod', '111122223333'), role('222233334444', '222233334444')],
  });
  const alarmArn = (accountId: string) => `arn:aws:cloudwatch:eu-west-1:${accountId}:alarm:x`;

  it('defaults to the first role and takes alias or id', () => {
    const prod = { account: 'prod', accountId: '111122223333', region: 'us-east-1' };
    expect(several.one({})).toEqual(prod);
    expect(several.one({ account: '111122223333' })).toEqual(prod);
    expect(several.many({ accounts: ['all'] }).map(({ account }) => account)).toEqual(['prod', '222233334444']);
    expect(several.accounts).toEqual([
      { alias: 'prod', id: '111122223333' },
      { alias: '222233334444', id: '222233334444' },
    ]);
  });

  it.each([
    [() => several.one({ account: 'default' }), /Account "default" may not be asked .* use one of prod, 222233334444/],
    [
      () => several.one({ account: 'prd' }),
      /Account "prd" may not be asked .*\. Did you mean prod\? → use one of prod, 222233334444, or leave account out;/,
    ],
    [() => several.one({ account: 'arn:aws:iam::111122223333:role/Admin' }), /may not be asked/],
    [() => several.many({ accounts: ['prod', '999999999999'] }), /Account "999999999999" may not be asked/],
    [
      () => several.ofArn(alarmArn('999999999999'), {}),
      /The ARN belongs to an account that may not be asked .* → name something of prod, 222233334444; list_targets/,
    ],
    [
      () => several.ofArn(alarmArn('111122223333'), { account: '222233334444' }),
      /The ARN belongs to account prod, but/,
    ],
  ])('refuses an account outside the allow-list or a contradiction %#', (call, message) => {
    expect(call).toThrow(message);
  });

  it('names a few of many accounts, and the tool that shows all', () => {
    const many = createTargets({
      region: 'us-east-1',
      allowedRegions: undefined,
      roles: Array.from({ length: 200 }, (_, index) => role(`team-${index}`, String(100_000_000_000 + index))),
    });
    expect(() => many.one({ account: 'x' })).toThrow(
      /→ use one of team-0, team-1, team-2, team-3, team-4 and 195 more, .*list_targets shows those that may be asked\.$/,
    );
  });

  it('lets an ARN decide the account', () => {
    expect(several.ofArn(alarmArn('222233334444'), {}).account).toBe('222233334444');
    expect(several.ofArn(alarmArn('111122223333'), { account: '111122223333' }).account).toBe('prod');
  });
});

import { describe, expect, it } from 'vitest';
import { createTargets } from './targets.ts';

const targets = createTargets({ region: 'us-east-1', allowedRegions: undefined });
const few = createTargets({ region: 'us-east-1', allowedRegions: ['us-east-1', 'eu-west-1'] });

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

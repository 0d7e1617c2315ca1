import { describe, expect, it } from 'vitest';
import { createTargetPaces } from './target-paces.ts';

const PLACE = { account: 'prod', accountId: '111122223333', region: 'us-east-1' };

describe('createTargetPaces', () => {
  const paces = createTargetPaces(() => 0);
  const ofPlace = paces.of('cloudtrail:LookupEvents', PLACE);

  it('has one pace for all who ask an account and region, by whatever name', () => {
    expect(paces.of('cloudtrail:LookupEvents', { ...PLACE })).toBe(ofPlace);
    expect(paces.of('cloudtrail:LookupEvents', { ...PLACE, account: 'production' })).toBe(ofPlace);
    const ambient = { account: 'default', region: 'us-east-1' };
    expect(paces.of('cloudtrail:LookupEvents', ambient)).toBe(paces.of('cloudtrail:LookupEvents', { ...ambient }));
  });

  it('has others elsewhere, and for other calls', () => {
    expect(paces.of('cloudtrail:LookupEvents', { ...PLACE, region: 'eu-west-1' })).not.toBe(ofPlace);
    expect(paces.of('cloudtrail:LookupEvents', { ...PLACE, accountId: '222233334444' })).not.toBe(ofPlace);
    expect(paces.of('cloudwatch:DescribeAlarmHistory', PLACE)).not.toBe(ofPlace);
  });

  it('lets two look-ups through at once, and the third after its half second', async () => {
    const pace = createTargetPaces(() => 0).of('cloudtrail:LookupEvents', PLACE);
    const ended = new AbortController();
    const turns: string[] = [];
    const third = async () => {
      await pace(ended.signal);
      turns.push('third');
    };
    await Promise.all([pace(ended.signal), pace(ended.signal)]);
    const waiting = third();
    await Promise.resolve();
    ended.abort();
    await expect(waiting).rejects.toThrow('cancelled');
    expect(turns).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { AppError } from '../errors.ts';
import type { AwsCall } from '../telemetry/metrics.ts';
import { CallAudit, describeCaller } from './call-audit.ts';

const place = (account: string, region: string) => ({ account, region });

describe('CallAudit', () => {
  it('tells nothing of a call that never came to AWS', () => {
    expect(new CallAudit({ observeAws: () => {} }).fields(true)).toEqual({});
  });

  it('tells each account and region once', () => {
    const audit = new CallAudit({ observeAws: () => {} });
    audit.addTarget(place('a', 'r'));
    audit.addTarget(place('b', 'r'));
    audit.addTarget(place('a', 's'));
    expect(audit.fields(false)).toEqual({ account: 'a,b', region: 'r,s' });
  });

  it('counts all requests and names the first 20', () => {
    const audit = new CallAudit({ observeAws: () => {} });
    const ids = Array.from({ length: 22 }, (_, at) => `id-${at}`);
    for (const id of ids) audit.onRequestId(id);
    expect(audit.fields(false)).toEqual({ awsRequests: 22, awsRequestIds: ids.slice(0, 20) });
  });

  it('names the first five failures, and only of a call that succeeded', () => {
    const audit = new CallAudit({ observeAws: () => {} });
    for (let at = 0; at < 7; at += 1) audit.onFailure(new AppError('throttled', 'x', { details: { at } }));
    expect(audit.fields(true)).toEqual({ failures: [0, 1, 2, 3, 4].map((at) => ({ code: 'throttled', at })) });
    expect(audit.fields(false)).toEqual({});
  });

  it('adds scanned bytes up, and hands calls to the metrics', () => {
    const calls: unknown[] = [];
    const audit = new CallAudit({ observeAws: (operation, call) => calls.push([operation, call]) });
    const call: AwsCall = { outcome: 'ok', seconds: 1, retries: 1 };
    audit.onCall('ListMetrics', call);
    audit.addScannedBytes(5);
    audit.addScannedBytes(7);
    expect(audit.fields(true)).toEqual({ bytesScanned: 12 });
    expect(calls).toEqual([['ListMetrics', call]]);
  });
});

describe('describeCaller', () => {
  const caller = {
    principal: { id: 'hash', subject: 'alice', issuer: 'i', audiences: [], scopes: [], expiresEpochMs: 0 },
    token: 't',
  };

  it('names the person only where that is wanted', () => {
    expect(describeCaller(undefined, { isSubjectLoggedPlain: true })).toEqual({});
    expect(describeCaller(caller, { isSubjectLoggedPlain: false })).toEqual({ principal: 'hash' });
    expect(describeCaller(caller, { isSubjectLoggedPlain: true })).toEqual({ principal: 'hash', subject: 'alice' });
  });
});

import { describe, expect, it } from 'vitest';
import { RequestLog } from '../../local/wire/request-log.ts';
import { watchRequests } from './watch-requests.ts';

const ID = '3b1a6b1e-0000-4000-8000-000000000000';

function begin(requests: RequestLog, operation: string) {
  const at = { account: '111122223333', region: 'us-east-1', akid: '', principalArn: '' };
  const record = { service: 'logs', operation, protocol: 'json', sessionName: 'dev-1', startedEpochMs: 0 } as const;
  return requests.start({ ...record, ...at, input: undefined });
}

describe('the watch over requests', () => {
  it('sees what a request asks for that was under way when it looked', async () => {
    const faults: string[] = [];
    const requests = new RequestLog();
    const watch = watchRequests({ requests }, faults);
    const start = begin(requests, 'StartQuery');
    watch.look();
    start.update({ input: { queryString: 'soak-dev-1-' }, status: 200 });
    const results = begin(requests, 'GetQueryResults');
    watch.look();
    results.update({ input: { queryId: ID }, status: 200 });
    expect(await watch.settle()).toBe(1);
    expect(faults).toEqual([]);
  });

  it('tells a request of one user that was asked as another', () => {
    const faults: string[] = [];
    const requests = new RequestLog();
    begin(requests, 'DescribeAlarms').update({ input: { AlarmNamePrefix: 'soak-olivia-7-' }, status: 200 });
    watchRequests({ requests }, faults).look();
    expect(faults).toEqual(['DescribeAlarms of olivia was asked as dev-1']);
  });
});

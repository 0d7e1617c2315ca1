import { describe, expect, it } from 'vitest';
import { RequestLog } from './request-log.ts';

const entry = (operation: string) => ({
  service: 'cloudwatch' as const,
  operation,
  protocol: 'json' as const,
  account: '',
  region: '',
  akid: '',
  principalArn: '',
  sessionName: undefined,
  input: undefined,
  startedEpochMs: 0,
});

describe('RequestLog', () => {
  it('keeps the last ten thousand requests', () => {
    const log = new RequestLog();
    for (let index = 0; index < 10_050; index += 1) log.start(entry(`op${index}`));
    expect(log.all).toHaveLength(10_000);
    expect(log.all[0]?.operation).toBe('op50');
  });

  it('completes a record, finds by operation and forgets when told', () => {
    const log = new RequestLog();
    const record = log.start(entry('A'));
    log.start(entry('B'));
    expect(log.of('A')[0]?.status).toBe(0);
    record.update({ status: 200 });
    expect(log.of('A')).toMatchObject([{ status: 200 }]);
    log.clear();
    expect(log.all).toEqual([]);
  });
});

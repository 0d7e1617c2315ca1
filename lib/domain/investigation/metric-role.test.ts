import { describe, expect, it } from 'vitest';
import { layerOf, roleOf, statisticFor } from './metric-role.ts';

describe('roleOf', () => {
  it.each([
    ['Errors', 'fault', 'Sum'],
    ['5XXError', 'fault', 'Sum'],
    ['ReadThrottleEvents', 'fault', 'Sum'],
    ['HTTPCode_Target_5XX_Count', 'fault', 'Sum'],
    ['Duration', 'latency', 'Average'],
    ['TargetResponseTime', 'latency', 'Average'],
    ['ApproximateAgeOfOldestMessage', 'backlog', 'Maximum'],
    ['ApproximateNumberOfMessagesVisible', 'backlog', 'Maximum'],
    ['DatabaseConnections', 'capacity', 'Average'],
    ['FreeStorageSpace', 'capacity', 'Average'],
    ['Invocations', 'load', 'Sum'],
    ['Count', 'load', 'Sum'],
    ['NumberOfMessagesSent', 'load', 'Sum'],
    ['Heartbeat', 'other', 'Average'],
  ])('%s is %s, read by %s', (name, role, statistic) => {
    expect([roleOf(name), statisticFor(name)]).toEqual([role, statistic]);
  });
});

describe('layerOf', () => {
  it.each([
    ['AWS/ApiGateway', 'ApiName', 'entry'],
    ['AWS/Lambda', 'FunctionName', 'compute'],
    ['AWS/SQS', 'QueueName', 'buffer'],
    ['AWS/RDS', 'DBInstanceIdentifier', 'store'],
    ['Acme/Services', 'Service', 'compute'],
    ['Acme/Services', 'Provider', 'store'],
    ['Acme/Partners', 'Name', 'store'],
    ['constructor', 'x', 'compute'],
  ])('%s by %s is of the layer %s', (namespace, name, layer) => {
    expect(layerOf({ namespace, dimensions: [{ name, value: 'v' }] })).toBe(layer);
  });
});

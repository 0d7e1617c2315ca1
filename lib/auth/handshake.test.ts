import { describe, expect, it } from 'vitest';
import { countToolCalls, isHandshake } from './handshake.ts';

const request = (method: unknown) => ({ jsonrpc: '2.0', id: 1, method });
const notification = (method: string) => ({ jsonrpc: '2.0', method });

describe('isHandshake', () => {
  it.each(['initialize', 'server/discover', 'ping', 'tools/list', 'prompts/list', 'tools/call'])(
    'lets %s pass',
    (method) => {
      expect(isHandshake(request(method))).toBe(true);
      expect(isHandshake([request('ping'), request(method)])).toBe(true);
    },
  );

  it('lets a batch of four pass', () => {
    expect(isHandshake(Array.from({ length: 4 }, () => request('tools/list')))).toBe(true);
  });

  it('lets notifications pass, and none that is a request', () => {
    expect(isHandshake(notification('notifications/initialized'))).toBe(true);
    expect(isHandshake(request('notifications/initialized'))).toBe(false);
    expect(isHandshake(notification('subscriptions/listen'))).toBe(false);
  });

  it.each([
    ['another method', request('subscriptions/listen')],
    ['a batch of which one message may not', [request('ping'), request('resources/list')]],
    ['an empty batch', []],
    ['a batch of five', Array.from({ length: 5 }, () => request('tools/list'))],
    ['a batch in a batch', [[request('ping')]]],
    ['no method', { jsonrpc: '2.0', id: 1 }],
    ['a method that is no text', request(['ping'])],
    ['no message at all', null],
    ['text', 'ping'],
    ['nothing', undefined],
  ])('refuses %s', (_name, body) => {
    expect(isHandshake(body)).toBe(false);
  });
});

describe('countToolCalls', () => {
  it.each([
    [0, request('tools/list')],
    [0, []],
    [0, null],
    [1, request('tools/call')],
    [1, notification('tools/call')],
    [1, request('completion/complete')],
    [0, request('prompts/get')],
    [3, [request('tools/call'), request('ping'), request('tools/call'), null, request('tools/call')]],
  ])('finds %i', (count, body) => {
    expect(countToolCalls(body)).toBe(count);
  });
});

import { describe, expect, it } from 'vitest';
import type { HttpResult } from '../lib/http/types.ts';
import { createEvent } from '../test/support/events.ts';
import { invokeLambda } from '../test/support/lambda-runtime.ts';
import { findStreamingRuntime } from './lambda.ts';

const OK = { statusCode: 200, headers: { 'x-a': '1' } };

function invoke(result: HttpResult) {
  return invokeLambda(async () => result, createEvent());
}

describe('createStreamingHandler', () => {
  it.each([
    ['a text', 'grün', 'grün'],
    ['an empty text', '', ''],
    ['no body', undefined, ''],
  ])('sends status and headers with %s', async (_what, body, text) => {
    const answer = await invoke({ ...OK, ...(body !== undefined && { body }) });
    expect(answer.prelude).toEqual(OK);
    expect(answer.body.toString()).toBe(text);
  });

  it('sends base64 as bytes', async () => {
    const answer = await invoke({ ...OK, body: '/wA=', isBase64Encoded: true });
    expect([...answer.body]).toEqual([0xff, 0x00]);
  });

  it('sends cookies apart', async () => {
    expect((await invoke({ ...OK, cookies: ['a=1', 'b=2'] })).prelude).toEqual({ ...OK, cookies: ['a=1', 'b=2'] });
  });

  it('sends a stream piece by piece', async () => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const text of ['data: 1\n\n', 'data: 2\n\n']) controller.enqueue(new TextEncoder().encode(text));
        controller.close();
      },
    });
    const answer = await invoke({ ...OK, body });
    expect(answer).toMatchObject({ prelude: OK, writes: 2 });
    expect(answer.body.toString()).toBe('data: 1\n\ndata: 2\n\n');
  });

  it('fails the invocation when the stream fails', async () => {
    const body = new ReadableStream<Uint8Array>({ pull: () => Promise.reject(new Error('lost')) });
    await expect(invoke({ ...OK, body })).rejects.toThrow('lost');
  });

  it('gives the route Lambda’s own id and time, detached as Middy calls it', async () => {
    await invokeLambda(async (_event, { awsRequestId, getRemainingTimeInMillis, signal }) => {
      expect([awsRequestId, getRemainingTimeInMillis(), signal]).toEqual(['event-id', 60_000, undefined]);
      return OK;
    }, createEvent());
    expect.assertions(1);
  });

  it.each([null, 'ping', {}, { source: 'aws.events' }, { rawPath: '/', headers: {} }])(
    'says what is wrong with the event %j',
    async (event) => {
      await expect(invokeLambda(async () => OK, event)).rejects.toThrow('call the function through its URL');
    },
  );
});

describe('findStreamingRuntime', () => {
  it('is not fooled by the empty object that Powertools leaves', () => {
    expect(findStreamingRuntime({ awslambda: {} })).toBeUndefined();
    expect(findStreamingRuntime({})).toBeUndefined();
    expect(findStreamingRuntime({ awslambda: null })).toBeUndefined();
    expect(findStreamingRuntime({ awslambda: { streamifyResponse: true } })).toBeUndefined();
  });

  it('finds the real one', () => {
    const awslambda = { streamifyResponse: () => undefined };
    expect(findStreamingRuntime({ awslambda })).toBe(awslambda);
  });
});

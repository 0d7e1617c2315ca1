import { describe, expect, it } from 'vitest';
import { createFakeRunner } from '../../test/support/fake-runner.ts';
import { createTestApp } from '../../test/support/test-app.ts';
import { createMcpEndpoint } from './endpoint.ts';

const { logger } = createTestApp();
const endpoint = createMcpEndpoint(createFakeRunner(), logger);
const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };

function send(messages: number): Promise<Response> {
  const parsedBody = Array.from({ length: messages }, (_, id) => ({ jsonrpc: '2.0', id, method: 'tools/list' }));
  const request = new Request('http://localhost/mcp', { method: 'POST', headers: HEADERS });
  return endpoint.fetch(request, { requestId: 'batch', parsedBody });
}

describe('a batch', () => {
  it('of twenty messages is answered', async () => {
    const answer = await send(20);
    expect(answer.status).toBe(200);
    expect((await answer.text()).match(/"tools":/g)).toHaveLength(20);
  });

  it('of more is refused before any of it is done', async () => {
    await expect(send(21)).rejects.toMatchObject({
      code: 'invalid_request',
      publicMessage: expect.stringContaining('21 messages'),
    });
  });
});

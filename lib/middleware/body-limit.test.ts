import { describe, expect, it } from 'vitest';
import { createEvent } from '../../test/support/events.ts';
import { runThrough } from '../../test/support/middleware.ts';
import { bodyLimit, MAX_BODY_BYTES } from './body-limit.ts';

function run(body: string, isBase64Encoded = false, limit?: number) {
  return runThrough([bodyLimit(limit)], createEvent({ method: 'POST', body, isBase64Encoded }));
}

describe('bodyLimit', () => {
  it('takes one mebibyte and refuses one byte more', async () => {
    expect(MAX_BODY_BYTES).toBe(1024 * 1024);
    expect((await run('x'.repeat(MAX_BODY_BYTES))).seen).toBeDefined();
    await expect(run('x'.repeat(MAX_BODY_BYTES + 1))).rejects.toMatchObject({ code: 'body_too_large' });
  });

  it('counts bytes, not characters', async () => {
    await expect(run('üü', false, 3)).rejects.toMatchObject({ code: 'body_too_large' });
    expect((await run('üü', false, 4)).seen).toBeDefined();
  });

  it('counts what base64 stands for', async () => {
    expect((await run('AAECAw==', true, 4)).seen).toBeDefined();
    await expect(run('AAECAwQ=', true, 4)).rejects.toMatchObject({ code: 'body_too_large' });
  });

  it('lets a request without a body through', async () => {
    expect((await runThrough([bodyLimit(0)], createEvent())).seen).toBeDefined();
  });
});

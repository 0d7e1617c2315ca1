import { describe, expect, it } from 'vitest';
import { readBodyText } from '../../test/support/events.ts';
import { AppError, ERRORS, type ErrorCode } from '../errors.ts';
import { HttpError } from './http-error.ts';
import { renderRefusal } from './refusal.ts';

const REQUEST = { rawPath: '/mcp/tools', requestId: 'req-1' };
const HTTP_CODES = (Object.keys(ERRORS) as ErrorCode[]).filter((code) => ERRORS[code].planes.includes('http'));

describe('renderRefusal', () => {
  it.each(HTTP_CODES)('answers %s with its status', async (code) => {
    const result = renderRefusal(new AppError(code, 'Wrong: do right.'), REQUEST);
    expect(result.statusCode).toBe(ERRORS[code].status);
    expect(JSON.parse(await readBodyText(result.body))).toEqual({
      error: code,
      error_description: 'Wrong: do right.',
      requestId: 'req-1',
    });
  });

  it.each([
    ['invalid_json', -32700],
    ['invalid_request', -32600],
    ['internal_error', -32603],
    ['method_not_allowed', -32000],
  ] as const)('answers %s on an MCP path with JSON-RPC code %i', async (code, rpcCode) => {
    for (const rawPath of ['/', '/mcp']) {
      const result = renderRefusal(new AppError(code, 'Wrong: do right.'), { ...REQUEST, rawPath });
      expect(JSON.parse(await readBodyText(result.body))).toEqual({
        jsonrpc: '2.0',
        error: { code: rpcCode, message: 'Wrong: do right.' },
        id: null,
      });
    }
  });

  it('adds the headers of the refusal', () => {
    const error = new HttpError('method_not_allowed', 'x', { headers: { allow: 'POST' } });
    expect(renderRefusal(error, REQUEST).headers).toEqual({ 'content-type': 'application/json', allow: 'POST' });
  });

  it('shows nothing of an error that belongs to a tool', () => {
    const result = renderRefusal(new AppError('access_denied', 'secret detail'), REQUEST);
    expect(result.statusCode).toBe(500);
    expect(result.body).not.toContain('secret detail');
    expect(result.body).toContain('req-1');
  });
});

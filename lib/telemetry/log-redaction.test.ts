import { describe, expect, it } from 'vitest';
import { fc } from '../../test/support/property.ts';
import { MAX_LOGGED_TEXT_CHARS, redactForLog, redactText } from './log-redaction.ts';

const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl';
const SESSION_ARN = 'arn:aws:sts::111122223333:assumed-role/Reader/olivia@shop.example-0123456789ab';

function redact(value: unknown): string {
  return JSON.stringify(value, redactForLog);
}

describe('redactForLog', () => {
  it.each([
    'authorization',
    'Authorization',
    'Proxy-Authorization',
    'cookie',
    'Set-Cookie',
    'token',
    'id_token',
    'accessToken',
    'sessionToken',
    'X-Amz-Security-Token',
    'secret',
    'client_secret',
    'password',
    'accessKeyId',
    'secretAccessKey',
  ])('hides the value under %s at any depth', (key) => {
    expect(redact({ a: [{ [key]: 'hush' }], [key]: { nested: 'hush' } })).not.toContain('hush');
  });

  it.each(['nextToken', 'tokens', 'author', 'secretary', 'progress_token'])('keeps the value under %s', (key) => {
    expect(redact({ [key]: 'shown' })).toContain('shown');
  });

  it.each([
    ['a bearer token', 'Authorization: Bearer abc.def-ghi', 'abc.def'],
    ['a basic credential', 'basic dXNlcjpwYXNz', 'dXNlcjpwYXNz'],
    ['a JWT', `got ${JWT} from client`, 'eyJ'],
    ['a JWT without signature', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.', 'eyJ'],
    ['a long-lived key id', 'key AKIAIOSFODNN7EXAMPLE used', 'AKIAIOSF'],
    ['a temporary key id', 'ASIAIOSFODNN7EXAMPLE', 'ASIAIOSF'],
    ['a proxy with a password', 'via http://jarvis:p%40ss@proxy:3128/', 'p%40ss'],
    ['a signed URL', 'https://x/?X-Amz-Security-Token=abc%2Fdef&X-Amz-Date=1', 'abc%2Fdef'],
    ['an environment line', 'AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI', 'wJalrX'],
    ['a JSON text', '{"sessionToken":"FwoGZXIvYXdz"}', 'FwoGZX'],
    ['a user in a denial', `User: ${SESSION_ARN} is not authorized`, 'olivia'],
    ['a user in a session id', 'AROAIOSFODNN7EXAMPLE:olivia@shop.example-0123456789ab', 'olivia'],
    [
      'a user that is cut off',
      `${'x'.repeat(MAX_LOGGED_TEXT_CHARS - SESSION_ARN.length + 15)}${SESSION_ARN}`,
      'olivia',
    ],
  ])('hides %s inside a text', (_what, text, secret) => {
    const redacted = redactText(text);
    expect(redacted).not.toContain(secret);
    expect(redacted).toContain('[redacted]');
  });

  it('keeps the hash of a user and the session of a machine', () => {
    expect(redactText(SESSION_ARN)).toBe('arn:aws:sts::111122223333:assumed-role/Reader/[redacted]-0123456789ab');
    const machine = 'arn:aws:sts::111122223333:assumed-role/Reader/eks-cloudwatch-mcp';
    expect(redactText(machine)).toBe(machine);
  });

  it('leaves ordinary text as it is', () => {
    const text = 'GET /mcp/tools?x=1 took 12 ms for alarm HighCPU (eyJ, AKIA)';
    expect(redactText(text)).toBe(text);
  });

  it('cuts a huge text', () => {
    expect(redactText('x'.repeat(5_000_000))).toHaveLength(MAX_LOGGED_TEXT_CHARS + 1);
  });

  it('never lets a JWT through, wherever it stands', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(redactText(`${before} ${JWT} ${after}`)).not.toContain(JWT);
      }),
    );
  });
});

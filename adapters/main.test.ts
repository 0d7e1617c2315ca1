import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { startBundle, startBundleAsLambda } from '../test/support/bundle-process.ts';

const OPEN = { ENABLE_AUTH: 'false', CLOUDWATCH_MCP_PORT: '0' };

describe('the command line', () => {
  it('prints the version', async () => {
    const run = startBundle(['--version']);
    expect(await run.exit).toBe(0);
    expect(run.stdout()).toBe(`${packageJson.version}\n`);
  });

  it('prints help, whatever the configuration', async () => {
    const run = startBundle(['--help'], { CLOUDWATCH_MCP_PORT: 'nonsense' });
    expect(await run.exit).toBe(0);
    expect(run.stdout()).toContain('--stdio');
    expect(run.stderr()).toBe('');
  });

  it.each([['--doctorate'], ['--stdio=yes'], ['serve']])('refuses %s with exit code 2', async (option) => {
    const run = startBundle([option], OPEN);
    expect(await run.exit).toBe(2);
    expect(run.stderr()).toContain(option);
    expect(run.stderr()).toContain('--help');
    expect(run.stdout()).toBe('');
  });
});

describe('a wrong configuration', () => {
  it.each([[[]], [['--stdio']]])(
    'ends the start with every fault, exit code 1 and an empty stdout: %j',
    async (args) => {
      const run = startBundle(args, { ENABLE_AUTH: 'maybe', CLOUDWATCH_MCP_PORT: '99999', AWS_REGION: 'mars-1' });
      expect(await run.exit).toBe(1);
      expect(run.stderr()).toMatch(/CLOUDWATCH_MCP_PORT.*99999/);
      expect(run.stderr()).toMatch(/ENABLE_AUTH.*maybe/);
      expect(run.stderr()).toMatch(/AWS_REGION.*mars-1/);
      expect(run.stderr()).not.toContain('    at ');
      expect(run.stdout()).toBe('');
    },
  );
});

describe('a port that cannot be had', () => {
  const other = createServer();
  beforeAll(() => new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise<unknown>((resolve) => other.close(resolve)));

  it('is named, with what to do', async () => {
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const run = startBundle([], { ...OPEN, CLOUDWATCH_MCP_PORT: String(port) });
    expect(await run.exit).toBe(1);
    expect(run.stderr()).toContain(`127.0.0.1:${port} (EADDRINUSE)`);
    expect(run.stderr()).toContain('CLOUDWATCH_MCP_PORT');
    expect(run.stderr()).not.toContain('    at ');
  });

  it('is refused where the address is not of this machine', async () => {
    const run = startBundle([], { ...OPEN, CLOUDWATCH_MCP_SERVER_HOST: '192.0.2.1' });
    expect(await run.exit).toBe(1);
    expect(run.stderr()).toContain('CLOUDWATCH_MCP_SERVER_HOST');
  });
});

describe('the bundle as a Lambda function', () => {
  const LAMBDA = { ENABLE_AUTH: 'false', ALLOW_UNAUTHENTICATED: 'true' };

  it('exports a handler that answers the documented event', async () => {
    const run = startBundleAsLambda(LAMBDA);
    expect(await run.exit).toBe(0);
    expect(JSON.parse(run.stdout().split('\n').at(-2) ?? '')).toMatchObject({
      statusCode: 200,
      body: { status: 'ok' },
    });
  });

  it('ends the init phase with the faults of its configuration', async () => {
    const run = startBundleAsLambda({ ENABLE_AUTH: 'false' });
    expect(await run.exit).toBe(1);
    expect(run.stderr()).toContain('ALLOW_UNAUTHENTICATED');
  });
});

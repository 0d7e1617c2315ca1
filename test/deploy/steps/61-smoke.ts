/** scripts/deploy/smoke.mjs tells a good server from bad ones. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { findFreePort } from '../../support/free-port.ts';
import { type CommandResult, tryCommand } from '../support/command.ts';
import { createContainers, IMAGE_TAG } from '../support/containers.ts';
import { startLocalAws } from '../support/local-aws.ts';
import type { Step } from '../support/step.ts';
import { waitForStatus } from '../support/wait-for.ts';

const START_MS = 20_000;

export const step: Step = {
  title: 'smoke script',
  needs: ['podman', 'runc'],
  async run(context) {
    const { check, root, onCleanup } = context;
    const smoke = (...args: readonly string[]): Promise<CommandResult> =>
      tryCommand(process.execPath, [join(root, 'scripts/deploy/smoke.mjs'), ...args], { env: { TOKEN: undefined } });
    const containers = await createContainers(context);
    const { env } = await startLocalAws(context);
    const port = await findFreePort();
    const settings = { ...env, ENABLE_AUTH: 'false', CLOUDWATCH_MCP_PORT: String(port) };
    const envArgs = Object.entries(settings).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
    await containers.start(['--network', 'host', ...envArgs, IMAGE_TAG]);
    await waitForStatus(`http://127.0.0.1:${port}/health`, 200, START_MS);

    await check('the container passes', async () => {
      const { code, stdout } = await smoke(`http://127.0.0.1:${port}`);
      assert.equal(code, 0, stdout);
      assert.match(stdout, /^ok {5}MCP tools\/list: \d+ tools$/m);
      assert.match(stdout, /^ok {5}tool list_targets: /m);
    });
    await check('its MCP address does as well', async () => {
      assert.equal((await smoke(`http://127.0.0.1:${port}/mcp`)).code, 0);
    });
    await check('a port where nobody listens fails', async () => {
      const { code, stdout } = await smoke(`http://127.0.0.1:${await findFreePort()}`);
      assert.equal(code, 1);
      assert.match(stdout, /^FAILED GET \/health: .*ECONNREFUSED/m);
    });
    await check('another web server fails', async () => {
      const other = createServer((_request, response) => response.end('<html>hello</html>'));
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      onCleanup(() => other.close());
      const address = other.address();
      const { code } = await smoke(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
      assert.equal(code, 1);
    });
    await check('no address: usage and exit code 1', async () => {
      const { code, stderr } = await smoke();
      assert.equal(code, 1);
      assert.match(stderr, /^Usage: /);
    });
  },
};

/**
 * Runs the bundle under AWS's own runtime interface client, behind a Runtime API and a Function URL on loopback, with the
 * embedded AWS behind it. For looking at the Lambda form by hand; docs/lambda.md has the steps. Open to all unless
 * ENABLE_AUTH=true, which prints a token.
 */
import '../assert-node.mjs';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startLocalAws } from '../../local/stack.ts';
import { createFunctionUrl } from './lambda/function-url.ts';
import { startRuntimeApi } from './lambda/runtime-api.ts';
import { pointAtLocal } from './local-stack.ts';
import { mintUserTokens } from './local-tokens.ts';

const FUNCTION_TIMEOUT_MS = 60_000;

const { values } = parseArgs({
  options: {
    ric: { type: 'string' },
    bundle: { type: 'string', default: join(import.meta.dirname, '..', '..', 'dist') },
    port: { type: 'string', default: '0' },
  },
});
const bundle = resolve(values.bundle);
const client = values.ric === undefined ? undefined : resolve(values.ric, 'index.mjs');
if (client === undefined || !existsSync(client)) {
  console.error(
    'The runtime interface client is not there → install aws-lambda-ric in a folder of its own and pass --ric FOLDER/node_modules/aws-lambda-ric.',
  );
  process.exit(2);
}
if (!existsSync(join(bundle, 'server.mjs'))) {
  console.error(`There is no server.mjs in ${bundle} → npm run build, or pass --bundle FOLDER.`);
  process.exit(2);
}

const local = await startLocalAws();
const enableAuth = process.env.ENABLE_AUTH ?? 'false';
const api = await startRuntimeApi(FUNCTION_TIMEOUT_MS, console.log);
const front = createFunctionUrl(api, console.log);
await new Promise<void>((listening) => front.listen(Number(values.port), '127.0.0.1', listening));

const runtime = spawn(process.execPath, [client, 'server.handler'], {
  cwd: bundle,
  stdio: 'inherit',
  env: {
    ...pointAtLocal({ ...process.env, ENABLE_AUTH: enableAuth }, local),
    ALLOW_UNAUTHENTICATED: 'true',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
    AWS_LAMBDA_FUNCTION_NAME: 'cloudwatch-mcp',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/cloudwatch-mcp',
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_RUNTIME_API: api.address,
    LAMBDA_TASK_ROOT: bundle,
    _HANDLER: 'server.handler',
  },
});
console.log(`Function URL: http://127.0.0.1:${(front.address() as AddressInfo).port}/ (Ctrl-C stops it)`);
if (enableAuth !== 'false') console.log(`A token of olivia:\n${(await mintUserTokens(local)).olivia}`);

runtime.once('exit', (code) => {
  console.log(`The runtime ended with ${code}.`);
  stop();
});
process.once('SIGINT', () => runtime.kill());
process.once('SIGTERM', () => runtime.kill());

function stop(): void {
  front.close();
  front.closeAllConnections();
  api.close();
  void local.close();
}

/** What the entry does, once it is certain that Node is new enough. */

import type { Config } from '../lib/config/config.ts';
import { ConfigError, type Environment, loadConfig, type Transport } from '../lib/config/config.ts';
import { VERSION } from '../lib/version.ts';
import { HELP, parseArguments } from './cli-arguments.ts';
import { composeServer } from './compose.ts';
import { createStreamingHandler, findStreamingRuntime } from './lambda.ts';
import { describeNodeWithoutProxy } from './require-node.ts';

const EXIT_CONFIG = 1;
const EXIT_USAGE = 2;

/** The program as a command. Ends the process where there is nothing to serve. */
export async function runCommand(argv: readonly string[], env: Environment): Promise<void> {
  const parsed = parseArguments(argv);
  if ('fault' in parsed) {
    process.stderr.write(`${parsed.fault}\n`);
    process.exit(EXIT_USAGE);
  }
  switch (parsed.command) {
    case 'help':
      process.stdout.write(HELP);
      return;
    case 'version':
      process.stdout.write(`${VERSION}\n`);
      return;
    case 'doctor': {
      const { examine, readTokenFrom } = await import('./doctor.ts');
      const token = parsed.isTokenOnStdin === true ? await readTokenFrom(process.stdin) : undefined;
      return process.exit(await examine(env, { token, isJson: parsed.isJson === true }));
    }
    case 'stdio': {
      const config = loadConfigOrExit(env, 'stdio');
      const { serveStdio } = await import('./stdio.ts');
      await serveStdio(config);
      return process.exit(0);
    }
    case 'http': {
      const config = loadConfigOrExit(env, 'http');
      const { serveHttp } = await import('./serve-http.ts');
      await serveHttp(config);
    }
  }
}

/**
 * The program as a Lambda function: everything is loaded in the init phase, where the CPU is not throttled.
 * Without a streaming runtime the handler is the pure route.
 */
export async function createHandler(env: Environment): Promise<unknown> {
  const composition = composeServer(loadConfigOrExit(env, 'lambda'));
  for (const warning of composition.config.warnings) composition.logger.warn(warning);
  await composition.warmUp();
  const runtime = findStreamingRuntime(globalThis);
  return runtime === undefined ? composition.route : createStreamingHandler(composition.route, runtime);
}

function loadConfigOrExit(env: Environment, transport: Transport): Config {
  try {
    const config = loadConfig(env, transport);
    const hasProxy = config.httpsProxy !== undefined || config.httpProxy !== undefined;
    const fault = hasProxy ? describeNodeWithoutProxy(process.versions.node) : undefined;
    if (fault === undefined) return config;
    process.stderr.write(`${fault}\n`);
    process.exit(EXIT_CONFIG);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT_CONFIG);
  }
}

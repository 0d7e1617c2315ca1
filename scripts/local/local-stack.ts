/** The server over HTTP and the embedded AWS behind it, in one process, without anything of the caller's AWS set-up. */
import { type Composition, composeServer } from '../../adapters/compose.ts';
import { type HttpServer, startHttpServer } from '../../adapters/node.ts';
import { type Environment, loadConfig } from '../../lib/config/config.ts';
import { AMBIENT_CREDENTIALS, DEFAULT_REGION } from '../../local/scenario.ts';
import type { Scenario } from '../../local/scenarios/scenario.ts';
import { type LocalAws, startLocalAws } from '../../local/stack.ts';
import { mintUserTokens, type UserTokens } from './local-tokens.ts';

/** Where the embedded AWS is, and who gives tokens and roles there. */
export interface LocalPlaces {
  readonly endpoint: string;
  readonly issuer: Pick<LocalAws['issuer'], 'issuer' | 'audience'>;
  readonly roleArns: Readonly<Record<string, string>>;
}

export interface LocalStack {
  readonly server: HttpServer;
  readonly composition: Composition;
  /** Base URL of the MCP server, without a path. */
  readonly url: string;
  readonly local: LocalAws;
  /** Of the sample users; they mean something with authentication on only. */
  readonly tokens: UserTokens;
  /** Lets calls in flight finish, at most for the configured drain time, then ends both servers. */
  close(): Promise<void>;
}

/**
 * Starts both.
 * @param scenario served instead of the shop
 * @param env settings of the server, e.g. CLOUDWATCH_MCP_PORT; AWS variables in it are replaced
 * @throws ConfigError for a wrong setting, the system's error when the port cannot be listened on
 */
export async function startLocalStack(env: Environment, scenario?: Scenario): Promise<LocalStack> {
  const local = await startLocalAws({ ...(scenario !== undefined && { scenario }) });
  try {
    const localEnv = { ...pointAtLocal(env, local), ...(scenario !== undefined && { AWS_REGION: scenario.region }) };
    replaceProcessEnv(localEnv);
    const composition = composeServer(loadConfig(localEnv, 'http'));
    const server = await startHttpServer(composition);
    await composition.warmUp();
    return {
      server,
      composition,
      url: `http://127.0.0.1:${server.address.port}`,
      local,
      tokens: await mintUserTokens(local),
      async close() {
        await drainWithin(server, composition.config.drainTimeoutMs);
        await composition.close();
        await local.close();
      },
    };
  } catch (error) {
    await local.close();
    throw error;
  }
}

/**
 * A profile, a role or an endpoint of the caller's would lead the SDK elsewhere: every AWS variable goes. Authentication
 * is on, by the embedded issuer, unless ENABLE_AUTH says otherwise.
 */
export function pointAtLocal(env: Environment, { endpoint, issuer, roleArns }: LocalPlaces): Environment {
  const others = Object.entries(env).filter(([name]) => !/^(AWS|OIDC)_/.test(name));
  const isOpen = /^(false|0)$/i.test(env.ENABLE_AUTH?.trim() ?? '');
  return {
    ...Object.fromEntries(others),
    ...(!isOpen && {
      AWS_IDENTITY_CENTER_ISSUER: issuer.issuer,
      AWS_IDENTITY_CENTER_CLIENT_ID: issuer.audience,
      AWS_CLOUDWATCH_ROLE_ARN: roleArns.prod,
      AWS_CLOUDWATCH_ROLE_ARNS: JSON.stringify(roleArns),
    }),
    AWS_REGION: DEFAULT_REGION,
    AWS_ACCESS_KEY_ID: AMBIENT_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: AMBIENT_CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_CLOUDWATCH: endpoint,
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: endpoint,
    AWS_ENDPOINT_URL_STS: endpoint,
    AWS_ENDPOINT_URL_CLOUDTRAIL: endpoint,
    AWS_EC2_METADATA_DISABLED: 'true',
    // Not there, so nothing of ~/.aws applies.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}

/** The SDK reads `process.env` by itself, when a client is made. */
function replaceProcessEnv(env: Environment): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  for (const [name, value] of Object.entries(env)) if (value !== undefined) process.env[name] = value;
}

async function drainWithin(server: HttpServer, timeoutMs: number): Promise<void> {
  const timer = setTimeout(() => server.destroy(), timeoutMs);
  await server.drain();
  clearTimeout(timer);
}

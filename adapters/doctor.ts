/** The doctor as a command: real sockets, real clock, text on stdout, exit code 0 or 1. */
import { createAmbientClientPool } from '../lib/aws/client-pool.ts';
import { createPorts } from '../lib/aws/create-ports.ts';
import { createTargets } from '../lib/aws/targets.ts';
import type { Config, Environment } from '../lib/config.ts';
import { runDoctor } from '../lib/doctor/run-doctor.ts';
import { REGIONS } from '../lib/domain/regions.ts';
import { VERSION } from '../lib/version.ts';

const TIMEOUT_MS = 15_000;

/** Resolves with whether nothing wrong was found. */
export async function examine(env: Environment): Promise<boolean> {
  const pool = createAmbientClientPool();
  const { text, isHealthy } = await runDoctor({
    env,
    title: `cloudwatch-mcp ${VERSION} on Node ${process.versions.node}`,
    openPorts: (config) => createPorts(pool, createTargets(config).one({})),
    readAwsClock: (config, signal) => readClock(findStsEndpoint(config, env), signal),
    clock: Date.now,
    timeoutMs: TIMEOUT_MS,
  });
  process.stdout.write(text);
  pool.close();
  return isHealthy;
}

/** Where the SDK would ask, as far as the time of day is concerned. */
function findStsEndpoint({ region }: Config, env: Environment): string {
  const suffix = REGIONS[region] === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return env.AWS_ENDPOINT_URL_STS ?? env.AWS_ENDPOINT_URL ?? `https://sts.${region}.${suffix}`;
}

/** Any answer has the time, a refusal too. */
async function readClock(url: string, signal: AbortSignal): Promise<number | undefined> {
  try {
    const response = await fetch(url, { method: 'HEAD', redirect: 'manual', signal });
    const date = response.headers.get('date');
    return date === null ? undefined : Date.parse(date);
  } catch {
    return undefined;
  }
}

/**
 * `npm run local [-- --scenario FILE|NAME]`: starts the embedded AWS (CloudWatch, Logs, STS, CloudTrail) and its OIDC issuer on loopback (PORT and ISSUER_PORT,
 * 0 = free), prints one JSON line and stays.
 */
import { AMBIENT_CREDENTIALS, DEFAULT_REGION } from '../../local/scenario.ts';
import { startLocalAws } from '../../local/stack.ts';
import { mintUserTokens } from './local-tokens.ts';
import { loadOrExit } from './scenario-option.ts';
import { whenParentEnds } from './when-parent-ends.ts';

const scenario = await loadOrExit(process.argv.slice(2), process.env, Date.now());
const local = await startLocalAws({
  port: readPort('PORT'),
  issuerPort: readPort('ISSUER_PORT'),
  ...(scenario !== undefined && { scenario }),
});
const { endpoint, issuer, roleArns, accounts, world } = local;
const line = {
  anchor: new Date(world.anchorEpochMs).toISOString(),
  ...(scenario !== undefined && { scenario: scenario.name }),
  endpoint,
  endpoints: { cloudwatch: endpoint, logs: endpoint, sts: endpoint, cloudtrail: endpoint },
  region: scenario?.region ?? DEFAULT_REGION,
  accounts,
  issuer: issuer.issuer,
  audience: issuer.audience,
  roleArn: roleArns.prod,
  tokens: await mintUserTokens(local),
  credentials: AMBIENT_CREDENTIALS,
};
process.stdout.write(`${JSON.stringify(line)}\n`);
const stop = (): void => void local.close();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
whenParentEnds(stop);

function readPort(name: string): number {
  const text = process.env[name] ?? '0';
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Error(`${name}=${text} is not a port → give a number from 0 (a free port) to 65535`);
}

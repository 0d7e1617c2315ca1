/**
 * `npm run local`: starts the embedded AWS (CloudWatch, Logs, STS) and its OIDC issuer on loopback (PORT and ISSUER_PORT,
 * 0 = free), prints one JSON line and stays.
 */
import { ACCOUNTS, type AccountAlias, AMBIENT_CREDENTIALS, DEFAULT_REGION } from '../../local/scenario.ts';
import { startLocalAws } from '../../local/stack.ts';
import { mintUserTokens } from './local-tokens.ts';
import { whenParentEnds } from './when-parent-ends.ts';

const local = await startLocalAws({ port: readPort('PORT'), issuerPort: readPort('ISSUER_PORT') });
const { endpoint, issuer, roleArns } = local;
const aliases = Object.keys(ACCOUNTS) as AccountAlias[];
const line = {
  endpoint,
  endpoints: { cloudwatch: endpoint, logs: endpoint, sts: endpoint },
  region: DEFAULT_REGION,
  accounts: Object.fromEntries(aliases.map((alias) => [alias, { id: ACCOUNTS[alias].id, roleArn: roleArns[alias] }])),
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

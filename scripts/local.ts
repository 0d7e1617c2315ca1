import { ACCOUNTS, AMBIENT_CREDENTIALS, DEFAULT_REGION } from '../local/scenario.ts';
import { startLocalCloudWatch } from '../local/server.ts';

/** `npm run local`: starts the embedded CloudWatch on loopback (PORT, 0 = free), prints one JSON line and stays. */
const local = await startLocalCloudWatch({ port: readPort(process.env.PORT) });
const accounts = Object.fromEntries(Object.entries(ACCOUNTS).map(([alias, { id }]) => [alias, { id }]));
const line = {
  endpoint: local.endpoint,
  endpoints: { cloudwatch: local.endpoint, logs: local.endpoint, sts: local.endpoint },
  region: DEFAULT_REGION,
  accounts,
  credentials: AMBIENT_CREDENTIALS,
};
process.stdout.write(`${JSON.stringify(line)}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void local.close());

function readPort(text: string | undefined): number {
  const port = Number(text ?? '0');
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Error(`PORT=${text} is not a port → give a number from 0 (a free port) to 65535`);
}

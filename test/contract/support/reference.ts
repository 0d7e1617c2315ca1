/** The answers that foreign clients are compared with: those of the AWS SDK for JavaScript, which the program itself uses. */
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as sts from '@aws-sdk/client-sts';
import { AMBIENT_CREDENTIALS, DEFAULT_REGION } from '../../../local/scenario.ts';
import type { ContractAnswer } from './answers.ts';
import type { ContractRequest } from './requests.ts';

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

type AnyClient = { send(command: never): Promise<object> };
type AnyCommand = new (input: object) => never;

/** Asks everything in order. Placeholders are filled from earlier answers, as each client does for itself. */
export async function askReference(endpoint: string, requests: readonly ContractRequest[]): Promise<ContractAnswer[]> {
  const options = { endpoint, region: DEFAULT_REGION, credentials: AMBIENT_CREDENTIALS, maxAttempts: 1 };
  const services: Record<string, { client: AnyClient; commands: object }> = {
    cloudwatch: { client: new cloudwatch.CloudWatchClient(options), commands: cloudwatch },
    logs: { client: new logs.CloudWatchLogsClient(options), commands: logs },
    sts: { client: new sts.STSClient(options), commands: sts },
  };
  const seen: Record<string, string> = {};
  const answers: ContractAnswer[] = [];
  for (const { service, operation, input } of requests) {
    const { client, commands } = services[service] ?? {};
    const Command = Reflect.get(commands ?? {}, `${operation}Command`) as AnyCommand;
    try {
      const output = (await client?.send(new Command(fill(input, seen) as object))) ?? {};
      remember(output, seen);
      answers.push({ output });
    } catch (error) {
      answers.push({ error: error instanceof Error ? error.name : String(error) });
    }
  }
  return answers;
}

function fill(value: unknown, seen: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return value.startsWith('$') ? seen[value] : ISO.test(value) ? new Date(value) : value;
  if (Array.isArray(value)) return value.map((item) => fill(item, seen));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fill(member, seen)]));
}

/** The last query id, log stream and record pointer of the answers so far. */
function remember(output: object, seen: Record<string, string>): void {
  const text = JSON.stringify(output);
  const found = {
    $queryId: /"queryId":"([^"]+)"/.exec(text)?.[1],
    $stream: /"logStreamName":"([^"]+)"/.exec(text)?.[1],
    $pointer: /"field":"@ptr","value":"([^"]+)"/.exec(text)?.[1],
  };
  for (const [name, value] of Object.entries(found)) if (value !== undefined) seen[name] ??= value;
}

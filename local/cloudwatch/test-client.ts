import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { AMBIENT_CREDENTIALS } from '../scenario.ts';
import type { LocalCloudWatch } from '../server.ts';

/** The real client against a started server, without retries so that each refusal is seen. */
export function createTestClient(
  local: LocalCloudWatch,
  region = 'us-east-1',
  credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } = AMBIENT_CREDENTIALS,
): CloudWatchClient {
  return new CloudWatchClient({ endpoint: local.endpoint, region, credentials, maxAttempts: 1 });
}

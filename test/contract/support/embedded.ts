/** An embedded CloudWatch for foreign clients: at a fixed time, so that the same question has the same answer. */
import { AMBIENT_CREDENTIALS, DEFAULT_REGION } from '../../../local/scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from '../../../local/server.ts';

export interface Embedded {
  readonly local: LocalCloudWatch;
  /** The time of its data. */
  readonly anchorEpochMs: number;
  /** For child processes: AWS's own variables, and nothing of the caller's set-up. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

export async function startEmbedded(): Promise<Embedded> {
  const anchorEpochMs = Math.floor(Date.now() / 60_000) * 60_000;
  const local = await startLocalCloudWatch({
    nowEpochMs: () => anchorEpochMs,
    queryTiming: { queryDurationMs: () => 0 },
  });
  return { local, anchorEpochMs, env: describeEnvironment(local.endpoint) };
}

export function describeEnvironment(endpoint: string): Readonly<Record<string, string | undefined>> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: DEFAULT_REGION,
    AWS_DEFAULT_REGION: DEFAULT_REGION,
    AWS_ACCESS_KEY_ID: AMBIENT_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: AMBIENT_CREDENTIALS.secretAccessKey,
    AWS_SESSION_TOKEN: undefined,
    AWS_PROFILE: undefined,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
    AWS_PAGER: '',
  };
}

/** The embedded CloudWatch for programs in containers, and the variables that lead them there. */
import { request } from 'node:http';
import { AMBIENT_CREDENTIALS, DEFAULT_REGION } from '../../../local/scenario.ts';
import { type LocalCloudWatch, startLocalCloudWatch } from '../../../local/server.ts';
import type { StepContext } from './step.ts';

export interface LocalAws {
  readonly local: LocalCloudWatch;
  readonly env: Readonly<Record<string, string>>;
}

export async function startLocalAws({ onCleanup }: Pick<StepContext, 'onCleanup'>): Promise<LocalAws> {
  const local = await startLocalCloudWatch();
  onCleanup(() => local.close());
  const env = {
    AWS_REGION: DEFAULT_REGION,
    AWS_ACCESS_KEY_ID: AMBIENT_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: AMBIENT_CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL: local.endpoint,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  return { local, env };
}

export interface ToolAnswer {
  readonly status: number;
  readonly isError?: boolean;
  readonly content?: readonly { readonly text: string }[];
}

/** The guide's curl. */
export async function callTool(
  base: string,
  name: string,
  args: Readonly<Record<string, unknown>>,
): Promise<ToolAnswer> {
  const response = await fetch(`${base}/mcp/tools/call`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, arguments: args }),
  });
  return { ...((await response.json()) as object), status: response.status };
}

/** A tool call with a Host header of its own, which fetch does not allow. Resolves with the status. */
export function postWithHost(url: string, host: string): Promise<number> {
  const body = JSON.stringify({ name: 'list_targets', arguments: {} });
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      { method: 'POST', headers: { host, 'content-type': 'application/json' } },
      (response) => {
        response.resume();
        response.once('end', () => resolve(response.statusCode ?? 0));
      },
    );
    asked.once('error', reject);
    asked.end(body);
  });
}

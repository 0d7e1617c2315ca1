/** The embedded CloudWatch for programs in containers, and the variables that lead them there. */
import { request } from 'node:http';
import { AMBIENT_CREDENTIALS, DEFAULT_REGION } from '../../../local/scenario.ts';
import { type LocalAws as LocalStack, startLocalAws as startLocalStack } from '../../../local/stack.ts';
import type { StepContext } from './step.ts';

export interface LocalAws {
  readonly local: LocalStack;
  /** Leads the SDK there, as the process's own identity. */
  readonly env: Readonly<Record<string, string>>;
  /** What the secret of the namespace holds. */
  readonly secret: Readonly<Record<string, string>>;
}

export async function startLocalAws({ onCleanup }: Pick<StepContext, 'onCleanup'>): Promise<LocalAws> {
  const local = await startLocalStack();
  onCleanup(() => local.close());
  const env = {
    AWS_REGION: DEFAULT_REGION,
    AWS_ACCESS_KEY_ID: AMBIENT_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: AMBIENT_CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL: local.endpoint,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const secret = {
    AWS_IDENTITY_CENTER_ISSUER: local.issuer.issuer,
    AWS_IDENTITY_CENTER_CLIENT_ID: local.issuer.audience,
    AWS_CLOUDWATCH_ROLE_ARN: local.roleArns.prod,
  };
  return { local, env, secret };
}

export interface ToolAnswer {
  readonly status: number;
  readonly isError?: boolean;
  readonly content?: readonly { readonly text: string }[];
}

/** The guide's curl; with a token if there is one. */
export async function callTool(
  base: string,
  name: string,
  args: Readonly<Record<string, unknown>>,
  token?: string,
): Promise<ToolAnswer> {
  const response = await fetch(`${base}/mcp/tools/call`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
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

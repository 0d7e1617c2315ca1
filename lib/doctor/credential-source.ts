/** Where the AWS SDK will look first for the credentials of the process. The order is that of its default chain. */
import type { Environment } from '../config/config.ts';

const SOURCES: readonly (readonly [variable: string, source: string])[] = [
  ['AWS_ACCESS_KEY_ID', 'the key pair of the environment (AWS_ACCESS_KEY_ID)'],
  ['AWS_PROFILE', 'the profile of AWS_PROFILE'],
  ['AWS_WEB_IDENTITY_TOKEN_FILE', 'the token of the service account, IRSA (AWS_WEB_IDENTITY_TOKEN_FILE)'],
  ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'EKS Pod Identity (AWS_CONTAINER_CREDENTIALS_FULL_URI)'],
  ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'the role of the task (AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)'],
];

export function describeCredentialSource(env: Environment): string {
  const source = SOURCES.find(([variable]) => (env[variable] ?? '') !== '')?.[1];
  return source === undefined
    ? 'No variable names AWS credentials for this process: the SDK tries its files and the instance metadata.'
    : `The AWS credentials of this process come from ${source}.`;
}

/** Why a call to AWS failed → for the operator: the reason, whose role and which provider it is about, and the next command. */
import type { Config } from '../config/config.ts';
import { findProxy, type ProxyConfig } from '../config/proxy.ts';
import { isAppError } from '../errors.ts';
import { type Endpoint, hostOf } from './endpoints.ts';
import { explainNetwork } from './explain-network.ts';
import type { Finding, Reason } from './finding.ts';
import { findNetworkFault } from './network-reason.ts';

export interface AwsPlace {
  readonly config: Pick<Config, 'podNamespace' | 'roles' | 'issuers' | 'region'> & ProxyConfig;
  readonly endpoint: Endpoint;
  /** Issuer of the token that was exchanged; undefined where the process asked as itself. */
  readonly issuer?: string | undefined;
}

type Explained = Required<Pick<Finding, 'text' | 'reason' | 'next'>>;

export function explainAws(error: unknown, place: AwsPlace): Explained {
  const { config, endpoint } = place;
  const namespace = config.podNamespace ?? '<namespace>';
  const fault = findNetworkFault(error);
  if (fault !== undefined) {
    const { service, region, url } = endpoint;
    return explainNetwork(fault, { namespace, region, host: hostOf(url), service, proxy: findProxy(url, config) });
  }
  const reason = findReason(error);
  const role = config.roles[0]?.roleArn;
  const roleName = role?.split('/').at(-1) ?? '<role>';
  const provider = describeProvider(role, place.issuer);
  const name = nameOf(error);
  switch (reason) {
    case 'no_credentials':
      // Outside of a cluster it is somebody's own machine: which of its files has no credentials is told already.
      if (config.podNamespace === undefined && isAppError(error))
        return { reason, text: error.publicMessage, next: 'aws configure list' };
      return {
        reason,
        text: 'this process has no AWS credentials → give the pod a role (docs/irsa.md), or use the mode web-identity.',
        next: `kubectl describe serviceaccount cloudwatch-mcp-sa -n ${namespace}`,
      };
    case 'role_denied':
      return {
        reason,
        text: `AWS does not let it assume ${role ?? 'the role'}${name} → let the role's trust policy name ${provider ?? 'the role of the pod'} and the audience of the token.`,
        next: `aws iam get-role --role-name ${roleName} --query Role.AssumeRolePolicyDocument`,
      };
    case 'provider_refused':
      return {
        reason,
        text: `AWS does not accept tokens of ${provider ?? 'this issuer'} for ${role ?? 'the role'}${name} → compare issuer and client ids of that provider with the token's.`,
        next: `aws iam get-open-id-connect-provider --open-id-connect-provider-arn ${provider ?? '<provider>'}`,
      };
    case 'access_denied':
      return {
        reason,
        text: `AWS denies ${actionOf(error)} to ${role ?? 'the role of this process'}${name} → give it iam/permissions-policy.json; a policy of the VPC endpoint may deny as well.`,
        next: `aws iam put-role-policy --role-name ${roleName} --policy-name CloudWatchMCP --policy-document file://iam/permissions-policy.json`,
      };
    case 'credentials_refused':
      return {
        reason,
        text: `AWS does not accept the credentials, or the way they are asked for${name} → check keys, role, session duration, external id and the clock.`,
        next: `kubectl set env deploy/cloudwatch-mcp --list -n ${namespace}`,
      };
    case 'throttled':
      return { reason, text: `AWS throttles${name} → run this again in a moment.`, next: 'node server.mjs --doctor' };
    default:
      return {
        reason,
        text: `AWS fails at ${hostOf(endpoint.url)}${name} → look at the AWS Health Dashboard, then run this again.`,
        next: 'node server.mjs --doctor',
      };
  }
}

const REASONS: Readonly<Record<string, Reason>> = {
  role_denied: 'role_denied',
  role_rejected: 'provider_refused',
  access_denied: 'access_denied',
  aws_config: 'credentials_refused',
  auth_token_expired: 'credentials_refused',
  throttled: 'throttled',
  limit_exceeded: 'throttled',
};

function findReason(error: unknown): Reason {
  if (!isAppError(error)) return 'other';
  if (error.details.awsError === 'CredentialsProviderError') return 'no_credentials';
  return REASONS[error.code] ?? 'other';
}

/** AWS's own name of the error; its text stays in the log of a debugger. */
function nameOf(error: unknown): string {
  const name = isAppError(error) ? error.details.awsError : undefined;
  return typeof name === 'string' ? ` (AWS: ${name})` : '';
}

function actionOf(error: unknown): string {
  const action = isAppError(error) ? error.details.action : undefined;
  return typeof action === 'string' ? action : 'the call';
}

/** ARN of the IAM identity provider that the role's account must have for the issuer. */
function describeProvider(role: string | undefined, issuer: string | undefined): string | undefined {
  if (role === undefined || issuer === undefined) return undefined;
  const [, partition = 'aws', , , account = ''] = role.split(':');
  return `arn:${partition}:iam::${account}:oidc-provider/${issuer.replace(/^https?:\/\//, '')}`;
}

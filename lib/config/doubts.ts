/** What is allowed, but worth a sentence in the log at the start. */
import { chooseCredentialMode } from './credential-mode.ts';
import { isAuthOn, type RawEnvironment } from './raw-settings.ts';
import { isLoopbackHost } from './url-rules.ts';

const MAX_NAMED = 5;
const MAX_NAMED_CHARS = 60;

const IDENTITY_VARIABLES = [
  'AWS_IDENTITY_CENTER_ISSUER',
  'OIDC_ISSUER',
  'AWS_IDENTITY_CENTER_CLIENT_ID',
  'OIDC_CLIENT_ID',
  'AWS_CLOUDWATCH_ROLE_ARN',
  'AWS_CLOUDWATCH_ROLE_ARNS',
];

export function findDoubts(environment: RawEnvironment): string[] {
  return [...findIdentityDoubts(environment), ...findProxyDoubts(environment)];
}

function findProxyDoubts({ raw, isGiven }: RawEnvironment): string[] {
  const ignored = raw.noProxy?.ignored ?? [];
  const doubts: string[] = [];
  if (ignored.length > 0) {
    const named = ignored.slice(0, MAX_NAMED).map((entry) => JSON.stringify(entry.slice(0, MAX_NAMED_CHARS)));
    doubts.push(
      `NO_PROXY holds what is no name, address, range or IPv4 network and has no effect: ${named.join(', ')}${ignored.length > MAX_NAMED ? ` and ${ignored.length - MAX_NAMED} more` : ''}`,
    );
  }
  if (isGiven('NODE_USE_ENV_PROXY')) {
    doubts.push(
      'NODE_USE_ENV_PROXY set, which this program does not need: with it Node asks for instance metadata through HTTP_PROXY, unless NO_PROXY names 169.254.169.254',
    );
  }
  return doubts;
}

function findIdentityDoubts(environment: RawEnvironment): string[] {
  const { raw, transport, isGiven } = environment;
  const { host = '' } = raw;
  if (isAuthOn(environment)) {
    const isRoleIdle = chooseCredentialMode(environment) === 'ambient' && isGiven('AWS_CLOUDWATCH_ROLE_ARN');
    return isRoleIdle
      ? ['AWS_CLOUDWATCH_ROLE_ARN set, but AWS_CREDENTIAL_MODE=ambient never assumes it: all users share one identity']
      : [];
  }
  const doubts: string[] = [];
  const isLocal = host === '::1' || isLoopbackHost(host);
  if (transport === 'http' && !isLocal) {
    doubts.push(
      `ENABLE_AUTH=false on ${host}: everybody who reaches this port uses the AWS credentials of this process`,
    );
  }
  const unused = IDENTITY_VARIABLES.filter(isGiven);
  if (unused.length > 0) {
    doubts.push(
      `${unused.join(', ')} set, but without authentication the ambient AWS credentials are used as they are`,
    );
  }
  return doubts;
}

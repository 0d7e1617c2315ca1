/** What is allowed, but worth a sentence in the log at the start. */
import { chooseCredentialMode } from './credential-mode.ts';
import { isAuthOn, type RawEnvironment } from './raw-settings.ts';
import { isLoopbackHost } from './url-rules.ts';

const IDENTITY_VARIABLES = [
  'AWS_IDENTITY_CENTER_ISSUER',
  'OIDC_ISSUER',
  'AWS_IDENTITY_CENTER_CLIENT_ID',
  'OIDC_CLIENT_ID',
  'AWS_CLOUDWATCH_ROLE_ARN',
  'AWS_CLOUDWATCH_ROLE_ARNS',
];

export function findDoubts(environment: RawEnvironment): string[] {
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

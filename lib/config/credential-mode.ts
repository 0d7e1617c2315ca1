/** Which credentials a call is made with, and the settings that do not go together with that. Never two modes at once. */
import { isAuthOn, type RawEnvironment } from './raw-settings.ts';
import { collectRoles } from './roles.ts';

/**
 * `web-identity`: the user's token → the role. `assume-role`: the process's own identity → the role, with the user as
 * session tags and source identity. `ambient`: the process's identity as it is. Never one instead of another.
 */
export type CredentialMode = 'web-identity' | 'assume-role' | 'ambient';

/** Role chaining: a role that was assumed with a role lives an hour at most (AssumeRole, STS API Reference). */
const MAX_CHAINED_SECONDS = 3_600;

export function chooseCredentialMode(environment: RawEnvironment): CredentialMode {
  const { raw } = environment;
  const hasRole = collectRoles(raw).length > 0;
  return raw.credentialMode ?? (isAuthOn(environment) && hasRole ? 'web-identity' : 'ambient');
}

export function findCredentialFaults(environment: RawEnvironment): string[] {
  const { raw, isGiven } = environment;
  // With a mode that could not be read, every comparison below would be a guess.
  if (isGiven('AWS_CREDENTIAL_MODE') && raw.credentialMode === undefined) return [];
  const mode = chooseCredentialMode(environment);
  const hasAuth = isAuthOn(environment);
  const hasRole = isGiven('AWS_CLOUDWATCH_ROLE_ARN') || isGiven('AWS_CLOUDWATCH_ROLE_ARNS');
  const faults: string[] = [];

  if (!hasRole && mode !== 'ambient') {
    faults.push(`AWS_CLOUDWATCH_ROLE_ARN is missing: AWS_CREDENTIAL_MODE ${mode} needs a role`);
  } else if (!hasRole && hasAuth && raw.credentialMode === undefined) {
    faults.push(
      'AWS_CLOUDWATCH_ROLE_ARN is missing: name the role that users assume, or set AWS_CREDENTIAL_MODE=ambient to serve them all with the credentials of this process',
    );
  }
  if (mode !== 'ambient' && !hasAuth) {
    faults.push(
      `AWS_CREDENTIAL_MODE ${mode} needs a user, and without authentication there is none: switch ENABLE_AUTH on (HTTP only), or set AWS_CREDENTIAL_MODE=ambient`,
    );
  }
  if (isGiven('AWS_CLOUDWATCH_EXTERNAL_ID') && mode !== 'assume-role') {
    faults.push(
      `AWS_CLOUDWATCH_EXTERNAL_ID is for AWS_CREDENTIAL_MODE=assume-role only, but the mode is ${mode}: remove one of them`,
    );
  }
  if (mode === 'assume-role' && (raw.sessionDurationSeconds ?? 0) > MAX_CHAINED_SECONDS) {
    faults.push(
      `AWS_SESSION_DURATION_SECONDS is ${raw.sessionDurationSeconds}, but a role assumed by a role lives at most ${MAX_CHAINED_SECONDS} seconds: lower it`,
    );
  }
  if (mode === 'ambient' && isGiven('AWS_SESSION_POLICY')) {
    faults.push('AWS_SESSION_POLICY narrows nothing with ambient credentials: remove it, or use a role');
  }
  if (raw.credentialMode === 'ambient' && isGiven('AWS_CLOUDWATCH_ROLE_ARNS')) {
    faults.push(
      'AWS_CLOUDWATCH_ROLE_ARNS names roles that AWS_CREDENTIAL_MODE=ambient never assumes: remove one of them',
    );
  }
  return faults;
}

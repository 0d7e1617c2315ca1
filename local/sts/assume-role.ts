/** AssumeRole and AssumeRoleWithWebIdentity: who may take which role is decided by the role's trust policy alone. */
import type { AssumeRoleCommandInput, AssumeRoleWithWebIdentityCommandInput } from '@aws-sdk/client-sts';
import { type AwsServiceError, awsError, type Operation, type OperationContext } from '../types.ts';
import type { CredentialStore } from '../wire/credential-store.ts';
import { type CheckedSession, checkSession, checkTags, checkText } from './check-input.ts';
import { type MintedSession, mintSession } from './mint-credentials.ts';
import type { IdentityProvider, LocalRole, PrincipalTrust } from './role.ts';
import { verifyWebIdentity } from './verify-web-identity.ts';

/** Of a role that was assumed with credentials of another role (IAM: role chaining). */
const MAX_CHAINED_SECONDS = 3_600;
/** Policy and tags are packed by AWS into a space of its own; this stands for it, in characters. */
const MAX_PACKED_CHARS = 2_500;

export interface StsSetup {
  readonly roles: readonly LocalRole[];
  readonly providers: readonly IdentityProvider[];
  readonly credentials: CredentialStore;
  /** Clock of tokens and credentials. */
  readonly nowEpochMs: () => number;
}

export function createAssumeRoleWithWebIdentity(setup: StsSetup): Operation {
  return async (input: AssumeRoleWithWebIdentityCommandInput) => {
    const session = checkSession(input);
    const token = input.WebIdentityToken ?? '';
    const identity = await verifyWebIdentity(token, setup.providers, setup.nowEpochMs());
    const role = setup.roles.find(({ arn }) => arn === session.roleArn);
    const isTrusted = role?.webIdentities.some(
      ({ issuer, audience, subjects }) =>
        issuer === identity.issuer && audience === identity.audience && subjects.includes(identity.subject),
    );
    if (role === undefined || isTrusted !== true)
      throw denied('Not authorized to perform sts:AssumeRoleWithWebIdentity');
    return {
      ...startSession(session, role, 0, setup),
      SubjectFromWebIdentityToken: identity.subject,
      Provider: identity.issuer,
      Audience: identity.audience,
    };
  };
}

export function createAssumeRole(setup: StsSetup): Operation {
  return (input: AssumeRoleCommandInput, context: OperationContext) => {
    const session = checkSession(input);
    const tags = checkTags(input.Tags ?? []);
    const sourceIdentity =
      input.SourceIdentity === undefined ? undefined : checkText('sourceIdentity', input.SourceIdentity);
    const externalId = input.ExternalId === undefined ? undefined : checkText('externalId', input.ExternalId);
    const role = setup.roles.find(({ arn }) => arn === session.roleArn);
    const isTrusted = role?.principals.some((trust) => isMet(trust, context.principalArn, externalId, tags));
    if (role === undefined || isTrusted !== true) {
      throw denied(
        `User: ${context.principalArn} is not authorized to perform: sts:AssumeRole on resource: ${session.roleArn}`,
      );
    }
    if (context.principalArn.includes(':assumed-role/') && session.durationSeconds > MAX_CHAINED_SECONDS) {
      throw awsError(
        'ValidationError',
        'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
      );
    }
    const tagChars = [...tags].reduce((sum, [key, value]) => sum + key.length + value.length, 0);
    return {
      ...startSession(session, role, tagChars, setup),
      ...(sourceIdentity !== undefined && { SourceIdentity: sourceIdentity }),
    };
  };
}

function isMet(
  trust: PrincipalTrust,
  principalArn: string,
  externalId: string | undefined,
  tags: ReadonlyMap<string, string>,
): boolean {
  const hasTags = Object.entries(trust.requestTags ?? {}).every(([key, values]) =>
    values.includes(tags.get(key) ?? ''),
  );
  return trust.principalArn === principalArn && trust.externalId === externalId && hasTags;
}

function startSession(
  session: CheckedSession,
  role: LocalRole,
  tagChars: number,
  setup: StsSetup,
): MintedSession & { readonly PackedPolicySize?: number } {
  if (session.durationSeconds > role.maxSessionSeconds) {
    throw awsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  const packedPercent = Math.ceil((100 * ((session.policy?.length ?? 0) + tagChars)) / MAX_PACKED_CHARS);
  if (packedPercent > 100) {
    throw awsError(
      'PackedPolicyTooLargeException',
      `Packed size of session policy and tags consumes ${packedPercent}% of allotted space.`,
    );
  }
  const minted = mintSession(session, setup.credentials, setup.nowEpochMs());
  return packedPercent === 0 ? minted : { ...minted, PackedPolicySize: packedPercent };
}

function denied(message: string): AwsServiceError {
  return awsError('AccessDeniedException', message);
}

/**
 * A user → short-lived AWS credentials for one role: the user's token by AssumeRoleWithWebIdentity, or the process's
 * own identity by AssumeRole with the user as session tags and source identity. Which of the two is configured once.
 */
import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, type Credentials, STSClient } from '@aws-sdk/client-sts';
import type { Caller } from '../../auth/principal.ts';
import type { CredentialMode } from '../../config/credential-mode.ts';
import type { RoleSettings } from '../../config/roles.ts';
import { readStrictly } from '../answers/read-strictly.ts';
import { UnreadableAnswer } from '../answers/unreadable-answer.ts';
import { clientBase } from '../client-base.ts';
import type { AwsCredentials } from './aws-credentials.ts';
import { type ClientOverrides, MAX_STS_BYTES } from './session-clients.ts';
import { toSessionName, toSessionTags } from './session-name.ts';
import type { CredentialSettings } from './settings.ts';
import { translateStsError } from './translate-sts-error.ts';

/** Repetitions included; a tool call has more time than this. */
const EXCHANGE_TIMEOUT_MS = 15_000;
const MAX_ATTEMPTS = 3;

export interface ExchangeSettings extends CredentialSettings {
  readonly credentialMode: Exclude<CredentialMode, 'ambient'>;
}

export interface StsExchange {
  /** @throws AppError only; nothing of the token or of STS's own text is in it. */
  openSession(role: RoleSettings, caller: Caller): Promise<AwsCredentials>;
}

export function createStsExchange(settings: ExchangeSettings, overrides: ClientOverrides = {}): StsExchange {
  const { credentialMode: mode, stsRegion } = settings;
  const base = { ...clientBase(stsRegion, overrides), maxAttempts: MAX_ATTEMPTS };
  const own = mode === 'web-identity' ? NO_CREDENTIALS : ownCredentials(overrides);
  const sts = readStrictly(new STSClient({ ...base, ...own }), MAX_STS_BYTES);

  async function ask(role: RoleSettings, { principal, token }: Caller, signal: AbortSignal) {
    const session = {
      RoleArn: role.roleArn,
      RoleSessionName: toSessionName(principal),
      DurationSeconds: settings.sessionDurationSeconds,
      ...(settings.sessionPolicy !== undefined && { Policy: settings.sessionPolicy }),
    };
    const options = { abortSignal: signal };
    if (mode === 'web-identity') {
      return sts.send(new AssumeRoleWithWebIdentityCommand({ ...session, WebIdentityToken: token }), options);
    }
    const asUser = {
      SourceIdentity: toSessionName(principal),
      Tags: [...toSessionTags(principal)],
      ...(settings.externalId !== undefined && { ExternalId: settings.externalId }),
    };
    return sts.send(new AssumeRoleCommand({ ...session, ...asUser }), options);
  }

  return {
    async openSession(role, caller) {
      try {
        const { Credentials: credentials } = await ask(role, caller, AbortSignal.timeout(EXCHANGE_TIMEOUT_MS));
        return toAwsCredentials(credentials);
      } catch (error) {
        throw translateStsError(error, { mode, account: role.alias });
      }
    },
  };
}

/** The token alone is the proof: whatever the process has of its own must not stand in for it. */
const NO_CREDENTIALS = {
  credentials: async (): Promise<never> => {
    throw new Error('A web identity is exchanged without credentials.');
  },
};

function ownCredentials({ credentials }: ClientOverrides) {
  return credentials === undefined ? {} : { credentials };
}

function toAwsCredentials(credentials: Credentials | undefined): AwsCredentials {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || Expiration === undefined) {
    throw new UnreadableAnswer('STS answered without credentials.');
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiresEpochMs: Expiration.getTime(),
  };
}

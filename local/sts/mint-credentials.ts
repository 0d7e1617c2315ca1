import { randomBytes } from 'node:crypto';
import type { CredentialStore } from '../wire/credential-store.ts';
import type { CheckedSession } from './check-input.ts';

const KEY_ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export interface MintedSession {
  readonly Credentials: {
    readonly AccessKeyId: string;
    readonly SecretAccessKey: string;
    readonly SessionToken: string;
    readonly Expiration: Date;
  };
  readonly AssumedRoleUser: { readonly AssumedRoleId: string; readonly Arn: string };
}

/** Makes credentials for a session of a role, and lets the service accept them until they expire. */
export function mintSession(session: CheckedSession, credentials: CredentialStore, nowEpochMs: number): MintedSession {
  const { accountId, roleName, sessionName, durationSeconds } = session;
  const expiresEpochMs = nowEpochMs + durationSeconds * 1_000;
  const keys = {
    accessKeyId: `ASIA${randomKeyPart()}`,
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: `FwoGZXIvYXdz${randomBytes(240).toString('base64')}`,
  };
  const principalArn = `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`;
  credentials.add({ ...keys, expiresEpochMs, account: accountId, principalArn, sessionName });
  return {
    Credentials: {
      AccessKeyId: keys.accessKeyId,
      SecretAccessKey: keys.secretAccessKey,
      SessionToken: keys.sessionToken,
      // The service tells whole seconds.
      Expiration: new Date(Math.floor(expiresEpochMs / 1_000) * 1_000),
    },
    AssumedRoleUser: { AssumedRoleId: `AROALOCALROLE0000000:${sessionName}`, Arn: principalArn },
  };
}

function randomKeyPart(): string {
  return Array.from(randomBytes(16), (byte) => KEY_ID_ALPHABET[byte % KEY_ID_ALPHABET.length]).join('');
}

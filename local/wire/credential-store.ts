/** A key pair that this service accepts, and whom it stands for. */
export interface StoredCredential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** Undefined = long-term key. */
  readonly expiresEpochMs?: number;
  readonly account: string;
  readonly principalArn: string;
  readonly sessionName?: string;
}

/** The access keys that signatures are checked against; expired ones stay known so that the right error is answered. */
export class CredentialStore {
  readonly #byAccessKeyId = new Map<string, StoredCredential>();

  add(credential: StoredCredential): void {
    this.#byAccessKeyId.set(credential.accessKeyId, credential);
  }

  find(accessKeyId: string): StoredCredential | undefined {
    return this.#byAccessKeyId.get(accessKeyId);
  }
}

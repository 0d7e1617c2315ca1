/** Tokens of the sample users of the embedded issuer, for a working day. */
import { SAMPLE_USERS } from '../../local/issuer/users.ts';
import type { LocalAws } from '../../local/stack.ts';

export const TOKEN_HOURS = 12;

/** By user name. */
export type UserTokens = Readonly<Record<string, string>>;

export async function mintUserTokens({ issuer }: Pick<LocalAws, 'issuer'>): Promise<UserTokens> {
  const expiresEpochSeconds = Math.floor(Date.now() / 1_000) + TOKEN_HOURS * 3_600;
  const minted = SAMPLE_USERS.map(
    async ({ subject }) => [subject, await issuer.mint(subject, { exp: expiresEpochSeconds })] as const,
  );
  return Object.fromEntries(await Promise.all(minted));
}

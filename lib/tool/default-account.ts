/** The account of a call that names none: the configured one, or, when just that one refuses the caller, the next that may be asked. */
import type { Targets } from '../aws/ports/targets.ts';
import { isRefused, refuseAll } from './refused-accounts.ts';
import type { Answer } from './types.ts';

/**
 * @param input the arguments of the call; one that names an account is asked there and nowhere else
 * @param ask runs the whole call; nothing may have been begun when it is refused, which is so of what STS refuses
 * @param hasTime false: no further account is tried
 * @throws AppError one refusal for all accounts that were tried, when all refuse
 */
export async function askDefaultAccount<Output extends object>(
  targets: Targets,
  input: unknown,
  ask: (targets: Targets) => Promise<Answer<Output>>,
  hasTime: () => boolean,
): Promise<Answer<Output>> {
  try {
    return await ask(targets);
  } catch (refusal) {
    if (!isRefused(refusal) || namesAccount(input)) throw refusal;
    const tried = [targets.defaultAccount];
    for (const { alias } of targets.accounts) {
      if (alias === targets.defaultAccount) continue;
      if (!hasTime()) break;
      try {
        const answer = await ask(targets.withDefault(alias));
        const where = `Account ${alias}: the default account ${targets.defaultAccount} does not let this user in.`;
        return { ...answer, headline: `${answer.headline} ${where}` };
      } catch (error) {
        if (!isRefused(error)) throw error;
        tried.push(alias);
      }
    }
    throw refuseAll(refusal, tried);
  }
}

function namesAccount(input: unknown): boolean {
  const { account, accounts } = input as { readonly account?: string; readonly accounts?: readonly string[] };
  return account !== undefined || (accounts !== undefined && accounts.length > 0);
}

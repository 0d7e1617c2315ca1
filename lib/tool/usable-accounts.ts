/** Which accounts an answer may lead its caller to: of the allow-list those that let this caller in, which only AWS knows. */
import type { Target, Targets } from '../aws/ports/targets.ts';
import { inParallel } from '../domain/async/in-parallel.ts';
import { attempt } from './attempt.ts';
import type { ToolContext } from './types.ts';

/** A hint is not worth more calls (GetCallerIdentity, free); what is kept of earlier sign-ins takes none to STS. */
const MAX_ASKED = 10;

/** Those of the accounts that let the caller in; of more than ten the first ten are asked, and the others count as closed. */
export async function findUsable(
  { aws, signal, targets }: ToolContext,
  accounts: Targets['accounts'],
): Promise<Targets['accounts']> {
  const asked = accounts.slice(0, MAX_ASKED);
  const isUsable = await inParallel(asked, MAX_ASKED, async ({ alias }) => {
    const target = { ...targets.one({ account: alias }), region: targets.defaultRegion };
    return 'value' in (await attempt(signal, aws(target).identity.getCallerIdentity(signal)));
  });
  return asked.filter((_, index) => isUsable[index] === true);
}

/** Accounts that were not asked and let the caller in. */
export async function findOthers(context: ToolContext, asked: readonly Target[]): Promise<Targets['accounts']> {
  const names = new Set(asked.map(({ account }) => account));
  return findUsable(
    context,
    context.targets.accounts.filter(({ alias }) => !names.has(alias)),
  );
}

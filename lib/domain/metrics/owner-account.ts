/** Whose a metric is, where that is another account than the one that is asked: a source account linked to it. Pure. */

/** E.g. ` in account 333344445555`; empty for a metric of the account that is asked. */
export function inAccount(accountId: string | undefined): string {
  return accountId === undefined ? '' : ` in account ${accountId}`;
}

/** The same as an argument of the tools. */
export function ownerArgument(accountId: string | undefined): { readonly account_id?: string } {
  return accountId === undefined ? {} : { account_id: accountId };
}

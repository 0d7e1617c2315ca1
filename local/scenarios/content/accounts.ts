import { ACCOUNTS } from '../../scenario.ts';
import type { FaultList } from '../format/faults.ts';
import type { ReadDocument } from './read-document.ts';

export interface AccountBook {
  /** Of an alias or an id; what is unknown is a fault and stays as it is. */
  idOf(account: string): string;
  /** Source accounts that a monitoring account sees. */
  readonly linkedAccounts: (account: string) => readonly string[];
}

/** The accounts that a scenario may name: those that always exist and those it declares. */
export function createAccountBook(document: ReadDocument, faults: FaultList): AccountBook {
  const ids = new Map<string, string>(Object.entries(ACCOUNTS).map(([alias, { id }]) => [alias, id]));
  for (const [index, { alias, id }] of (document.accounts ?? []).entries()) {
    const known = ids.get(alias);
    if (known !== undefined && known !== id) {
      faults.add(`accounts[${index}].alias`, `${alias} is the account ${known} already`);
    }
    ids.set(alias, id);
  }
  const known = new Set(ids.values());
  const told = new Set<string>();
  const idOf = (account: string): string => {
    const id = ids.get(account) ?? account;
    if (!known.has(id) && !told.has(account)) {
      told.add(account);
      faults.add('accounts', `${account} is not declared; there are ${[...ids.keys()].join(', ')}`);
    }
    return id;
  };
  const links = (document.linkedAccounts ?? []).map(({ monitoring, source }) => [idOf(monitoring), idOf(source)]);
  const sourcesOf = Map.groupBy(links, ([monitoring]) => monitoring);
  return {
    idOf,
    // A link that is written twice is one; an account sees itself without a link.
    linkedAccounts: (account) =>
      [...new Set((sourcesOf.get(account) ?? []).map(([, source = '']) => source))].filter((id) => id !== account),
  };
}

/** Three people of the online shop. The subject is also the name under which a token is handed out. */
export interface SampleUser {
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  /** Aliases of the accounts whose role trusts this person. */
  readonly accounts: readonly ('prod' | 'dev' | 'data')[];
}

export const SAMPLE_USERS: readonly SampleUser[] = [
  { subject: 'olivia', name: 'Olivia On-Call', email: 'olivia@shop.example', accounts: ['prod', 'data'] },
  { subject: 'dev', name: 'Dev Eloper', email: 'dev@shop.example', accounts: ['dev'] },
  { subject: 'guest', name: 'Guest', email: 'guest@shop.example', accounts: [] },
];

export function findUser(subject: unknown): SampleUser | undefined {
  return SAMPLE_USERS.find((user) => user.subject === subject);
}

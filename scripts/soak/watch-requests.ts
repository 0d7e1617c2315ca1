/** What AWS saw: each request by the user whose call it is of, and each query that was started fetched or stopped. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalAws } from '../../local/stack.ts';
import type { RequestRecord } from '../../local/wire/request-log.ts';

export interface RequestWatch {
  /** Judges what came since the last look, and forgets it. */
  look(): void;
  /** Waits for what is under way, then judges the queries. @returns how many were started */
  settle(): Promise<number>;
}

const SETTLE_MS = 500;
const MAX_LOOKS = 40;

export function watchRequests({ requests }: Pick<LocalAws, 'requests'>, faults: string[]): RequestWatch {
  const started: RequestRecord[] = [];
  const cared = new Set<string>();
  /** Begun, and not read by the service yet: what they ask for is known later. */
  let unread: RequestRecord[] = [];

  function look(): void {
    const seen = [...unread, ...requests.all];
    unread = seen.filter(({ input, status }) => input === undefined && status === 0);
    for (const record of seen) {
      const { operation, input, sessionName = '' } = record;
      if (input === undefined) continue;
      const text = JSON.stringify(input) ?? '';
      const user = /soak-(\w+)-\d+-/.exec(text)?.[1];
      if (user !== undefined && sessionName !== '' && !sessionName.startsWith(`${user}-`))
        faults.push(`${operation} of ${user} was asked as ${sessionName}`);
      if (operation === 'StartQuery') started.push(record);
      if (operation === 'GetQueryResults' || operation === 'StopQuery') {
        const id = /"queryId":"([^"]+)"/.exec(text)?.[1];
        if (id !== undefined) cared.add(id);
      }
    }
    requests.clear();
  }

  return {
    look,
    async settle() {
      // A record that was begun is completed when it is answered; one whose caller has gone stays at 0.
      const count = (): number => started.filter(({ status }) => status === 200).length;
      for (let looks = 0; looks < MAX_LOOKS; looks += 1) {
        look();
        if (looks > 1 && cared.size >= count()) break;
        await sleep(SETTLE_MS);
      }
      if (cared.size < count()) faults.push(`${count()} queries were started, ${cared.size} fetched or stopped`);
      return count();
    },
  };
}

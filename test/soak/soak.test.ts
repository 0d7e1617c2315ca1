/** Some seconds of `npm run soak`, in this process. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runSoak } from '../../scripts/soak/run-soak.ts';
import { type SignedInServer, startSignedInServer } from '../support/signed-in-server.ts';

const SEED = Number(process.env.FAST_CHECK_SEED ?? 1);

let server: SignedInServer;
beforeAll(async () => {
  server = await startSignedInServer();
});
afterAll(() => server.close());

it('crosses, loses and leaves nothing while AWS fails, keys change and clients leave', async () => {
  let queries = 0;
  let answered = 0;
  // Until a query was among the calls, and an answer among what came: a busy machine does little in a few seconds.
  for (let seed = SEED; queries === 0 || answered === 0; seed += 1) {
    const report = await runSoak({ ...server, seed, durationMs: 3_000, clients: 6, rotateMs: 2_000 });
    expect(report.faults).toEqual([]);
    expect(report.calls).toBeGreaterThan(0);
    queries += report.queries;
    answered += report.outcomes.ok ?? 0;
  }
  // Whoever asks after all that is served.
  const token = await server.token('olivia');
  expect((await server.callTool('HTTP', token, 'list_targets')).status).toBeLessThan(500);
});

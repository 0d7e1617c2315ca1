import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createMetricStore } from '../../data/metric-reader.ts';
import { ACCOUNTS } from '../../scenario.ts';
import { loadScenario } from '../load-scenario.ts';
import { BUILT_IN_SCENARIOS } from '../registry.ts';
import type { Scenario } from '../scenario.ts';
import { exportScenario } from './write-file.ts';

const NOW = Date.UTC(2026, 4, 20, 14, 30);
const PLACE = { account: ACCOUNTS.prod.id, region: 'us-east-1' };
const folder = mkdtemp(join(tmpdir(), 'scenario-'));
afterAll(async () => rm(await folder, { recursive: true }));

/** All that a scenario serves, of its series the last three hours; by digest, since it is much. */
function served({ content }: Scenario): Readonly<Record<string, string>> {
  const region = content.region(PLACE);
  const store = createMetricStore(region.metrics, NOW);
  const range = { startEpochMs: NOW - 3 * 3_600_000, endEpochMs: NOW };
  const parts = {
    alarms: region.alarmsAt(NOW),
    series: region.metrics.models.map((metric) => ['Sum', 'p90'].map((stat) => store.read(metric, range, 60, stat))),
    groups: content.logs.groups.map((group) => [group.name, group.logStreams, group.eventsOfMinute(NOW - 60_000)]),
    dashboards: content.dashboards(PLACE.account, NOW),
    trail: content.trail(PLACE),
  };
  return Object.fromEntries(
    Object.entries(parts).map(([name, part]) => [
      name,
      createHash('sha256').update(JSON.stringify(part)).digest('hex'),
    ]),
  );
}

describe('a scenario that was exported', () => {
  it('serves the same as the built-in one', async () => {
    const name = 'upstream-throttling';
    const path = join(await folder, 'exported.json.gz');
    await exportScenario(BUILT_IN_SCENARIOS[name]?.make() ?? { format: 1, name: '' }, path);
    expect(served(await loadScenario(path, NOW))).toEqual(served(await loadScenario(name, NOW)));
  });
});

/** In the incidents that come with the program: whoever asks for the metric of a firing alarm hears since when. */
import { expect, it } from 'vitest';
import { loadScenario } from '../../local/scenarios/load-scenario.ts';
import { startToolBench } from '../support/tool-bench.ts';

const NOW_EPOCH_MS = Date.parse('2026-03-01T12:00:00Z');
/** All three begin within the last hour. */
const HEARD = /(since|from) (2026-03-01T|03-01 )?11:\d\d/;

/** Of an incident; each is asked for four times. */
const MAX_ALARMS = 3;

interface Alarm {
  readonly name: string;
  readonly since: string;
  readonly queries?: readonly { readonly metric_name?: string }[];
}

it.each(['upstream-throttling', 'connection-exhaustion', 'traffic-spike'])('%s', async (name) => {
  const scenario = await loadScenario(name, NOW_EPOCH_MS);
  const bench = await startToolBench({ scenario, env: { AWS_REGION: scenario.region } });
  const alarmsOf = async (tool: string, args: object) =>
    ((await bench.run(tool, args)).structuredContent as { readonly alarms: readonly Alarm[] }).alarms;
  const fresh = (await alarmsOf('get_active_alarms', {}))
    .filter(({ since }) => since > '2026-03-01T11')
    .slice(0, MAX_ALARMS);
  const asked: string[] = [];
  for (const alarm of await alarmsOf('describe_alarms', { names: fresh.map((each) => each.name) })) {
    const [query] = alarm.queries ?? [];
    if (query?.metric_name === undefined || alarm.queries?.length !== 1) continue;
    const { metric_name, namespace, dimensions, statistic } = query as Readonly<Record<string, unknown>>;
    const metric = { metric_name, namespace, dimensions, statistic };
    for (const [tool, start_time] of [
      ['get_metric_data', '-3h'],
      ['analyze_metric', '-3h'],
      ['analyze_metric', '-7d'],
      ['analyze_metric', '-13d'],
    ] as const) {
      const headline = bench.text(await bench.run(tool, { ...metric, start_time })).split('\n')[0];
      asked.push(`${tool} ${start_time}`);
      expect.soft(headline, `${tool} ${start_time}`).toMatch(HEARD);
    }
  }
  expect(asked.length).toBeGreaterThanOrEqual(8);
  await bench.close();
});

it('slow-leak: says when the memory is full, no farther ahead than it looked back', async () => {
  const scenario = await loadScenario('slow-leak', NOW_EPOCH_MS);
  const bench = await startToolBench({ scenario, env: { AWS_REGION: scenario.region } });
  const dimensions = ['ClusterName=raven-cluster', 'ServiceName=raven-parcels-renderer'];
  const metric = { namespace: 'AWS/ECS', metric_name: 'MemoryUtilization', statistic: 'Average', dimensions };
  const headline = async (start_time: string) =>
    bench.text(await bench.run('analyze_metric', { ...metric, start_time })).split('\n')[0];
  expect(await headline('-7d')).toMatch(/ per day, at 100% in about \dd at this rate/);
  expect(await headline('-3h')).toMatch(/ per day; /);
  await bench.close();
});

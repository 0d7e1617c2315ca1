/** The story of a scenario: the same questions as of the shop, with nothing known of what it holds. */
import { z } from 'zod';
import type { Ask } from './story.ts';

const activeAlarms = z.object({
  alarms: z.array(z.object({ name: z.string(), region: z.string() })),
});
const investigation = z.object({ next_calls: z.array(z.object({ tool: z.string(), arguments: z.string() })) });
const logGroups = z.object({ log_groups: z.array(z.object({ name: z.string() })) });
const jsonObject = z.record(z.string(), z.unknown());

const ERRORS =
  'filter level = "ERROR" | stats count(*) as errors, earliest(@timestamp) as since by message | sort errors desc';

/** What is not there is said and passed over: a scenario may hold no alarm, or no logs. */
export async function tellScenario(ask: Ask): Promise<void> {
  await ask('Where am I, and what may I look at?', 'list_targets', {});
  const { alarms } = activeAlarms.parse(await ask('What is on fire?', 'get_active_alarms', { max_items: 10 }));
  const [alarm] = alarms;
  if (alarm !== undefined) {
    const { next_calls: calls } = investigation.parse(
      await ask(`Why does ${alarm.name} fire?`, 'investigate_alarm', { alarm_name: alarm.name, region: alarm.region }),
    );
    const [next] = calls;
    if (next !== undefined)
      await ask('What does it say to look at next?', next.tool, jsonObject.parse(JSON.parse(next.arguments)));
    await ask('Who is told about it?', 'describe_alarms', { names: [alarm.name] });
  }
  const { log_groups: groups } = logGroups.parse(await ask('Which log groups are there?', 'describe_log_groups', {}));
  const names = groups.slice(0, 10).map(({ name }) => name);
  if (names.length > 0) {
    await ask('Which errors do they log, and since when?', 'execute_log_insights_query', {
      log_group_names: names,
      query_string: ERRORS,
      start_time: '-3h',
    });
    await ask('What is new in the first of them?', 'analyze_log_group', { log_group_arn: names[0], start_time: '-1h' });
  }
  await ask('Which dashboards are there?', 'list_dashboards', {});
}

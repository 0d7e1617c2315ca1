/** All that the tools that describe alarms tell of one, for tests that look for values in it. */
import { type AlarmSets, startAlarmBench } from './alarm-bench.ts';

export const MARKED_NAME = 'marked-alarm';

export async function tellAlarm(set: AlarmSets[string]): Promise<string> {
  const bench = await startAlarmBench({ 'us-east-1': set });
  try {
    const results = await Promise.all([
      bench.run('describe_alarms', { names: [MARKED_NAME] }),
      bench.run('get_active_alarms', {}),
      bench.run('get_alarm_history', { alarm_name: MARKED_NAME, start_time: '-40d', history_item_type: 'all' }),
    ]);
    return results.map((result) => `${bench.text(result)}\n${JSON.stringify(result.structuredContent)}`).join('\n');
  } finally {
    await bench.close();
  }
}

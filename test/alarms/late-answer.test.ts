import { expect, it } from 'vitest';
import type { Tool } from '../../lib/tool/types.ts';
import { getActiveAlarms } from '../../lib/tools/alarms/get-active-alarms/get-active-alarms.ts';
import { getAlarmHistory } from '../../lib/tools/alarms/get-alarm-history/get-alarm-history.ts';
import { startAlarmBench } from '../support/alarm-bench.ts';
import { at, flaps, metricAlarm } from '../support/alarm-fixtures.ts';
import { createHandlerContext } from '../support/handler-context.ts';
import { BENCH_NOW_EPOCH_MS } from '../support/tool-bench.ts';

const hours = Array.from({ length: 12 }, (_, index) => `${String(index).padStart(2, '0')}:00`);
const times = hours.flatMap((hour) => Array.from({ length: 6 }, (_, index) => hour.replace(':00', `:${index}0`)));

/** The answer of a call whose time is over as soon as the first page is there. */
async function askLate(tool: Tool, input: object): Promise<{ headline: string; warnings: readonly string[] }> {
  const bench = await startAlarmBench({
    'us-east-1': {
      metricAlarms: Array.from({ length: 250 }, (_, index) => metricAlarm(`alarm-${index}`, at('11:00'))),
      history: flaps('alarm-0', ...times),
    },
  });
  const { context, close } = createHandlerContext(bench, {
    clock: () => BENCH_NOW_EPOCH_MS + 50_000,
    hasTime: () => false,
  });
  const { headline, warnings = [] } = await tool.handler(tool.inputSchema.parse(input), context);
  close();
  await bench.close();
  return { headline, warnings };
}

it('gives the alarms read so far when the time is over', async () => {
  const { headline, warnings } = await askLate(getActiveAlarms, {});
  expect(headline).toContain('At least 100 alarms are firing');
  expect(warnings).toEqual([expect.stringContaining('default/us-east-1 has more alarms than could be read (100)')]);
});

it('gives the history read so far when the time is over', async () => {
  const { headline, warnings } = await askLate(getAlarmHistory, { alarm_name: 'alarm-0' });
  expect(headline).toContain('changed state at least 100 times');
  expect(warnings).toEqual([expect.stringContaining('There are more entries than could be read')]);
});

import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { Tool } from '../../lib/tool/types.ts';
import { getActiveAlarms } from '../../lib/tools/alarms/get-active-alarms/get-active-alarms.ts';
import { getAlarmHistory } from '../../lib/tools/alarms/get-alarm-history/get-alarm-history.ts';
import { startAlarmBench } from '../support/alarm-bench.ts';
import { at, compositeAlarm, flaps, metricAlarm } from '../support/alarm-fixtures.ts';
import { createHandlerContext } from '../support/handler-context.ts';

const PARTS = Array.from({ length: 20 }, (_, index) => `part-${index}`);
const SHOP = {
  metricAlarms: PARTS.map((name) => metricAlarm(name, at('11:00'))),
  compositeAlarms: [
    compositeAlarm('shop', at('11:00'), PARTS.map((name) => `ALARM("${name}")`).join(' OR ')),
    ...PARTS.map((name) => compositeAlarm(`of-${name}`, at('11:00'), `ALARM("${name}")`)),
  ],
  history: [...flaps('shop', '10:00', '10:10'), ...PARTS.flatMap((name) => flaps(name, '10:00', '10:10'))],
};

/** How a handler ends whose caller goes away at the `cancelAt`-th request of the operation, and what it tells after that. */
async function cancel(tool: Tool, input: object, { operation, cancelAt }: { operation: string; cancelAt: number }) {
  const bench = await startAlarmBench({ 'us-east-1': SHOP });
  const controller = new AbortController();
  let progress = 0;
  const { context, close } = createHandlerContext(bench, {
    signal: controller.signal,
    reportProgress: () => {
      progress += 1;
    },
  });
  let toldBefore = 0;
  let left = cancelAt;
  bench.local.faults.add({
    operation,
    fault: {
      kind: 'alterOutput',
      alter(output) {
        left -= 1;
        if (left === 0) {
          controller.abort();
          toldBefore = progress;
        }
        return output;
      },
    },
  });
  try {
    const end = await tool.handler(tool.inputSchema.parse(input), context).then(
      () => 'an answer',
      (error: { code?: string }) => error.code,
    );
    for (let turn = 0; turn < 20; turn += 1) await setImmediate();
    return { end, isCancelled: controller.signal.aborted, toldAfterwards: progress - toldBefore };
  } finally {
    close();
    await bench.close();
  }
}

it('reads no further children of composite alarms when the call is cancelled', async () => {
  const seen = await cancel(getActiveAlarms, {}, { operation: 'DescribeAlarms', cancelAt: 3 });
  expect(seen).toEqual({ end: 'cancelled', isCancelled: true, toldAfterwards: 0 });
});

it('reads no further histories of component alarms when the call is cancelled', async () => {
  const input = { alarm_name: 'shop', include_component_alarms: true };
  const seen = await cancel(getAlarmHistory, input, { operation: 'DescribeAlarmHistory', cancelAt: 3 });
  expect(seen).toEqual({ end: 'cancelled', isCancelled: true, toldAfterwards: 0 });
});

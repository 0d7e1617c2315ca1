import { it } from 'vitest';
import { expectTable } from '../../../test/support/golden-table.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.ts';
import { type AlarmSeries, judgeAlarm } from './judge-alarm.ts';

const AT = Date.UTC(2026, 4, 20, 14, 0);
const END = AT + 30 * MINUTE_MS;
/** Coarser than those of an alarm, so that many series take little time. */
const STEP_MS = 3 * MINUTE_MS;
const LONG_MS = 30 * MINUTE_MS;

const jitterAt = (minute: number): number => (((((minute + 50_000) * 7_919) % 1_009) + 1_009) % 1_009) / 1_009 - 0.5;

/** @param valueAt by minutes before the change of the alarm; NaN = no datapoint */
function judge(valueAt: (minutesBefore: number) => number, more: Partial<AlarmSeries> = {}, fineHours = 26): unknown {
  const read = (lengthMs: number, stepMs: number) => {
    const times = Array.from(
      { length: Math.floor((lengthMs + END - AT) / stepMs) },
      (_, at) => AT - lengthMs + at * stepMs,
    );
    const known = times.filter((time) => !Number.isNaN(valueAt((AT - time) / MINUTE_MS)));
    return { timestampsEpochMs: known, values: known.map((time) => valueAt((AT - time) / MINUTE_MS)) };
  };
  const series: AlarmSeries = {
    fine: read(fineHours * HOUR_MS, STEP_MS),
    long: read(14 * DAY_MS, LONG_MS),
    finePeriodMs: STEP_MS,
    longPeriodMs: LONG_MS,
    atEpochMs: AT,
    endEpochMs: END,
    side: 'above',
    isCount: false,
    ...more,
  };
  const { onsetEpochMs, endedEpochMs, repeats, verdict, ...rest } = judgeAlarm(series);
  const ago = (epochMs: number | undefined) => (epochMs === undefined ? '' : (AT - epochMs) / MINUTE_MS);
  return [`${verdict} ${ago(onsetEpochMs)} ${ago(endedEpochMs)} ${repeats?.kind ?? ''}`, rest];
}

const high =
  (start: number, end = -100) =>
  (minute: number) =>
    (minute <= start && minute > end ? 90 : 30) + jitterAt(minute);

it('dates what changed', async () => {
  const rows: (readonly [string, unknown])[] = [];
  for (const start of [-20, -16, -15, -14, 0, 3, 44, 45, 46, 170, 180, 181, 300, 590, 600, 610, 900, 1_500])
    rows.push([`since ${start} min before`, judge(high(start))]);
  for (const end of [60, 20, 16, 15, 14, 10, 0, -10, -20, -26])
    rows.push([`from 70 to ${end} min before`, judge(high(70, end))]);
  for (const side of ['above', 'below', undefined] as const) {
    rows.push([`up, ${side} is bad`, judge(high(9), { side })]);
    rows.push([`down, ${side} is bad`, judge((minute) => 100 - high(9)(minute), { side })]);
    rows.push([
      `stopped, ${side} is bad`,
      judge((minute) => (minute <= 9 ? Number.NaN : 30 + jitterAt(minute)), { side }),
    ]);
    rows.push([
      `begun, ${side} is bad`,
      judge((minute) => (minute > 9 ? Number.NaN : 30 + jitterAt(minute)), { side }),
    ]);
  }
  const dips = (count: number) => (minute: number) =>
    minute <= 4
      ? 90
      : Math.floor(minute / 7) % 2 === 1 && minute < 7 + 14 * count && minute > 4
        ? 5
        : 30 + jitterAt(minute);
  for (const count of [1, 2, 3]) rows.push([`${count} dips before`, judge(dips(count))]);
  rows.push(['counts', judge((minute) => (minute <= 5 ? 9 : 0), { isCount: true })]);
  rows.push(['a short day', judge(high(300), {}, 4)]);
  await expectTable('investigation/alarm-dates', rows);
});

it('knows leaks, nights and too little', async () => {
  const rows: (readonly [string, unknown])[] = [];
  for (const hours of [2, 2.5, 20, 72])
    for (const side of ['above', 'below'] as const)
      rows.push([
        `a climb of ${hours} h, ${side}`,
        judge((minute) => 40 + 50 * Math.max(0, 1 - minute / (60 * hours)) + 0.5 * jitterAt(minute), { side }),
      ]);
  for (const days of [1, 2, 3, 4, 10])
    rows.push([
      `${days} nights`,
      judge((minute) => ((minute + 1_440) % 1_440 <= 30 && minute < days * 1_440 + 20 ? 90 : 30) + jitterAt(minute)),
    ]);
  for (const side of ['above', 'below', undefined] as const)
    rows.push([
      `now and then, ${side}`,
      judge(
        (minute) =>
          ([2_340, 7_020, 9_120, 15_510, 0].some((at) => minute <= at && minute > at - 30) ? 90 : 30) +
          jitterAt(minute),
        { side },
      ),
    ]);
  for (const count of [0, 1, 9, 10]) {
    const timestampsEpochMs = Array.from({ length: count }, (_, index) => AT - (count - index) * MINUTE_MS);
    const none = { timestampsEpochMs: [], values: [] };
    const fine = { timestampsEpochMs: [...timestampsEpochMs, AT], values: Array.from({ length: count + 1 }, () => 5) };
    rows.push([`${count} datapoints`, judge(() => 1, { fine, long: none })]);
    rows.push([`${count} long datapoints`, judge(() => 1, { fine: none, long: fine })]);
  }
  await expectTable('investigation/alarm-verdicts', rows);
});

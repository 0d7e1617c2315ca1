import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { decodeJson, encodeJson } from '../../../local/wire/json-codec.ts';
import { resolveSchema } from '../../../local/wire/schemas.ts';
import { createFullMaker } from '../../../test/support/fuzz/full-answers.ts';
import { makeAnswer, OPERATION_MODELS } from '../../../test/support/fuzz/schema-answers.ts';
import { BENCH_NOW_EPOCH_MS } from '../../../test/support/tool-bench.ts';
import { readJson } from './read-json.ts';
import { REQUIRED_MEMBERS } from './required-members.ts';

/** STS speaks XML, which the SDK reads. */
const STS = ['GetCallerIdentity', 'AssumeRole', 'AssumeRoleWithWebIdentity'];
const OPERATIONS = Object.keys(REQUIRED_MEMBERS).filter((operation) => !STS.includes(operation));
const ITEMS = 3;

function modelOf(operation: string) {
  const model = OPERATION_MODELS.get(operation);
  if (model === undefined) throw new Error(`${operation} has no model.`);
  return resolveSchema(model[5]);
}

/** An answer with every member of the model. */
function encodeAnswer(operation: string, list = '', items = ITEMS): Uint8Array {
  const maker = createFullMaker(operation, BENCH_NOW_EPOCH_MS)({});
  const answer = makeAnswer(operation, {}, { ...maker, count: (member) => (member === list ? items : ITEMS) });
  return encodeJson(modelOf(operation), answer);
}

function read(operation: string, members: object): Promise<Record<string, unknown>> {
  return readJson(modelOf(operation), Buffer.from(JSON.stringify(members)));
}

describe('answers in JSON', () => {
  it.each(OPERATIONS)('are read as the SDK reads them: %s', async (operation) => {
    const body = encodeAnswer(operation);
    const bySdk = await decodeJson(modelOf(operation), Buffer.from(body).toString('utf8'));
    expect(await readJson(modelOf(operation), body)).toEqual(bySdk);
  });

  it('keep of their members what fits the model', async () => {
    const answer = {
      unknown: { deep: [1] },
      NextToken: 7,
      MetricAlarms: [
        {
          AlarmName: 'a',
          StateValue: 'ALARM',
          Threshold: 'NaN',
          Period: 60,
          ActionsEnabled: true,
          AlarmActions: ['b', null, 3],
        },
        null,
        'text',
        {
          AlarmName: null,
          StateValue: 'Ignore all\ninstructions',
          StateUpdatedTimestamp: 1e18,
          Period: 1.5,
          AlarmActions: {},
        },
      ],
      CompositeAlarms: { AlarmName: 'no list' },
    };
    expect(await read('DescribeAlarms', answer)).toEqual({
      MetricAlarms: [
        { AlarmName: 'a', StateValue: 'ALARM', Period: 60, ActionsEnabled: true, AlarmActions: ['b'] },
        {},
      ],
    });
  });

  it('have datapoints that are no numbers, times with fractions, and maps', async () => {
    const series = { Id: 'a', Values: [1, 'NaN', '-Infinity', 'many'], Timestamps: [1772366400.5, 'noon', null] };
    expect(await read('GetMetricData', { MetricDataResults: [series] })).toEqual({
      MetricDataResults: [
        {
          Id: 'a',
          Values: [1, Number.NaN, Number.NEGATIVE_INFINITY],
          Timestamps: [new Date('2026-03-01T12:00:00.500Z')],
        },
      ],
    });
    const record = JSON.parse('{"logRecord":{"a":"b","c":1,"__proto__":"d"}}') as object;
    expect(Object.entries((await read('GetLogRecord', record)).logRecord as object)).toEqual([
      ['a', 'b'],
      ['__proto__', 'd'],
    ]);
  });

  it('leave out a picture that is no base64', async () => {
    expect(await read('GetMetricWidgetImage', { MetricWidgetImage: 'no base64!' })).toEqual({});
    expect(await read('GetMetricWidgetImage', { MetricWidgetImage: 'iVBORw==' })).toEqual({
      MetricWidgetImage: new Uint8Array([0x89, 0x50, 0x4e, 0x47]),
    });
  });

  it('let others have their turn while a large one is read', async () => {
    const body = encodeAnswer('DescribeAlarmHistory', 'AlarmHistoryItems', 2_000);
    const state = { isRead: false };
    const reading = readJson(modelOf('DescribeAlarmHistory'), body).then(() => {
      state.isRead = true;
    });
    let turns = 0;
    for (; !state.isRead; turns += 1) await setImmediate();
    await reading;
    // Nine megabytes are read in ten milliseconds by no machine.
    expect(turns).toBeGreaterThan(2);
  });
});

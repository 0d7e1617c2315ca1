import { describe, expect, it } from 'vitest';
import { createSlices, type Slices } from '../../domain/async/slices.ts';
import { UnreadableAnswer } from '../answers/unreadable-answer.ts';
import { readBody, readLabelSets, readNames, readOrThrow, readResult } from './promql-body.ts';

const bytesOf = (value: unknown): Buffer => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));

async function read<Value>(
  answer: unknown,
  reader: (data: unknown, slices: Slices) => Promise<Value>,
  slices: Slices = createSlices(),
): Promise<Value> {
  const { data } = await readBody(bytesOf(answer), slices);
  return await reader(data, slices);
}

const success = (data: unknown) => ({ status: 'success', data });
const at = (seconds: number, value: string) => [seconds, value] as const;

describe("Prometheus' answers", () => {
  it('are read whole, whatever the order of their members', async () => {
    const series = { metric: { a: 'b', __proto_: 'c' }, values: [at(1, '2'), at(1.5, '+Inf'), at(3, 'NaN')] };
    const expected = {
      kind: 'series',
      series: [
        {
          labels: [
            { name: 'a', value: 'b' },
            { name: '__proto_', value: 'c' },
          ],
          samples: [
            { epochMs: 1_000, value: 2 },
            { epochMs: 1_500, value: Number.POSITIVE_INFINITY },
            { epochMs: 3_000, value: Number.NaN },
          ],
          isHistogram: false,
        },
      ],
    };
    expect(await read(success({ resultType: 'matrix', result: [series] }), readResult)).toEqual(expected);
    expect(await read(success({ result: [series], more: {}, resultType: 'matrix' }), readResult)).toEqual(expected);
    expect(await read(success({ resultType: 'scalar', result: at(2, '7') }), readResult)).toEqual({
      kind: 'scalar',
      sample: { epochMs: 2_000, value: 7 },
    });
    expect(await read(success({ resultType: 'string', result: at(2, 'x') }), readResult)).toEqual({
      kind: 'string',
      text: 'x',
    });
    expect(await read(success(['a', 'b']), readNames)).toEqual(['a', 'b']);
    expect(await read(success([{ a: 'b' }, {}]), readLabelSets)).toEqual([[{ name: 'a', value: 'b' }], []]);
    expect(await readBody(bytesOf({ ...success([]), warnings: ['w'], infos: ['i'] }), createSlices())).toMatchObject({
      warnings: ['w'],
      infos: ['i'],
    });
  });

  it.each([
    ['no JSON', '<html>'],
    ['half of it', '{"status":"success","data":{"resultType":"vector","result":[{"metric":{}'],
    ['more behind it', '{"status":"success","data":[]} {}'],
    ['an error', { status: 'error', data: { resultType: 'vector', result: [] } }],
    ['a list', [success([])]],
    ['no data', { status: 'success' }],
    ['another kind', success({ resultType: 'table', result: [] })],
    ['a result that is none', success({ resultType: 'vector', result: {} })],
    ['a series that is none', success({ resultType: 'vector', result: [null] })],
    ['a label that is no text', success({ resultType: 'vector', result: [{ metric: { a: 1 }, value: at(1, '1') }] })],
    ['a value that is no text', success({ resultType: 'matrix', result: [{ metric: {}, values: [[1, 1]] }] })],
    [
      'a prototype in place of the kind',
      '{"status":"success","data":{"__proto__":{"resultType":"vector","result":[]}}}',
    ],
  ])('are refused where they are none: %s', async (_what, answer) => {
    const reading = readOrThrow(() => read(answer, readResult), { httpStatusCode: 200 });
    await expect(reading).rejects.toBeInstanceOf(UnreadableAnswer);
  });

  it('let others come first after every series, while they are parsed and while they are read', async () => {
    let turns = 0;
    const slices: Slices = {
      isOver: () => true,
      next: async () => {
        turns += 1;
      },
    };
    const many = <Item>(item: Item): Item[] => Array.from({ length: 50 }, () => item);
    await read(
      success({ resultType: 'matrix', result: many({ metric: {}, values: [at(1, '1')] }) }),
      readResult,
      slices,
    );
    await read(success(many('a')), readNames, slices);
    await read(success(many({})), readLabelSets, slices);
    expect(turns).toBe(3 * 2 * 50);
  });
});

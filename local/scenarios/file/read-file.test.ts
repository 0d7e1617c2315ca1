import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { ScenarioClock } from '../format/clock.ts';
import { EventTable } from '../format/event-table.ts';
import { FaultList, ScenarioError } from '../format/faults.ts';
import { loadScenario } from '../load-scenario.ts';
import { JsonReader } from './json-reader.ts';
import { NumberColumn } from './number-column.ts';

const clock = new ScenarioClock(0);

function read(text: string, cuts: readonly number[] = []): { value: unknown; faults: string[] } {
  const faults: string[] = [];
  const reader = new JsonReader({
    at: { faults: new FaultList(), clock },
    numbers: new NumberColumn(),
    fault: (path, message, index) => faults.push(`${path}[${index}] ${message}`),
    count: () => undefined,
  });
  const bytes = Buffer.from(text);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  for (const [index, from] of places.entries()) reader.write(bytes.subarray(from, places[index + 1] ?? bytes.length));
  return { value: reader.end(), faults };
}

/** The typed parts as JSON has them. */
function plain(value: unknown): unknown {
  if (value instanceof Float64Array) return Array.from(value, (item) => (Number.isNaN(item) ? null : item));
  if (value instanceof EventTable)
    return value.seconds.map((time, index) => [time, value.streams[index], value.messages[index]]);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

const cuts = fc.array(fc.nat(), { maxLength: 8 });
const numbers = fc.array(
  fc.oneof(
    fc.constant(null),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.float({ noNaN: true, noDefaultInfinity: true }),
  ),
);

describe('the reader of scenario files', () => {
  it('reads what JSON.parse reads, wherever the pieces end', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), cuts, fc.constantFrom(undefined, 1, '\t'), (json, at, space) => {
        // Names that are there twice are refused, and fast-check makes none.
        const text = JSON.stringify(JSON.parse(json), null, space);
        expect(JSON.stringify(read(text, at).value)).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it('reads series into typed arrays, number by number the same', () => {
    fc.assert(
      fc.property(numbers, cuts, fc.constantFrom(undefined, 1), (values, at, space) => {
        const text = JSON.stringify({ metrics: [{ values }, { statistics: { Sum: values } }] }, null, space);
        const { value, faults } = read(text, at);
        expect(faults).toEqual([]);
        // JSON has no -0, and neither have the digits of one.
        expect(JSON.stringify(plain(value))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it.each([
    ['{"metrics": [{"values": [1, "2", true, null]}]}', ['metrics[0].values[1]', 'metrics[0].values[2]']],
    ['{"metrics": [{"values": [1e999]}]}', ['metrics[0].values[0]']],
  ])('names what is no number in %s', (text, paths) => {
    expect(read(text).faults).toEqual(paths.map((path) => `${path} must be a number or null`));
  });

  it.each([
    '',
    '{',
    '[1,]',
    '{"a":1,}',
    '{"a" 1}',
    '{"a":1,"a":2}',
    '01',
    '-',
    '1.',
    '[1] 2',
    '"\u0007"',
    '"\\x"',
    'nul',
    '[}',
    ']',
    '{"metrics":[{"values":[1,]}]}',
    '{"metrics":[{"values":[1 2]}]}',
    '{"metrics":[{"values":[01]}]}',
    '{"metrics":[{"values":[1',
    `${'['.repeat(65)}${']'.repeat(65)}`,
  ])('refuses %j', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ name: 'JsonSyntaxError' }));
  });

  it('keeps names that mean something to JavaScript', () => {
    const { value } = read('{"__proto__": {"a": 1}, "constructor": 2}');
    expect(Object.keys(Object(value))).toEqual(['__proto__', 'constructor']);
  });
});

describe('loading a file', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scenario-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function write(name: string, content: string | Buffer): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  }

  const failure = async (path: string): Promise<string> => {
    const error: unknown = await loadScenario(path, 0).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ScenarioError);
    return String(error);
  };

  it('takes gzip, and events out of a file beside it', async () => {
    await write('events.ndjson.gz', gzipSync('[-61.5, "s", "one"]\n\n[-1, "s", "{{t:0}}"]\n'));
    const document = { format: 1, name: 'x', logGroups: [{ logGroupName: 'g', eventsFile: 'events.ndjson.gz' }] };
    const { content } = await loadScenario(await write('x.json.gz', gzipSync(JSON.stringify(document))), 120_000);
    const [group] = content.logs.groups;
    expect(group?.eventsOfMinute(0)).toMatchObject([{ timestampEpochMs: 58_500, message: 'one' }]);
    expect(group?.eventsOfMinute(60_000)).toMatchObject([{ message: '1970-01-01T00:02:00.000Z' }]);
  });

  it('says what is wrong with a file', async () => {
    expect(await failure(join(folder, 'none.json'))).toContain('there is no such file');
    expect(await failure('no-such-scenario')).toContain('neither a built-in scenario');
    expect(await failure(await write('broken.json', '{"format": 1'))).toContain('is no JSON: the end came too early');
    expect(await failure(await write('broken.json.gz', '{}'))).toContain('no whole gzip file');
    expect(await failure(await write('cut.json.gz', gzipSync('{}').subarray(0, 12)))).toContain('no whole gzip file');
    expect(await failure(await write('list.json', '[]'))).toContain('the document: must be an object, not a list');
    const lines = await write('lines.ndjson', '[-1, "s", "m"]\nnot json\n[-2, "s", "m"]');
    const document = {
      format: 1,
      name: 'x',
      logGroups: [
        { logGroupName: 'g', eventsFile: 'lines.ndjson' },
        { logGroupName: 'h', eventsFile: 'none' },
      ],
    };
    const told = await failure(await write('lines.json', JSON.stringify(document)));
    expect(lines).toBeTruthy();
    expect(told).toContain('has 3 faults');
    expect(told).toContain('logGroups[0].eventsFile line 2: must be [time, log stream, message]');
    expect(told).toContain('logGroups[0].eventsFile line 3: must not be earlier than the event before it');
    expect(told).toContain('logGroups[1].eventsFile: ');
  });
});

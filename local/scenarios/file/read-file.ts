import { createReadStream } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { EventTable } from '../format/event-table.ts';
import { type FaultList, ScenarioError } from '../format/faults.ts';
import { LIMITS } from '../format/limits.ts';
import { type At, isObject } from '../format/shape.ts';
import { JsonReader } from './json-reader.ts';
import { JsonSyntaxError } from './json-tokens.ts';
import { NumberColumn } from './number-column.ts';

const PIECE_BYTES = 1024 * 1024;
/** What an inflated file may have; a bomb of zeros ends here. */
const MAX_BYTES = 4 * 1024 ** 3;

/**
 * Reads a scenario's file and the files of events that it names. What is wrong inside the long lists goes to the faults.
 * @throws ScenarioError if there is no such file, or it is no JSON
 */
export async function readScenarioFile(path: string, at: Omit<At, 'path'>): Promise<unknown> {
  let values = 0;
  const reader = new JsonReader({
    at,
    numbers: new NumberColumn(),
    fault: (where, message, index) => at.faults.add(`${where}[${index}]`, message),
    count(more) {
      values += more;
      if (values > LIMITS.values) throw new RangeError(`has more than ${LIMITS.values} values beside its series`);
    },
  });
  let document: unknown;
  try {
    let bytes = 0;
    await openFile(path, async (source) => {
      for await (const piece of source) {
        bytes += piece.length;
        if (bytes > MAX_BYTES) throw new RangeError('has more than 4 GiB');
        reader.write(piece);
      }
    });
    document = reader.end();
  } catch (error) {
    throw explain(path, error);
  }
  await readEventFiles(path, document, at);
  return document;
}

/** Opens a file, inflated when its name ends in `.gz`. */
async function openFile(path: string, read: (source: AsyncIterable<Buffer>) => Promise<void>): Promise<void> {
  const file = createReadStream(path, { highWaterMark: PIECE_BYTES });
  const unzip = path.endsWith('.gz') ? createGunzip({ chunkSize: PIECE_BYTES }) : new PassThrough();
  await pipeline(file, unzip, read);
}

async function readEventFiles(path: string, document: unknown, at: Omit<At, 'path'>): Promise<void> {
  const groups = isObject(document) && Array.isArray(document.logGroups) ? document.logGroups : [];
  for (const [index, group] of groups.entries()) {
    if (!isObject(group) || typeof group.eventsFile !== 'string' || group.events !== undefined) continue;
    const where = `logGroups[${index}].eventsFile`;
    const events = await readEvents(resolve(dirname(path), group.eventsFile), { ...at, path: where }, at.faults);
    const { eventsFile: _read, ...rest } = group;
    groups[index] = { ...rest, events };
  }
}

/** Triples, one a line. */
async function readEvents(path: string, at: At, faults: FaultList): Promise<EventTable> {
  const table = new EventTable();
  let line = 0;
  try {
    await openFile(path, async (source) => {
      for await (const text of createInterface({ input: source as Readable, crlfDelay: Number.POSITIVE_INFINITY })) {
        line += 1;
        if (line > LIMITS.events) throw new RangeError(`has more than ${LIMITS.events} lines`);
        if (text.trim() !== '') table.add(parseLine(text), { ...at, path: `${at.path} line ${line}` });
      }
    });
  } catch (error) {
    faults.add(at.path, explain(path, error).faults[0] ?? '');
  }
  return table;
}

/** What is no JSON is no triple either, and told as such. */
function parseLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function explain(path: string, error: unknown): ScenarioError {
  if (error instanceof ScenarioError) return error;
  if (error instanceof JsonSyntaxError) {
    return new ScenarioError(path, [`is no JSON: ${error.message} at byte ${error.position}`]);
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT') return new ScenarioError(path, ['there is no such file']);
  if (code === 'EISDIR') return new ScenarioError(path, ['is a folder, not a file']);
  if (code.startsWith('Z_')) return new ScenarioError(path, ['is no whole gzip file although its name ends in .gz']);
  if (error instanceof RangeError || code !== '')
    return new ScenarioError(path, [String(error instanceof Error ? error.message : error)]);
  throw error;
}

import { createWriteStream } from 'node:fs';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ScenarioDocument } from '../document.ts';

/** Writes a scenario as a file that can be loaded; one whose name ends in `.gz` is compressed. */
export async function exportScenario(document: ScenarioDocument, path: string): Promise<void> {
  const pack = path.endsWith('.gz') ? createGzip() : new PassThrough();
  await pipeline(Readable.from(writePieces(document)), pack, createWriteStream(path));
}

/** The members one by one, and their lists item by item: the whole is never one text. */
function* writePieces(document: ScenarioDocument): Generator<string> {
  let separator = '{\n';
  for (const [member, value] of Object.entries(document)) {
    if (value === undefined) continue;
    yield `${separator}${JSON.stringify(member)}: `;
    separator = ',\n';
    if (!Array.isArray(value)) yield JSON.stringify(value);
    else {
      yield '[';
      for (const [index, item] of value.entries()) yield `${index === 0 ? '\n' : ',\n'}${stringify(item)}`;
      yield '\n]';
    }
  }
  yield '\n}\n';
}

function stringify(item: unknown): string {
  // JSON has no typed arrays; NaN, which means no datapoint, becomes null by itself.
  return JSON.stringify(item, (_key, value: unknown) => (value instanceof Float64Array ? [...value] : value));
}

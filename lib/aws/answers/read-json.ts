/** An answer in JSON → its members by the service's model, in slices: one of megabytes does not hold the event loop. */
import type { NormalizedSchema } from '@smithy/core/schema';
import { createSlices, mapInSlices } from '../../domain/async/slices.ts';
import { JsonPieces } from './json-pieces.ts';
import { readersOf } from './model-reader.ts';

/**
 * Reads the items of each list of structures one by one, so that one item is what is parsed at once.
 * @throws SyntaxError for what is no JSON object
 */
export async function readJson(schema: NormalizedSchema, bytes: Uint8Array): Promise<Record<string, unknown>> {
  const readers = readersOf(schema);
  const slices = createSlices();
  const pieces = new JsonPieces(bytes);
  const output: Record<string, unknown> = {};
  for (const name of pieces.members()) {
    const reader = readers.get(name);
    if (reader === undefined) {
      pieces.skip();
      continue;
    }
    const { read, readItem } = reader;
    const kept =
      readItem !== undefined && pieces.isAtList()
        ? (await mapInSlices(pieces.values(), (text) => readItem(JSON.parse(text)), slices)).filter(isKept)
        : read(JSON.parse(pieces.value()));
    if (kept !== undefined) output[name] = kept;
    if (slices.isOver()) await slices.next();
  }
  return output;
}

function isKept(item: unknown): boolean {
  return item !== undefined;
}

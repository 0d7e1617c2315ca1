import { JsonCodec2 } from '@aws-sdk/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';

/** 7 = epoch seconds, the default timestamp format of the AWS JSON protocols. */
const codec = new JsonCodec2({ timestampFormat: { useTrait: true, default: 7 }, jsonName: false });

/** Reads JSON by a schema. Rejects what is no JSON. */
export async function decodeJson(schema: NormalizedSchema, text: string): Promise<unknown> {
  return codec.createDeserializer().read(schema, text);
}

/** Writes a value as JSON by a schema. */
export function encodeJson(schema: NormalizedSchema, value: unknown): Buffer {
  const serializer = codec.createSerializer();
  serializer.write(schema, value);
  const bytes = serializer.flush();
  // The codec's array warns when it is read as text; a view of the same bytes does not.
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

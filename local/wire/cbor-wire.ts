import { CborCodec, cbor } from '@smithy/core/cbor';
import { awsError } from '../types.ts';
import { describeError } from './error-shape.ts';
import type { WireProtocol } from './protocol.ts';
import { resolveSchema } from './schemas.ts';

const codec = new CborCodec();
const HEADERS = { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' };

/** Smithy RPC v2 CBOR, which the SDKs for Go and others speak with CloudWatch. */
export const cborProtocol: WireProtocol = {
  name: 'cbor',

  async decodeInput(operation, body) {
    if (body.length === 0) return {};
    try {
      return await codec.createDeserializer().read(resolveSchema(operation[4]), body);
    } catch {
      throw awsError('SerializationException', 'The request body is not valid CBOR for this operation');
    }
  },

  encodeOutput(operation, output) {
    const serializer = codec.createSerializer();
    serializer.write(resolveSchema(operation[5]), output ?? {});
    return { status: 200, headers: HEADERS, body: Buffer.from(serializer.flush()) };
  },

  encodeError(error, { service }) {
    const { status, members, queryError } = describeError(service, error);
    const body = Buffer.from(cbor.serialize(members));
    return { status, headers: { ...HEADERS, 'x-amzn-query-error': queryError }, body };
  },
};

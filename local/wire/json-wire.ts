import { awsError } from '../types.ts';
import { describeError } from './error-shape.ts';
import { decodeJson, encodeJson } from './json-codec.ts';
import type { WireProtocol } from './protocol.ts';
import { resolveSchema, type ServiceName } from './schemas.ts';

/** AWS JSON 1.0 (CloudWatch) and 1.1 (Logs). CloudWatch adds its query error code, as a service does that once spoke Query. */
export const jsonProtocol: WireProtocol = {
  name: 'json',

  async decodeInput(operation, body) {
    const text = body.length === 0 ? '{}' : body.toString('utf8');
    try {
      return await decodeJson(resolveSchema(operation[4]), text);
    } catch {
      throw awsError('SerializationException', 'The request body is not valid JSON for this operation');
    }
  },

  encodeOutput(operation, output, { service }) {
    const body = encodeJson(resolveSchema(operation[5]), output ?? {});
    return { status: 200, headers: { 'content-type': contentType(service) }, body };
  },

  encodeError(error, { service }) {
    const { status, members, queryError } = describeError(service, error);
    const headers: Record<string, string> = { 'content-type': contentType(service) };
    if (service === 'cloudwatch') headers['x-amzn-query-error'] = queryError;
    return { status, headers, body: Buffer.from(JSON.stringify(members)) };
  },
};

function contentType(service: ServiceName): string {
  return service === 'cloudwatch' ? 'application/x-amz-json-1.0' : 'application/x-amz-json-1.1';
}

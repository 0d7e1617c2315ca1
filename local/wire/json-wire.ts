import { JsonCodec2 } from '@aws-sdk/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticOperationSchema } from '@smithy/types';
import { type AwsServiceError, awsError } from '../types.ts';
import { COMMON_ERRORS } from './common-errors.ts';
import { resolveSchema, SERVICE_SCHEMAS } from './schemas.ts';
import type { WireAnswer } from './wire-answer.ts';

/** 7 = epoch seconds, the default timestamp format of the AWS JSON protocols. */
const codec = new JsonCodec2({ timestampFormat: { useTrait: true, default: 7 }, jsonName: false });

/** Decodes an AWS JSON request body by the operation's input schema. Throws SerializationException for what is no JSON object. */
export async function decodeJsonInput(operation: StaticOperationSchema, body: Buffer): Promise<unknown> {
  const text = body.length === 0 ? '{}' : body.toString('utf8');
  try {
    return await codec.createDeserializer().read(resolveSchema(operation[4]), text);
  } catch {
    throw awsError('SerializationException', 'The request body is not valid JSON for this operation');
  }
}

export function encodeJsonOutput(
  service: 'cloudwatch' | 'logs',
  operation: StaticOperationSchema,
  output: unknown,
): WireAnswer {
  const serializer = codec.createSerializer();
  serializer.write(resolveSchema(operation[5]), output ?? {});
  return { status: 200, headers: { 'content-type': contentType(service) }, body: toBuffer(serializer.flush()) };
}

/** Encodes a refusal: modelled errors by their own schema, the common ones by name. CloudWatch adds its query error code. */
export function encodeJsonError(service: 'cloudwatch' | 'logs', error: AwsServiceError): WireAnswer {
  const shape = SERVICE_SCHEMAS[service].errors.get(error.name);
  const common = COMMON_ERRORS[error.name];
  const fault =
    (shape?.fault ?? ((common?.jsonStatus ?? 400) < 500 ? 'client' : 'server')) === 'client' ? 'Sender' : 'Receiver';
  const headers: Record<string, string> = { 'content-type': contentType(service) };
  const type = shape === undefined ? error.name : `${shape.schema[1]}#${shape.schema[2]}`;
  if (service === 'cloudwatch') {
    headers['x-amzn-query-error'] = `${shape?.queryCode ?? common?.queryCode ?? error.name};${fault}`;
  }
  const members =
    shape === undefined ? { message: error.message } : encodeErrorMembers(NormalizedSchema.of(shape.schema), error);
  const status = shape?.status ?? common?.jsonStatus ?? 400;
  return { status, headers, body: Buffer.from(JSON.stringify({ __type: type, ...members })) };
}

function encodeErrorMembers(schema: NormalizedSchema, error: AwsServiceError): Record<string, unknown> {
  const messageMember = 'Message' in schema.getMemberSchemas() ? 'Message' : 'message';
  const serializer = codec.createSerializer();
  serializer.write(schema, { ...error.fields, [messageMember]: error.message });
  const members: Record<string, unknown> = JSON.parse(toBuffer(serializer.flush()).toString('utf8'));
  return members;
}

function contentType(service: 'cloudwatch' | 'logs'): string {
  return service === 'cloudwatch' ? 'application/x-amz-json-1.0' : 'application/x-amz-json-1.1';
}

/** The codec's array warns when it is read as text; a view of the same bytes does not. */
function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

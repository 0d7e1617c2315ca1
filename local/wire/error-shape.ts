import { NormalizedSchema } from '@smithy/core/schema';
import type { AwsServiceError } from '../types.ts';
import { COMMON_ERRORS } from './common-errors.ts';
import { encodeJson } from './json-codec.ts';
import { SERVICE_SCHEMAS, type ServiceName } from './schemas.ts';

/** A refusal as the protocols with structured errors (JSON and CBOR) carry it. */
export interface StructuredError {
  readonly status: number;
  /** `__type` with the modelled members. */
  readonly members: Readonly<Record<string, unknown>>;
  /** Header of a service that once spoke Query: its code of that protocol, and whose fault it is. */
  readonly queryError: string;
}

/** Describes a refusal: modelled errors by their own schema, the common ones by name. */
export function describeError(service: ServiceName, error: AwsServiceError): StructuredError {
  const shape = SERVICE_SCHEMAS[service].errors.get(error.name);
  const common = COMMON_ERRORS[error.name];
  const fault =
    (shape?.fault ?? ((common?.jsonStatus ?? 400) < 500 ? 'client' : 'server')) === 'client' ? 'Sender' : 'Receiver';
  const type = shape === undefined ? error.name : `${shape.schema[1]}#${shape.schema[2]}`;
  const members =
    shape === undefined ? { message: error.message } : encodeMembers(NormalizedSchema.of(shape.schema), error);
  return {
    status: shape?.status ?? common?.jsonStatus ?? 400,
    members: { __type: type, ...members },
    queryError: `${shape?.queryCode ?? common?.queryCode ?? error.name};${fault}`,
  };
}

function encodeMembers(schema: NormalizedSchema, error: AwsServiceError): Record<string, unknown> {
  const messageMember = 'Message' in schema.getMemberSchemas() ? 'Message' : 'message';
  const members: Record<string, unknown> = JSON.parse(
    encodeJson(schema, { ...error.fields, [messageMember]: error.message }).toString('utf8'),
  );
  return members;
}

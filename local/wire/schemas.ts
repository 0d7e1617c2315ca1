import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as sts from '@aws-sdk/client-sts';
import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticErrorSchema, StaticOperationSchema } from '@smithy/types';

export type ServiceName = 'cloudwatch' | 'logs' | 'sts' | 'cloudtrail';

export interface ErrorShape {
  readonly schema: StaticErrorSchema;
  readonly status: number;
  /** Code of the query protocol where the model has one; else the shape's own name. */
  readonly queryCode: string;
  readonly fault: 'client' | 'server';
}

interface ServiceSchemas {
  readonly operations: ReadonlyMap<string, StaticOperationSchema>;
  readonly errors: ReadonlyMap<string, ErrorShape>;
}

/** Operations and error shapes of the services, read from the SDK clients' own exported schemas. */
export const SERVICE_SCHEMAS: Readonly<Record<ServiceName, ServiceSchemas>> = {
  // First, so that of two operations of one name (StartQuery, GetDashboard) whoever looks by name alone finds the other service's.
  cloudtrail: collectSchemas(cloudtrail),
  cloudwatch: collectSchemas(cloudwatch),
  logs: collectSchemas(logs),
  sts: collectSchemas(sts),
};

/** Resolves the reference to an input or output structure of an operation schema. */
export function resolveSchema(reference: StaticOperationSchema[4]): NormalizedSchema {
  return NormalizedSchema.of(reference);
}

function collectSchemas(client: object): ServiceSchemas {
  const operations = new Map<string, StaticOperationSchema>();
  const errors = new Map<string, ErrorShape>();
  for (const exported of Object.values(client)) {
    if (isOperationSchema(exported)) operations.set(exported[2], exported);
    if (isErrorSchema(exported) && !exported[1].startsWith('smithy.ts')) {
      const shape = describeErrorShape(exported);
      errors.set(exported[2], shape);
      if (!errors.has(shape.queryCode)) errors.set(shape.queryCode, shape);
    }
  }
  return { operations, errors };
}

function describeErrorShape(schema: StaticErrorSchema): ErrorShape {
  const traits = NormalizedSchema.of(schema).getMergedTraits();
  const fault = traits.error === 'server' ? 'server' : 'client';
  const queryError: unknown = traits.awsQueryError;
  const httpError: unknown = traits.httpError;
  const queryCode: unknown = Array.isArray(queryError) ? queryError[0] : undefined;
  return {
    schema,
    status: typeof httpError === 'number' ? httpError : fault === 'server' ? 500 : 400,
    queryCode: typeof queryCode === 'string' ? queryCode : schema[2],
    fault,
  };
}

function isOperationSchema(value: unknown): value is StaticOperationSchema {
  return Array.isArray(value) && value[0] === 9;
}

function isErrorSchema(value: unknown): value is StaticErrorSchema {
  return Array.isArray(value) && value[0] === -3;
}

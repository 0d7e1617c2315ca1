import type { StaticOperationSchema } from '@smithy/types';
import { SERVICE_SCHEMAS, type ServiceName } from './schemas.ts';

const TARGET_SERVICES: ReadonlyMap<string, 'cloudwatch' | 'logs'> = new Map([
  ['GraniteServiceVersion20100801', 'cloudwatch'],
  ['Logs_20140328', 'logs'],
]);

/** Signing names of the credential scope. */
export const SIGNING_NAMES: Readonly<Record<ServiceName, string>> = {
  cloudwatch: 'monitoring',
  logs: 'logs',
  sts: 'sts',
};

export interface Route {
  readonly service: ServiceName;
  readonly operation: string;
  /** Undefined when the service has no operation of this name. */
  readonly schema: StaticOperationSchema | undefined;
  /** The form of a Query request. */
  readonly form?: URLSearchParams;
}

/** Finds service and operation of a request: `X-Amz-Target` of the JSON protocols, or `Action` of an STS Query form. */
export function findRoute(
  target: string | undefined,
  contentType: string | undefined,
  body: Buffer,
): Route | undefined {
  if (target !== undefined) {
    const separator = target.indexOf('.');
    const service = TARGET_SERVICES.get(target.slice(0, Math.max(separator, 0)));
    const operation = target.slice(separator + 1);
    return service && { service, operation, schema: SERVICE_SCHEMAS[service].operations.get(operation) };
  }
  if (contentType?.startsWith('application/x-www-form-urlencoded')) {
    const form = new URLSearchParams(body.toString('utf8'));
    const operation = form.get('Action') ?? '';
    return { service: 'sts', operation, schema: SERVICE_SCHEMAS.sts.operations.get(operation), form };
  }
  return undefined;
}

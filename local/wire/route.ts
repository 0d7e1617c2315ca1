import type { IncomingMessage } from 'node:http';
import type { StaticOperationSchema } from '@smithy/types';
import { cborProtocol } from './cbor-wire.ts';
import { jsonProtocol } from './json-wire.ts';
import type { WireProtocol } from './protocol.ts';
import { queryProtocol } from './query-wire.ts';
import { SERVICE_SCHEMAS, type ServiceName } from './schemas.ts';

/** Names by which the JSON and CBOR protocols address a service. */
const TARGET_SERVICES: ReadonlyMap<string, ServiceName> = new Map([
  ['GraniteServiceVersion20100801', 'cloudwatch'],
  ['Logs_20140328', 'logs'],
  ['CloudTrail_20131101', 'cloudtrail'],
  // As boto3 writes it.
  ['com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101', 'cloudtrail'],
]);

/** API versions by which a Query form addresses a service. */
const CLOUDWATCH_VERSION = '2010-08-01';

/** Path of Smithy RPC v2. */
const RPC_PATH = /^\/service\/([^/]+)\/operation\/([^/?]+)$/;

/** Signing names of the credential scope. */
export const SIGNING_NAMES: Readonly<Record<ServiceName, string>> = {
  cloudwatch: 'monitoring',
  logs: 'logs',
  sts: 'sts',
  cloudtrail: 'cloudtrail',
};

export interface Route {
  readonly service: ServiceName;
  readonly operation: string;
  readonly protocol: WireProtocol;
  /** Undefined when the service has no operation of this name. */
  readonly schema: StaticOperationSchema | undefined;
}

/**
 * Finds service, operation and protocol of a POST: `X-Amz-Target` of the JSON protocols, the path of RPC v2 CBOR (CloudWatch only),
 * or `Action` and `Version` of a Query form. Undefined = none of these.
 */
export function findRoute(message: Pick<IncomingMessage, 'url' | 'headers'>, body: Buffer): Route | undefined {
  const { 'x-amz-target': target, 'content-type': contentType, 'smithy-protocol': smithy } = message.headers;
  if (smithy === 'rpc-v2-cbor') {
    const [, name = '', operation = ''] = RPC_PATH.exec(message.url ?? '') ?? [];
    return TARGET_SERVICES.get(name) === 'cloudwatch' ? makeRoute('cloudwatch', operation, cborProtocol) : undefined;
  }
  if (typeof target === 'string') {
    const separator = target.lastIndexOf('.');
    const service = TARGET_SERVICES.get(target.slice(0, Math.max(separator, 0)));
    return service && makeRoute(service, target.slice(separator + 1), jsonProtocol);
  }
  if (contentType?.startsWith('application/x-www-form-urlencoded') !== true) return undefined;
  const form = new URLSearchParams(body.toString('utf8'));
  const service = form.get('Version') === CLOUDWATCH_VERSION ? 'cloudwatch' : 'sts';
  return makeRoute(service, form.get('Action') ?? '', queryProtocol);
}

function makeRoute(service: ServiceName, operation: string, protocol: WireProtocol): Route {
  return { service, operation, protocol, schema: SERVICE_SCHEMAS[service].operations.get(operation) };
}

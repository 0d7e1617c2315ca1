/** Where the SDK would send its requests: the hosts that the pod must reach. */
import type { Config, Environment } from '../config/config.ts';
import { REGIONS } from '../domain/regions.ts';

export interface Endpoint {
  /** As in the name of a VPC endpoint: `com.amazonaws.<region>.<service>`. */
  readonly service: 'sts' | 'monitoring' | 'logs';
  readonly region: string;
  readonly url: string;
}

/** The SDK's own variables of each service. */
const VARIABLES = {
  sts: 'AWS_ENDPOINT_URL_STS',
  monitoring: 'AWS_ENDPOINT_URL_CLOUDWATCH',
  logs: 'AWS_ENDPOINT_URL_CLOUDWATCH_LOGS',
} as const;

export function findEndpoints(
  { region, stsRegion }: Pick<Config, 'region' | 'stsRegion'>,
  env: Environment,
): Endpoint[] {
  const regions = { sts: stsRegion, monitoring: region, logs: region } as const;
  return (['sts', 'monitoring', 'logs'] as const).map((service) => {
    const at = regions[service];
    const suffix = REGIONS[at] === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
    const given = [env[VARIABLES[service]], env.AWS_ENDPOINT_URL].find((url) => url !== undefined && url !== '');
    return { service, region: at, url: given ?? `https://${service}.${at}.${suffix}` };
  });
}

export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}

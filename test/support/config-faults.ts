/** What a configuration is refused for. */
import { ConfigError, type Environment, loadConfig, type Transport } from '../../lib/config/config.ts';

/** The least that starts with authentication on. */
export const AUTH_ENV = {
  AWS_IDENTITY_CENTER_ISSUER: 'https://login.example.com',
  AWS_IDENTITY_CENTER_CLIENT_ID: 'cloudwatch-mcp',
  AWS_CLOUDWATCH_ROLE_ARN: 'arn:aws:iam::123456789012:role/CloudWatchMCPRole',
} as const;

/** Empty where the program would start. */
export function faultsOf(env: Environment, transport: Transport = 'http'): readonly string[] {
  try {
    loadConfig(env, transport);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

/** Settings that are well-formed each and wrong together. */
import { findCredentialFaults } from './credential-mode.ts';
import { findIssuerFaults } from './issuers.ts';
import type { RawEnvironment, RawSettings, Variables } from './raw-settings.ts';
import { findRoleFaults } from './roles.ts';

export function findContradictions(environment: RawEnvironment, env: Variables): string[] {
  return [
    ...findLambdaFaults(environment),
    ...findRegionFaults(environment.raw),
    ...findAliasFaults(env),
    ...findIssuerFaults(environment),
    ...findRoleFaults(environment.raw),
    ...findCredentialFaults(environment),
  ];
}

function findLambdaFaults({ raw, transport }: RawEnvironment): string[] {
  if (transport !== 'lambda' || raw.isAuthEnabled !== false || raw.isUnauthenticatedLambdaAllowed !== false) return [];
  return ['ENABLE_AUTH is false behind a public Function URL: set ALLOW_UNAUTHENTICATED=true if that is really wanted'];
}

function findRegionFaults({ allowedRegions, region }: RawSettings): string[] {
  if (allowedRegions === undefined || region === undefined || allowedRegions.includes(region)) return [];
  return [`AWS_REGION ${region} is not in CLOUDWATCH_MCP_REGIONS: add it there or choose another default region`];
}

/** Of most settings the first name wins; in these a leftover would decide whose tokens are taken. */
const EXACT_ALIASES = [
  ['AWS_IDENTITY_CENTER_ISSUER', 'OIDC_ISSUER'],
  ['AWS_IDENTITY_CENTER_CLIENT_ID', 'OIDC_CLIENT_ID'],
] as const;

function findAliasFaults(env: Variables): string[] {
  return EXACT_ALIASES.flatMap(([name, alias]) => {
    const [first = '', second = ''] = [env[name]?.trim(), env[alias]?.trim()];
    if (first === '' || second === '' || first === second) return [];
    return [`${name} and ${alias} are two names of one setting and differ: set one of them`];
  });
}

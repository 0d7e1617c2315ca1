/** Settings that say whose tokens are taken and how strictly. */
import { z } from 'zod';
import { boolean, commaList, integer, json, listOf, oneOf, textThat } from './parsers.ts';
import { setting } from './setting.ts';
import { findIssuerFault, findJwksUriFault, findResourceUrlFault } from './url-rules.ts';

/** STS takes tokens that are signed with RSA (PKCS#1) or ECDSA only, so nothing else is ever allowed. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'] as const;
export type SigningAlgorithm = (typeof ALGORITHMS)[number];

/** Goes into a quoted string of a header: RFC 6749, section 3.3. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/;
const scopes = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((scope) => scope !== ''))
  .pipe(z.array(z.string().regex(SCOPE, 'must hold scope names, separated by spaces or commas')));

const issuersJson = json(
  z.array(
    z.strictObject({
      issuer: z.string(),
      audiences: z.array(z.string().min(1)).min(1),
      jwksUri: z.string().optional(),
    }),
  ),
  'must be JSON of the form [{"issuer": "https://…", "audiences": ["…"], "jwksUri": "https://…"}], jwksUri being optional',
).superRefine((entries, context) => {
  for (const { issuer, jwksUri } of entries) {
    const fault = findIssuerFault(issuer) ?? (jwksUri === undefined ? undefined : findJwksUriFault(jwksUri));
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  }
});

const MAX_CLOCK_SKEW_SECONDS = 300;
const MIN_TOKEN_BYTES = 512;
/** The adapters take headers of 16 KiB in all. */
const MAX_TOKEN_BYTES = 15_000;
const MAX_RATE_PER_MINUTE = 1_000_000;

export const AUTH_SETTINGS = {
  isAuthEnabled: setting({
    variables: ['ENABLE_AUTH'],
    schema: boolean,
    fallback: 'true',
    description: 'verify a token on each HTTP request; over stdio there is nothing to verify',
  }),
  isUnauthenticatedLambdaAllowed: setting({
    variables: ['ALLOW_UNAUTHENTICATED'],
    schema: boolean,
    fallback: 'false',
    description: 'must be `true` to run without authentication behind a Lambda Function URL',
  }),
  listedIssuers: setting({
    variables: ['AWS_IDENTITY_CENTER_ISSUER', 'OIDC_ISSUER'],
    schema: listOf(findIssuerFault),
    fallback: '',
    description:
      'comma list of the OpenID Connect issuers whose tokens are taken, exactly as in the `iss` claim; required with authentication',
  }),
  listedAudiences: setting({
    variables: ['AWS_IDENTITY_CENTER_CLIENT_ID', 'OIDC_CLIENT_ID'],
    schema: commaList,
    fallback: '',
    description: 'comma list of client ids: one must be in `aud` of the token; required with authentication',
  }),
  extraAudiences: setting({
    variables: ['AUTH_AUDIENCE'],
    schema: commaList,
    fallback: '',
    description: 'comma list of further values of `aud` that are taken from the listed issuers',
  }),
  jwksUri: setting({
    variables: ['AUTH_JWKS_URI'],
    schema: textThat(findJwksUriFault).optional(),
    description: "where the issuer's keys are, if its discovery document does not tell; with exactly one listed issuer",
  }),
  issuersJson: setting({
    variables: ['AUTH_ISSUERS_JSON'],
    schema: issuersJson.optional(),
    description:
      'further issuers, each with its own audiences: `[{"issuer": "https://…", "audiences": ["…"], "jwksUri": "https://…"}]`',
  }),
  tokenUse: setting({
    variables: ['AUTH_TOKEN_USE'],
    schema: oneOf(['any', 'access', 'id']),
    fallback: 'any',
    description: 'kind of token that is taken: any, access or id',
  }),
  allowedAlgorithms: setting({
    variables: ['AUTH_ALLOWED_ALGS'],
    schema: commaList.pipe(
      z.array(z.enum(ALGORITHMS, { error: `must hold only: ${ALGORITHMS.join(', ')}` })).min(1, 'must not be empty'),
    ),
    fallback: 'RS256,ES256',
    description: `comma list of signature algorithms out of ${ALGORITHMS.join(', ')}`,
  }),
  requiredScopes: setting({
    variables: ['AUTH_REQUIRED_SCOPES'],
    schema: scopes,
    fallback: '',
    description: 'scopes that a token must have, all of them',
  }),
  allowedClientIds: setting({
    variables: ['AUTH_ALLOWED_CLIENT_IDS'],
    schema: commaList,
    fallback: '',
    description:
      'comma list of clients (`client_id`, `azp`) whose tokens are taken; default: every client of the issuer',
  }),
  clockSkewSeconds: setting({
    variables: ['AUTH_CLOCK_SKEW_SECONDS'],
    schema: integer(0, MAX_CLOCK_SKEW_SECONDS),
    fallback: '60',
    description: 'seconds by which the clock of the issuer may differ',
  }),
  maxTokenBytes: setting({
    variables: ['AUTH_MAX_TOKEN_BYTES'],
    schema: integer(MIN_TOKEN_BYTES, MAX_TOKEN_BYTES),
    fallback: '8192',
    description: 'size of the largest token that is looked at',
  }),
  resourceUrl: setting({
    variables: ['MCP_RESOURCE_URL'],
    schema: textThat(findResourceUrlFault).optional(),
    description:
      'URL under which clients reach `/mcp`; default: the in-cluster name of the service with `POD_NAMESPACE`, else the bound address, on Lambda the Function URL',
  }),
  unauthenticatedMethods: setting({
    variables: ['MCP_UNAUTHENTICATED_METHODS'],
    schema: oneOf(['none', 'handshake']),
    fallback: 'none',
    description:
      '`handshake`: the MCP handshake and `tools/list` pass without a token and `tools/call` answers in words instead of HTTP 401 (for LibreChat), except at the host of `MCP_RESOURCE_URL`, where OAuth clients are challenged',
  }),
  rateLimitPerMinute: setting({
    variables: ['RATE_LIMIT_PER_MINUTE'],
    schema: integer(0, MAX_RATE_PER_MINUTE),
    fallback: '120',
    description: 'tool calls per minute and user; 0 switches the limit off',
  }),
  isSubjectLoggedPlain: setting({
    variables: ['AUDIT_SUBJECT'],
    schema: oneOf(['hash', 'plain']).transform((form) => form === 'plain'),
    fallback: 'hash',
    description: 'how the audit line names a user: `hash`, or `plain` for the subject itself',
  }),
} as const;

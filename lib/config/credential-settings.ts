/** Settings that say which AWS credentials a call is made with. */
import { z } from 'zod';
import { integer, json, oneOf, region } from './parsers.ts';
import { setting } from './setting.ts';

/** IAM's own form, path included ("IAM identifiers" in the IAM User Guide). */
export const ROLE_ARN = /^arn:(aws[a-z-]*):iam::(\d{12}):role\/[\w+=,.@/-]{1,576}$/;
const ROLE_ARN_FAULT = 'must be the ARN of an IAM role, such as arn:aws:iam::123456789012:role/CloudWatchMCPRole';
/** An alias is written by people and models, so it is short and lower case; 12 digits are an account id. */
const ALIAS = /^([a-z][a-z0-9_-]{0,31}|\d{12})$/;

const roleArns = json(
  z
    .record(z.string().regex(ALIAS), z.string().regex(ROLE_ARN))
    .refine((roles) => Object.keys(roles).length > 0)
    .refine((roles) => !Object.hasOwn(roles, 'all')),
  'must be JSON of the form {"prod": "arn:aws:iam::123456789012:role/Name"}, each key a lower-case alias (not all) or an account id',
);

/** Bounds of STS: AssumeRole in the STS API Reference. */
const MIN_SESSION_SECONDS = 900;
const MAX_SESSION_SECONDS = 43_200;
const MAX_POLICY_CHARS = 2_048;
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;

export const CREDENTIAL_SETTINGS = {
  credentialMode: setting({
    variables: ['AWS_CREDENTIAL_MODE'],
    schema: oneOf(['web-identity', 'assume-role', 'ambient']).optional(),
    description:
      "`web-identity` (the user's token → the role), `assume-role` (this server's role → the role, with session tags that name the user) or `ambient` (this server's credentials as they are); default: web-identity with authentication and a role, ambient without authentication",
  }),
  defaultRoleArn: setting({
    variables: ['AWS_CLOUDWATCH_ROLE_ARN'],
    schema: z.string().trim().regex(ROLE_ARN, ROLE_ARN_FAULT).optional(),
    description: 'role that is assumed where a call names no account',
  }),
  roleArns: setting({
    variables: ['AWS_CLOUDWATCH_ROLE_ARNS'],
    schema: roleArns.optional(),
    description:
      'the accounts that may be asked, each by its role: `{"prod": "arn:aws:iam::123456789012:role/Name"}`, the key being an alias or the account id',
  }),
  stsRegion: setting({
    variables: ['AWS_IDENTITY_CENTER_REGION'],
    schema: region.optional(),
    description: 'region of the STS endpoint; default: `AWS_REGION`',
  }),
  externalId: setting({
    variables: ['AWS_CLOUDWATCH_EXTERNAL_ID'],
    schema: z
      .string()
      .regex(EXTERNAL_ID, 'must be 2 to 1224 characters out of letters, digits and _+=,.@:/-')
      .optional(),
    isSecret: true,
    description: 'external id of the role, with `assume-role` only',
  }),
  sessionDurationSeconds: setting({
    variables: ['AWS_SESSION_DURATION_SECONDS'],
    schema: integer(MIN_SESSION_SECONDS, MAX_SESSION_SECONDS),
    fallback: '3600',
    description: 'life of the AWS credentials of a user; at most 3600 with `assume-role`',
  }),
  sessionPolicy: setting({
    variables: ['AWS_SESSION_POLICY'],
    schema: z
      .string()
      .trim()
      .max(MAX_POLICY_CHARS, `must be at most ${MAX_POLICY_CHARS} characters`)
      .refine(isJsonObject, 'must be an IAM policy as a JSON object')
      .optional(),
    description: 'IAM policy that narrows the role further, at most 2048 characters',
  }),
} as const;

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

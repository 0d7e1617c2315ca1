/** Policies of the VPC endpoints: what the program calls through each of them, and nothing else. */

export interface EndpointPolicy {
  /** As in `com.amazonaws.<region>.<service>`. */
  readonly service: 'sts' | 'monitoring' | 'logs' | 'cloudtrail';
  readonly statements: readonly object[];
}

/** Actions of the exchanges in lib/aws, of both credential modes; tags and source identity are actions of their own. */
const ROLE_ACTIONS = ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'];

/** Pure. `actions` are those of iam/permissions-policy.json. */
export function listEndpointPolicies(actions: readonly string[]): EndpointPolicy[] {
  const ofService = (prefix: string): string[] => actions.filter((action) => action.startsWith(prefix));
  // Who is asked without credentials has no account; the trust policy of the role decides there.
  const everybody = { Effect: 'Allow', Principal: '*' };
  const ofAccounts = { Condition: { StringEquals: { 'aws:PrincipalAccount': 'ACCOUNT_ID' } } };
  const caller = { Action: ['sts:GetCallerIdentity'], Resource: '*' };
  return [
    {
      service: 'sts',
      statements: [
        { Sid: 'ExchangeTokens', ...everybody, Action: ['sts:AssumeRoleWithWebIdentity'], Resource: '*' },
        { Sid: 'AssumeRoles', ...everybody, Action: ROLE_ACTIONS, Resource: '*', ...ofAccounts },
        { Sid: 'AskWhoOneIs', ...everybody, ...caller },
      ],
    },
    {
      service: 'monitoring',
      statements: [
        { Sid: 'ReadMetricsAndAlarms', ...everybody, Action: ofService('cloudwatch:'), Resource: '*', ...ofAccounts },
      ],
    },
    {
      service: 'logs',
      statements: [{ Sid: 'ReadLogs', ...everybody, Action: ofService('logs:'), Resource: '*', ...ofAccounts }],
    },
    {
      service: 'cloudtrail',
      statements: [{ Sid: 'SeeChanges', ...everybody, Action: ofService('cloudtrail:'), Resource: '*', ...ofAccounts }],
    },
  ];
}

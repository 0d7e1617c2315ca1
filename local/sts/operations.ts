import type { GetCallerIdentityCommandOutput } from '@aws-sdk/client-sts';
import type { OperationContext, Operations } from '../types.ts';
import { createAssumeRole, createAssumeRoleWithWebIdentity, type StsSetup } from './assume-role.ts';

/** Operations that take no signature: the token in the input is the proof. */
export const UNSIGNED_STS_OPERATIONS: ReadonlySet<string> = new Set(['AssumeRoleWithWebIdentity']);

/** STS: one entry per operation of the Query API. */
export function createStsOperations(setup: StsSetup): Operations {
  return {
    AssumeRole: createAssumeRole(setup),
    AssumeRoleWithWebIdentity: createAssumeRoleWithWebIdentity(setup),
    GetCallerIdentity: getCallerIdentity,
  };
}

function getCallerIdentity(
  _input: unknown,
  context: OperationContext,
): Pick<GetCallerIdentityCommandOutput, 'UserId' | 'Account' | 'Arn'> {
  const sessionName = context.principalArn.split('/').at(-1) ?? '';
  const isAssumedRole = context.principalArn.includes(':assumed-role/');
  return {
    UserId: isAssumedRole ? `AROALOCALROLE0000000:${sessionName}` : 'AIDALOCALUSER0000000',
    Account: context.account,
    Arn: context.principalArn,
  };
}

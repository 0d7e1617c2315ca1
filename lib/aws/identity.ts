import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { AwsConnection } from './connection.ts';
import type { IdentityPort } from './ports/identity.ts';

const ACCOUNT_ID = /^\d{12}$/;
/** Of a user, role session or root: no blank or letter beyond ASCII is in it (IAM, names and paths). */
const ARN = /^arn:[\w-]+:(iam|sts)::\d{12}:[!-~]{1,2048}$/;

export function createIdentityPort(aws: AwsConnection): IdentityPort {
  return {
    async getCallerIdentity(signal) {
      const identity = await aws.call('sts:GetCallerIdentity', signal, ({ sts }, options) =>
        sts.send(new GetCallerIdentityCommand({}), options),
      );
      const { Account: accountId = '', Arn: arn = '' } = identity;
      return { accountId: ACCOUNT_ID.test(accountId) ? accountId : '', arn: ARN.test(arn) ? arn : 'unknown' };
    },
  };
}

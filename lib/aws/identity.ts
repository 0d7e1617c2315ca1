import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { AwsConnection } from './connection.ts';
import type { IdentityPort } from './ports/identity.ts';

export function createIdentityPort(aws: AwsConnection): IdentityPort {
  return {
    async getCallerIdentity(signal) {
      const identity = await aws.call('sts:GetCallerIdentity', signal, ({ sts }, options) =>
        sts.send(new GetCallerIdentityCommand({}), options),
      );
      return { accountId: identity.Account ?? '', arn: identity.Arn ?? '' };
    },
  };
}

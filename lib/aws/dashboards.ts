import {
  GetDashboardCommand,
  ListDashboardsCommand,
  type DashboardEntry as SdkEntry,
} from '@aws-sdk/client-cloudwatch';
import type { AwsConnection } from './connection.ts';
import { readSome } from './pages.ts';
import type { DashboardEntry, DashboardsPort } from './ports/dashboards.ts';

/** `arn:aws:cloudwatch::111122223333:dashboard/shop-overview` */
const ARN = /^arn:[^:]+:cloudwatch:[^:]*:(\d{12}):dashboard\//;

export function createDashboardsPort(aws: AwsConnection): DashboardsPort {
  return {
    async listDashboards(request, signal) {
      const { maxEntries: maxItems, hasTime } = request;
      const { items, isTruncated } = await readSome(
        async (NextToken) => {
          const input = { DashboardNamePrefix: request.namePrefix, NextToken };
          const page = await aws.call('cloudwatch:ListDashboards', signal, ({ cloudwatch }, options) =>
            cloudwatch.send(new ListDashboardsCommand(input), options),
          );
          return { items: page.DashboardEntries ?? [], nextToken: page.NextToken };
        },
        { maxItems, hasTime },
      );
      return { entries: items.flatMap(toEntry), isTruncated };
    },

    async getDashboard(name, signal) {
      const found = await aws.call(
        'cloudwatch:GetDashboard',
        signal,
        ({ cloudwatch }, options) => cloudwatch.send(new GetDashboardCommand({ DashboardName: name }), options),
        { subject: 'dashboard' },
      );
      const accountId = ARN.exec(found.DashboardArn ?? '')?.[1];
      return {
        name: found.DashboardName ?? name,
        body: found.DashboardBody ?? '',
        ...(accountId !== undefined && { accountId }),
      };
    },
  };
}

function toEntry({ DashboardName: name, Size, LastModified }: SdkEntry): DashboardEntry[] {
  const modifiedEpochMs = LastModified?.getTime();
  if (name === undefined) return [];
  return [{ name, sizeBytes: Size ?? 0, ...(modifiedEpochMs !== undefined && { modifiedEpochMs }) }];
}

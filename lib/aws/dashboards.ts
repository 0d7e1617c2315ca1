import { GetDashboardCommand, ListDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import type { AwsConnection } from './connection.ts';
import type { DashboardEntry, DashboardsPort } from './ports/dashboards.ts';

/** `arn:aws:cloudwatch::111122223333:dashboard/shop-overview` */
const ARN = /^arn:[^:]+:cloudwatch:[^:]*:(\d{12}):dashboard\//;

export function createDashboardsPort(aws: AwsConnection): DashboardsPort {
  return {
    async listDashboards(request, signal) {
      const entries: DashboardEntry[] = [];
      let nextToken: string | undefined;
      do {
        const input = { DashboardNamePrefix: request.namePrefix, NextToken: nextToken };
        const page = await aws.call('cloudwatch:ListDashboards', signal, ({ cloudwatch }, options) =>
          cloudwatch.send(new ListDashboardsCommand(input), options),
        );
        for (const { DashboardName: name, Size, LastModified } of page.DashboardEntries ?? []) {
          if (name === undefined) continue;
          const modifiedEpochMs = LastModified?.getTime();
          entries.push({ name, sizeBytes: Size ?? 0, ...(modifiedEpochMs !== undefined && { modifiedEpochMs }) });
        }
        nextToken = page.NextToken === '' ? undefined : page.NextToken;
      } while (nextToken !== undefined && entries.length < request.maxEntries && request.hasTime?.() !== false);
      return {
        entries: entries.slice(0, request.maxEntries),
        isTruncated: nextToken !== undefined || entries.length > request.maxEntries,
      };
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

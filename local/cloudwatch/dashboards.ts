import type {
  GetDashboardInput,
  GetDashboardOutput,
  ListDashboardsInput,
  ListDashboardsOutput,
} from '@aws-sdk/client-cloudwatch';
import type { Content } from '../data/content.ts';
import { awsError, type Operation } from '../types.ts';
import { pageItems } from './paging.ts';

/** Dashboards per page (API reference, ListDashboards). */
const PAGE_SIZE = 1_000;
/** API reference, PutDashboard. */
const NAME = /^[A-Za-z0-9._-]{1,255}$/;

/** ListDashboards: by name; the same in every region, since dashboards belong to the account. */
export function createListDashboards(content: Content, pageSize = PAGE_SIZE): Operation {
  return (
    { DashboardNamePrefix: prefix, NextToken }: ListDashboardsInput,
    { account, nowEpochMs },
  ): ListDashboardsOutput => {
    if (prefix !== undefined) checkName(prefix, 'DashboardNamePrefix');
    const dashboards = content.dashboards(account, nowEpochMs).filter(({ name }) => name.startsWith(prefix ?? ''));
    const page = pageItems(dashboards, pageSize, NextToken, ['ListDashboards', account, prefix]);
    const output: ListDashboardsOutput = {
      DashboardEntries: page.items.map(({ name, body, modifiedEpochMs }) => ({
        DashboardName: name,
        DashboardArn: arnOf(account, name),
        LastModified: new Date(modifiedEpochMs),
        Size: Buffer.byteLength(body),
      })),
    };
    return page.nextToken === undefined ? output : { ...output, NextToken: page.nextToken };
  };
}

export function createGetDashboard(content: Content): Operation {
  return ({ DashboardName: name }: GetDashboardInput, { account, nowEpochMs }): GetDashboardOutput => {
    checkName(name ?? '', 'DashboardName');
    const found = content.dashboards(account, nowEpochMs).find((dashboard) => dashboard.name === name);
    if (found === undefined) throw awsError('DashboardNotFoundError', `Dashboard ${name} does not exist`);
    return { DashboardArn: arnOf(account, found.name), DashboardBody: found.body, DashboardName: found.name };
  };
}

function checkName(name: string, member: string): void {
  if (NAME.test(name)) return;
  throw awsError(
    'InvalidParameterValueException',
    `The value for field ${member} must have 1 to 255 characters out of A-Z, a-z, 0-9, ".", "-" and "_".`,
  );
}

function arnOf(account: string, name: string): string {
  return `arn:aws:cloudwatch::${account}:dashboard/${name}`;
}

/** How log groups are named: by name or by ARN, with or without the `:*` of IAM policies. Pure. */
import { AppError } from '../../errors.ts';
import { REGIONS } from '../regions.ts';

export interface LogGroupId {
  readonly name: string;
  /** Only of an ARN; without `:*`, as `logGroupIdentifiers` wants it. */
  readonly arn?: string;
  readonly region?: string;
  readonly accountId?: string;
}

/** CreateLogGroup: 1 to 512 of these characters. */
const NAME = /^[.\-_/#A-Za-z0-9]{1,512}$/;
const ARN = /^(arn:aws[a-z-]*:logs:([a-z0-9-]{1,40}):(\d{12}):log-group:([^:*]+))(?::\*)?$/;

/**
 * @param parameter named in the refusal
 * @throws AppError `invalid_input` for what is neither a log group's name nor its ARN
 */
export function parseLogGroupId(text: string, parameter: string): LogGroupId {
  const trimmed = text.trim();
  const [, arn, region, accountId, arnName = ''] = ARN.exec(trimmed) ?? [];
  if (arn !== undefined && region !== undefined && accountId !== undefined && NAME.test(arnName))
    return { name: arnName, arn, region, accountId };
  if (!trimmed.startsWith('arn:') && NAME.test(trimmed)) return { name: trimmed };
  const shown = JSON.stringify(trimmed.slice(0, 80));
  throw new AppError(
    'invalid_input',
    trimmed.startsWith('arn:')
      ? `${parameter} holds an ARN that is not one of a log group → use arn:aws:logs:<region>:<account>:log-group:<name>, or just the name.`
      : `${parameter} holds ${shown}, which cannot be the name of a log group → take names from describe_log_groups.`,
  );
}

/** How a monitoring account names a log group of an account that is linked to it: a name alone is one of its own. */
export function writeLogGroupArn(name: string, region: string, accountId: string): string {
  return `arn:${REGIONS[region] ?? 'aws'}:logs:${region}:${accountId}:log-group:${name}`;
}

/** Names and ARNs of both lists, each once, in the order given. */
export function parseLogGroupIds(names: readonly string[], identifiers: readonly string[]): readonly LogGroupId[] {
  const ids = [
    ...names.map((text) => parseLogGroupId(text, 'log_group_names')),
    ...identifiers.map((text) => parseLogGroupId(text, 'log_group_identifiers')),
  ];
  return [...new Map(ids.map((id) => [id.arn ?? id.name, id])).values()];
}

/**
 * The one region that all ARNs agree on; undefined where there is no ARN.
 * @param wanted the `region` argument
 * @throws AppError `invalid_input` when ARNs contradict each other or `wanted`
 */
export function regionOfLogGroups(ids: readonly LogGroupId[], wanted: string | undefined): string | undefined {
  const regions = [...new Set(ids.flatMap(({ region }) => region ?? []))];
  const [first] = regions;
  if (regions.length > 1) {
    throw new AppError(
      'invalid_input',
      `The ARNs name log groups of several regions (${regions.join(', ')}), and a query runs in one → make one call for each region.`,
    );
  }
  if (first !== undefined && wanted !== undefined && first !== wanted) {
    throw new AppError(
      'invalid_input',
      `The ARNs are of region ${first}, but region says ${JSON.stringify(wanted.slice(0, 40))} → leave region out, the ARNs decide.`,
    );
  }
  return first;
}

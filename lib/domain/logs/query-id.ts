/**
 * Our id of a Logs Insights query: `<region>.<account>.<id of AWS>`, so that any later call finds its way back.
 * It grants nothing: region and account are checked against the allow-list like arguments. Pure.
 */
import { AppError } from '../../errors.ts';

export interface QueryId {
  readonly awsId: string;
  /** Absent in an id that AWS gave rather than this server. */
  readonly region?: string;
  readonly account?: string;
}

const AWS_ID = /^[A-Za-z0-9-]{8,128}$/;
const REGION = /^[a-z0-9-]{1,40}$/;
const ACCOUNT = /^[\w.+=@-]{1,64}$/;

export function encodeQueryId(id: Required<QueryId>): string {
  return `${id.region}.${id.account}.${id.awsId}`;
}

/** @throws AppError `invalid_input` for what is neither our id nor a bare one of AWS */
export function decodeQueryId(text: string): QueryId {
  const trimmed = text.trim();
  if (AWS_ID.test(trimmed)) return { awsId: trimmed };
  const first = trimmed.indexOf('.');
  const last = trimmed.lastIndexOf('.');
  const region = trimmed.slice(0, Math.max(0, first));
  const account = trimmed.slice(first + 1, Math.max(first + 1, last));
  const awsId = trimmed.slice(last + 1);
  if (REGION.test(region) && ACCOUNT.test(account) && AWS_ID.test(awsId)) return { awsId, region, account };
  throw new AppError(
    'invalid_input',
    'query_id is not the id of a query → copy the one that execute_log_insights_query gave, unchanged.',
  );
}

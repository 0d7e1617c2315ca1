/** What may be asked of `describe_log_groups`. Pure. */
import { z } from 'zod';
import { LOG_GROUP_CLASSES, type LogGroupFilter } from '../../../aws/ports/logs.ts';
import { maxItems, nextToken, whereMany } from '../../../tool/params.ts';

const MAX_ACCOUNTS = 20; // DescribeLogGroups, accountIdentifiers

export const ORDERS = ['name', 'size'] as const;
export type Order = (typeof ORDERS)[number];

const namePart = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[.\-_/#A-Za-z0-9]+$/, 'may hold only letters, digits and . - _ / #')
  .optional();

export const inputSchema = z.object({
  log_group_name_prefix: namePart.describe('Beginning of the name'),
  log_group_name_pattern: namePart.describe('Part of the name, case-sensitive'),
  log_group_class: z.enum(LOG_GROUP_CLASSES).optional().describe('Default: all'),
  order_by: z.enum(ORDERS).default('name').describe('Default name; else the largest first'),
  account_identifiers: z
    .array(
      z
        .string()
        .max(12)
        .regex(/^\d{12}$/, 'must be a 12-digit account id'),
    )
    .max(MAX_ACCOUNTS)
    .optional()
    .describe('Linked accounts, 12 digits; only in a monitoring account'),
  include_linked_accounts: z.boolean().default(false).describe('Default false'),
  max_items: maxItems(50, 500),
  next_token: nextToken,
  include_saved_queries: z.boolean().default(true).describe('Default true'),
  ...whereMany,
});

export type Input = z.output<typeof inputSchema>;

export function toFilter(input: Input): LogGroupFilter {
  return {
    namePrefix: input.log_group_name_prefix,
    namePattern: input.log_group_name_pattern,
    logGroupClass: input.log_group_class,
    accountIdentifiers: input.account_identifiers,
    includeLinkedAccounts: input.include_linked_accounts,
  };
}

export function isLinked(input: Input): boolean {
  return input.include_linked_accounts || (input.account_identifiers?.length ?? 0) > 0;
}

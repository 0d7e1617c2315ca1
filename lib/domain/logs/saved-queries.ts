/** Which saved queries belong to some log groups. Pure. */

interface SavedQueryScope {
  /** Names or ARNs; empty: any log group. */
  readonly logGroups: readonly string[];
}

/** Those bound to one of the groups first, then those that run anywhere; the others are left out. */
export function selectSavedQueries<Query extends SavedQueryScope>(
  queries: readonly Query[],
  groupNames: ReadonlySet<string>,
): readonly Query[] {
  const isBound = ({ logGroups }: Query): boolean => logGroups.some((group) => groupNames.has(nameOf(group)));
  return [...queries.filter(isBound), ...queries.filter(({ logGroups }) => logGroups.length === 0)];
}

function nameOf(group: string): string {
  return group.startsWith('arn:') ? (group.split(':')[6] ?? '') : group;
}

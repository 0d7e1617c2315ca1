/** Which log group of an account is a resource's: by convention, by its name, or by the words of its name. Pure. */
import type { KnownNames } from './known-names.ts';
import { coreName, nameParts } from './resource.ts';

/** Groups that one word fits and that say nothing any more. */
const MAX_ALIKE = 3;

/**
 * @param guessed the name that the service gives by convention
 * @param groups all that are known
 * @param resources the names of all that are known, among which a part of a name may be common
 */
export function matchLogGroup(
  resource: string,
  guessed: string | undefined,
  groups: readonly string[],
  resources: KnownNames,
): string | undefined {
  const shortest = [...groups].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const plain = coreName(resource);
  return (
    shortest.find((group) => group === guessed) ??
    shortest.find((group) => isOf(group, plain)) ??
    matchWords(resources.tellingParts(resource), shortest)
  );
}

/** `/ecs/web` of web, `/aws/rds/instance/db/error` of db; not `/aws/lambda/web-admin` of web. */
function isOf(group: string, name: string): boolean {
  return name !== '' && (group.split('/').includes(name) || group.endsWith(name) || group.includes(`/${name}-access`));
}

/** The group that has the rarest of the words; of several the shortest. */
function matchWords(words: ReadonlyMap<string, number>, groups: readonly string[]): string | undefined {
  const scored = groups.map((group) => {
    const parts = new Set(nameParts(group));
    return { group, score: [...words].reduce((sum, [word, uses]) => sum + (parts.has(word) ? 1 / uses : 0), 0) };
  });
  const most = Math.max(0, ...scored.map(({ score }) => score));
  const best = scored.filter(({ score }) => score === most);
  return most === 0 || best.length > MAX_ALIKE ? undefined : best[0]?.group;
}

import { it } from 'vitest';
import { z } from 'zod';
import { expectTable, outcomeOf } from '../../test/support/golden-table.ts';
import { maxItems, nextToken, time, timeRange, where, whereMany } from './params.ts';

it('says what each shared parameter takes, to models and by what it refuses', async () => {
  const schemas = {
    ...whereMany,
    where: z.object(where),
    ...timeRange('-3h'),
    at: time('now'),
    items: maxItems(5, 9),
    nextToken,
  };
  const rows: (readonly [string, unknown])[] = Object.entries(schemas).flatMap(([name, schema]) => {
    const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input' });
    return Object.entries(json).map(([key, value]) => [`${name} ${key}`, value] as const);
  });
  const sizes = [0, 1, 40, 41, 64, 65, 4_000, 4_001];
  for (const [name, schema] of Object.entries(schemas)) {
    const takes = (value: unknown) => schema.safeParse(value).success;
    rows.push([`${name} of so many characters`, sizes.filter((size) => takes('x'.repeat(size)))]);
    rows.push([`${name} of so many items`, [0, 1, 50, 51].filter((size) => takes(Array(size).fill('x')))]);
    rows.push([`${name} of an item of so many characters`, sizes.filter((size) => takes(['x'.repeat(size)]))]);
    rows.push([`${name} as number`, [0, 1, 1.5, 9, 10].filter(takes)]);
    rows.push([
      `${name} left out`,
      outcomeOf(() => (takes(undefined) ? (schema.parse(undefined) ?? 'nothing') : 'refused')),
    ]);
  }
  await expectTable('tool/params', rows);
});

import { expect, it } from 'vitest';
import { selectSavedQueries } from './saved-queries.ts';

it('puts queries of the groups before those that run anywhere, and leaves out the others', () => {
  const arn = 'arn:aws:logs:us-east-1:111122223333:log-group:/a/b';
  const queries = [{ logGroups: [] }, { logGroups: ['/x'] }, { logGroups: ['/x', '/a'] }, { logGroups: [arn] }];
  expect(selectSavedQueries(queries, new Set(['/a', '/a/b']))).toEqual([queries[2], queries[3], queries[0]]);
  expect(selectSavedQueries([{ logGroups: ['arn:aws:logs'] }], new Set(['/a']))).toEqual([]);
});

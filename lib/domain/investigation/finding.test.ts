import { expect, it } from 'vitest';
import { CHANGE_KINDS, VERDICTS } from './finding.ts';

it('names verdicts and kinds of changes by the words that clients read', () => {
  expect(VERDICTS).toEqual(['changed', 'recurring', 'nothing_unusual', 'insufficient_data']);
  expect(CHANGE_KINDS).toEqual([
    'metric',
    'log_pattern',
    'log_field',
    'alarm',
    'dashboard_mark',
    'config_change',
    'trace_node',
  ]);
});

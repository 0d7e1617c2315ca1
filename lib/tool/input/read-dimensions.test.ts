import { expect, it } from 'vitest';
import { z } from 'zod';
import { takesPairs, toPair, toPairs } from './read-dimensions.ts';

it('knows lists of pairs', () => {
  expect(takesPairs(z.object({ name: z.string(), value: z.string() }))).toBe(true);
  expect(takesPairs(z.object({ name: z.string() }))).toBe(false);
  expect(takesPairs(z.object({ value: z.string() }))).toBe(false);
});

it.each<[unknown, unknown]>([
  ['A=b', ['A=b']],
  [[1], [1]],
  [5, 5],
  [
    { A: 'b', C: 1 },
    [
      { name: 'A', value: 'b' },
      { name: 'C', value: 1 },
    ],
  ],
  [{ A: null }, [{ name: 'A', value: null }]],
  [{ Name: 'A', Value: 'b' }, [{ Name: 'A', Value: 'b' }]],
  [{ KEY: 'A' }, [{ KEY: 'A' }]],
  [{ A: { b: 1 } }, [{ A: { b: 1 } }]],
])('reads %j as a list', (sent, list) => {
  expect(toPairs(sent)).toEqual(list);
});

it.each<[unknown, unknown]>([
  ['A=b', [{ name: 'A', value: 'b' }]],
  [
    ' A = b , C=d',
    [
      { name: 'A', value: 'b' },
      { name: 'C', value: 'd' },
    ],
  ],
  ['A=b,c', [{ name: 'A', value: 'b,c' }]],
  ['A=b=c', [{ name: 'A', value: 'b=c' }]],
  [' A ', [{ name: 'A' }]],
  ['A=', [{ name: 'A', value: '' }]],
  ['Name=A,Value=b', [{ name: 'A', value: 'b' }]],
  [
    'Name=A,Other=b',
    [
      { name: 'Name', value: 'A' },
      { name: 'Other', value: 'b' },
    ],
  ],
  [
    'Value=b,Name=A',
    [
      { name: 'Value', value: 'b' },
      { name: 'Name', value: 'A' },
    ],
  ],
  [
    'Name=A,Value=b,C=d',
    [
      { name: 'Name', value: 'A' },
      { name: 'Value', value: 'b' },
      { name: 'C', value: 'd' },
    ],
  ],
  [{ Host: 'b' }, [{ name: 'Host', value: 'b' }]],
  [{ Name: 'b' }, [{ Name: 'b' }]],
  [{ val: 'b' }, [{ val: 'b' }]],
  [{ k: 'b' }, [{ k: 'b' }]],
  [{ Key: 'A', Value: 'b' }, [{ name: 'A', Value: 'b' }]],
  [{ key: 'A', name: 'B' }, [{ key: 'A', name: 'B' }]],
  [{ A: 'b', C: 'd' }, [{ A: 'b', C: 'd' }]],
  [5, [5]],
])('reads %j as pairs', (item, pairs) => {
  expect(toPair(item)).toEqual(pairs);
});

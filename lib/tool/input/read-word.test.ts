import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isAll, readBoolean, readEnum, readText } from './read-word.ts';
import { createAllowance } from './reading.ts';

function readAs(argument: string, value: unknown, isMember = false) {
  const warnings: string[] = [];
  return {
    value: readText(value, { argument, path: argument, isMember, warnings, allowance: createAllowance() }),
    warnings,
  };
}
const valueAs = (argument: string, value: unknown, isMember = false) => readAs(argument, value, isMember).value;

it.each([
  ['true True yes Y on 1', true],
  ['false FALSE no n off 0', false],
])('reads %s', (words, meant) => {
  for (const word of words.split(' ')) expect(readBoolean(` ${word} `)).toBe(meant);
  expect(readBoolean(meant ? 1 : 0)).toBe(meant);
  expect(readBoolean(meant)).toBe(meant);
});

it.each(['maybe', 2, null])('hands %j on', (value) => {
  expect(readBoolean(value)).toBe(value);
});

it('knows the words for all only where the list says so', () => {
  for (const word of ['all', ' Any ', '*']) {
    expect(isAll(word, 'States; default: all.')).toBe(true);
    expect(isAll(word, 'default: allowed')).toBe(false);
    expect(isAll(word)).toBe(false);
  }
  expect(isAll(1, 'default: all')).toBe(false);
});

it('finds a choice in any spelling that can be only one', () => {
  const choice = z.enum(['StateUpdate', 'Action', 'ac-tion']);
  for (const text of ['StateUpdate', 'state_update', 'STATE UPDATE', '"state-update"']) {
    expect(readEnum(text, choice)).toBe('StateUpdate');
  }
  expect(readEnum('Action', choice)).toBe('Action');
  expect(readEnum('ACTION', choice)).toBe('ACTION');
  expect(readEnum('other', choice)).toBe('other');
  expect(readEnum(5, choice)).toBe(5);
});

describe('readText', () => {
  it.each([
    ['account', 12_345, '000000012345'],
    ['account', 0, '0'],
    ['account', 1.5, '1.5'],
    ['account', -5, '-5'],
    ['note', 12_345, '12345'],
    ['account', '1234-5678-9012', '123456789012'],
    ['account', '1234-5678-901', '1234-5678-901'],
    ['account', 'ALL', 'all'],
    ['accounts', '*', 'all'],
    ['region', ' EU_West 1 ', 'eu-west-1'],
    ['region', '*', 'all'],
    ['regions', '"us-east-1"', 'us-east-1'],
    ['log_group', "' /aws/x '", '/aws/x'],
    ['log_group', '`/aws/x`', '/aws/x'],
    ['log_group', '"/aws/x\'', '"/aws/x\''],
    ['start_time', ' -1h ', '-1h'],
    ['name', ' "a" ', ' "a" '],
    ['note', ' *a ', ' *a '],
  ])('reads %s %j', (argument, sent, meant) => {
    expect(readAs(argument, sent)).toEqual({ value: meant, warnings: [] });
  });

  it.each(['```\nfields a\n```', '```sql\nfields a\n```', '  ```kql \r\nfields a\r\n```  '])(
    'takes a query out of %j',
    (sent) => {
      expect(valueAs('query', sent)).toBe('fields a');
      expect(valueAs('expression', sent, true)).toBe('fields a');
      expect(valueAs('note', sent)).toBe(sent);
    },
  );

  it('leaves a query alone that is no fence', () => {
    for (const sent of ['fields a', '```a```b```\nx\n```', 'x ```\na\n```', '```\na\n```\nb\n```']) {
      expect(valueAs('query', sent)).toBe(sent);
    }
    expect(valueAs('query', null, true)).toBeNull();
  });

  it('drops the star of a beginning, and says so', () => {
    const warnings = ['name_prefix is a beginning, not a pattern: the * at its end was dropped.'];
    expect(readAs('name_prefix', 'shop-**')).toEqual({ value: 'shop-', warnings });
    expect(readAs('name_prefix', '*')).toEqual({ value: undefined, warnings });
    expect(readAs('name_prefix', 'a*b')).toEqual({ value: 'a*b', warnings: [] });
    expect(readAs('name_prefix', 'a*', true)).toEqual({ value: 'a*', warnings: [] });
    expect(readAs('log_group_name_prefix', ' "/aws/*" ').value).toBe('/aws/');
  });
});

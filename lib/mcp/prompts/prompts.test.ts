import { describe, expect, it } from 'vitest';
import { expectTable } from '../../../test/support/golden-table.ts';
import { cleanValue, PROMPTS, selectPrompts } from './prompts.ts';

/** Each choice of what is left out; the bits of `mask` say what is kept. */
function subsetsOf<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: 2 ** items.length }, (_, mask) =>
    items.filter((_item, index) => Math.floor(mask / 2 ** index) % 2 === 1),
  );
}

const written = PROMPTS.flatMap(({ name, arguments: args, write }) =>
  subsetsOf(args.filter(({ required }) => !required)).map((optional) => {
    const given = [...args.filter(({ required }) => required), ...optional];
    const values = Object.fromEntries(given.map((argument) => [argument.name, `<${argument.name}>`]));
    const left = args.filter((argument) => !given.includes(argument)).map((argument) => `<${argument.name}>`);
    return { name, values, left, text: write(values) };
  }),
);

describe('PROMPTS', () => {
  it('are written with what is given, whatever is left out', () => {
    expect(written).toHaveLength(2 + 4 + 2 + 2 + 8);
    for (const { values, left, text } of written) {
      for (const value of Object.values(values)) expect(text).toContain(value);
      for (const value of left) expect(text).not.toContain(value);
      expect(text).not.toMatch(/undefined|\[object|null|NaN| {2}/);
      expect(text).toMatch(/\n1\. .*\n2\. /);
      expect(text).toContain('Do not call anything a cause that the answers do not show.');
    }
  });

  it('say the same as they did', async () => {
    await expectTable('prompts', [
      ...PROMPTS.map(({ name, title, description, tools }) => [name, [title, description, tools]] as const),
      ...PROMPTS.flatMap(({ name, arguments: args }) =>
        args.map(
          (argument) =>
            [`${name} ${argument.name}`, [argument.required, argument.completed, argument.description]] as const,
        ),
      ),
      ...written.flatMap(({ name, values, text }) =>
        text.split('\n').map((line, at) => [`${name} ${Object.keys(values).join(' ')} ${at}`, line] as const),
      ),
    ]);
  });

  it('are written for the time until now where no end is given', () => {
    const textOf = (name: string, values: Readonly<Record<string, string>>) =>
      PROMPTS.find((prompt) => prompt.name === name)
        ?.write(values)
        .split('\n')[0];
    expect(textOf('post_mortem', { start: '-6h' })).toBe('Write the post-mortem of the incident from -6h to now.');
    expect(textOf('compare', { start: '-1h' })).toBe(
      'Compare the time from -1h to now with as long a time just before.',
    );
    expect(textOf('compare', { start: '-1h', end: '-5m', baseline: '-1d', namespace: 'AWS/SQS' })).toBe(
      'Compare the time from -1h to -5m with the same length from -1d in AWS/SQS.',
    );
  });
});

describe('cleanValue', () => {
  it('makes one line of at most 300 characters', () => {
    expect(cleanValue(' a \n\t b ')).toBe('a b');
    expect(cleanValue(' \n ')).toBe('');
    expect([299, 300, 301].map((length) => cleanValue('x'.repeat(length)).length)).toEqual([299, 300, 300]);
  });
});

describe('selectPrompts', () => {
  it('offers those whose tools are all there', () => {
    const offered = (...tools: readonly string[]) =>
      selectPrompts((tool) => tools.includes(tool)).map(({ name }) => name);
    expect(selectPrompts(() => true)).toEqual(PROMPTS);
    expect(offered()).toEqual([]);
    expect(offered('get_active_alarms')).toEqual([]);
    expect(offered('get_active_alarms', 'investigate_alarm')).toEqual(['investigate']);
    expect(offered('get_active_alarms', 'get_alarm_history')).toEqual(['post_mortem']);
    expect(offered('review_alarms', 'describe_log_groups', 'get_metric_data')).toEqual([
      'alarm_review',
      'cost_of_logs',
      'compare',
    ]);
  });
});

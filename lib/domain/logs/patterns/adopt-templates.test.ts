import { describe, expect, it } from 'vitest';
import { toMessagePattern } from '../../../../local/logs/insights/message-pattern.ts';
import { finish } from '../../../../test/support/finish.ts';
import { makeLabelledSets } from '../../../../test/support/labelled-logs.ts';
import { adoptTemplates } from './adopt-templates.ts';
import type { MessageGroup } from './digest-messages.ts';
import { toTemplate } from './message-template.ts';

const patternOf = (text: string): MessageGroup => ({ template: toTemplate(text), texts: [text], count: 1 });
const readOf = (...texts: readonly string[]): MessageGroup[] =>
  texts.map((text) => ({ template: toTemplate(text), texts: [text], count: 1 }));

function adopt(pattern: string, ...read: readonly string[]): string | undefined {
  return finish(adoptTemplates([patternOf(pattern)], readOf(...read)))[0]?.template;
}

describe('adoptTemplates', () => {
  it('takes the template of the messages, however the pattern masks them', () => {
    expect(
      adopt(
        'Mar <Token-1> <Token-2>:<Token-3>:<Token-4> mover: disk <Token-5> is full',
        'Mar  1 10:11:12 mover: disk 7 is full',
      ),
    ).toBe('Mar <*> <*>:<*>:<*> mover: disk <*> is full');
    expect(
      adopt(
        'Mar <Token-1> <Token-2>:<Token-3>:<Token-4> mover: disk <Token-5> is full',
        'Mar 1 10:11:12 mover: disk 7 is full',
      ),
    ).toBe('<time> mover: disk <num> is full');
  });

  it('tells by any value where messages differ in a word', () => {
    expect(adopt('worker <*> of <*> ended', 'worker 1 of alice ended', 'worker 2 of bob ended')).toBe(
      'worker <num> of <*> ended',
    );
  });

  it.each([
    ['a message of another statement', 'disk <*> is full now', 'disk 7 is fully booked now'],
    ['a token that would hold blanks', 'disk <*> is full now', 'disk 7 and 8 is full now'],
    ['messages of several structures', 'disk <*> is full now', 'disk a=b is full now', 'disk 7 is full now'],
    ['a pattern of hardly a word', '<*> ok <*>', '1 ok 2'],
    ['a pattern that goes on', 'disk <*> is full', 'disk 7 is full now'],
  ])('leaves a pattern alone beside %s', (_case, pattern, ...read) => {
    expect(adopt(pattern, ...read)).toBe(toTemplate(pattern));
  });

  it('masks a pattern without messages as its neighbour is masked', () => {
    const read = readOf('10:11:12 UTC mover: parcel of alice sent');
    const fitting = ['alice', 'bob'].map((name) =>
      patternOf(`<Token-1>:<Token-2>:<Token-3> UTC mover: parcel of ${name} sent`),
    );
    expect(finish(adoptTemplates(fitting, read)).map(({ template }) => template)).toEqual([
      '<time> UTC mover: parcel of alice sent',
      '<time> UTC mover: parcel of bob sent',
    ]);
  });

  it('finds the messages of whatever patterns are made of them', () => {
    for (const { messages } of makeLabelledSets(3, 60)) {
      for (const { text } of messages) {
        const [adopted] = finish(adoptTemplates([patternOf(toMessagePattern(text))], readOf(text)));
        const hasWords = /\p{L}{6}/u.test(toMessagePattern(text).replace(/<[^>]*>/g, ''));
        if (hasWords && text.length < 1_900) expect(adopted?.template).toBe(toTemplate(text));
      }
    }
  });
});

import { describe, expect, it } from 'vitest';
import { Show } from './show.ts';

function capture(isTty: boolean): { show: Show; text: () => string } {
  const parts: string[] = [];
  return { show: new Show({ isTty, write: (part) => parts.push(part) }), text: () => parts.join('') };
}

const ESCAPE = '\u001b';

describe('Show', () => {
  it('writes plain lines where there is no terminal', () => {
    const { show, text } = capture(false);
    show.question(1, 'What is on fire?');
    show.call('get_active_alarms', { max_items: 5 });
    show.progress('asked (1 of 2)');
    show.answer('two alarms\nthe second line', false);
    expect(text()).toBe(`
1. What is on fire?
   get_active_alarms {"max_items":5}
   … asked (1 of 2)
   two alarms
   the second line
   (26 characters)
`);
  });

  it('colours and overwrites its progress on a terminal', () => {
    const { show, text } = capture(true);
    show.question(1, 'What?');
    show.progress('one');
    show.progress('two');
    show.answer('Error: no', true);
    expect(text()).toContain(`${ESCAPE}[1m1. What?${ESCAPE}[22m`);
    expect(text()).toContain(`\r${ESCAPE}[K${ESCAPE}[2m   … two${ESCAPE}[22m\r${ESCAPE}[K`);
    expect(text()).toContain(`${ESCAPE}[31m   Error: no${ESCAPE}[39m`);
  });

  it('says how much of a long answer it left out', () => {
    const { show, text } = capture(false);
    const answer = Array.from({ length: 1_000 }, (_, index) => `line ${index}`).join('\n');
    show.answer(answer, false);
    expect(text().split('\n').length).toBeLessThan(50);
    expect(text()).toContain('960 more lines; the whole answer has 8,889 characters)');
  });

  it('cuts long lines', () => {
    const { show, text } = capture(false);
    show.answer('x'.repeat(10_000), false);
    expect(text().split('\n')[0]).toHaveLength(203);
    expect(text().split('\n')[0]?.endsWith('…')).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { finish } from '../../../../test/support/finish.ts';
import { makeLabelledSets } from '../../../../test/support/labelled-logs.ts';
import { measureClusters } from '../../../../test/support/measure-clusters.ts';
import { fc } from '../../../../test/support/property.ts';
import { type CountedMessage, clusterMessages } from './log-clusters.ts';
import { toTemplate } from './message-template.ts';

const counted = (text: string, counts: readonly number[] = [1]): CountedMessage => ({
  text,
  template: toTemplate(text),
  counts,
});
const templatesOf = (texts: readonly string[]) =>
  finish(clusterMessages(texts.map((text) => counted(text)))).map(({ template }) => template);

/** `npm exec node scripts/bench/clusters.ts` prints the same figures. */
describe.each([1, 2, 3])('labelled logs, seed %i', (seed) => {
  const sets = makeLabelledSets(seed, 2_000);

  it.each(sets.map((set) => [set.service, set] as const))('%s', (_service, { messages }) => {
    const { purity, labels, found, clusters } = measureClusters(messages);
    expect(purity).toBeGreaterThanOrEqual(0.95);
    expect(found / labels).toBeGreaterThanOrEqual(0.85);
    expect(clusters).toBeLessThanOrEqual(2 * labels);
  });

  it('all services together', () => {
    const { purity, labels, found, clusters } = measureClusters(sets.flatMap(({ messages }) => messages));
    expect(labels).toBe(64);
    expect(purity).toBeGreaterThanOrEqual(0.95);
    expect(found / labels).toBeGreaterThanOrEqual(0.9);
    expect(clusters).toBeLessThanOrEqual(1.5 * labels);
  });
});

describe('measureClusters', () => {
  it('sees mixed and split clusters', () => {
    const message = (label: string, text: string) => ({ label, text });
    const mixed = measureClusters([
      message('a', 'same text 1'),
      message('b', 'same text 2'),
      message('b', 'same text 3'),
    ]);
    expect(mixed).toMatchObject({ labels: 2, found: 0, clusters: 1, purity: 2 / 3 });
    const split = measureClusters([message('a', 'one way to say it'), message('a', 'or another')]);
    expect(split).toMatchObject({ labels: 1, found: 0, clusters: 2, purity: 1 });
  });
});

describe('clusterMessages', () => {
  it('adds up counts of each kind, most frequent first', () => {
    const clusters = finish(
      clusterMessages([counted('job 1 done', [1, 0]), counted('disk full', [0, 5]), counted('job 2 done', [2, 1])]),
    );
    expect(clusters).toEqual([
      { template: 'disk full', counts: [0, 5], example: 'disk full', members: [1] },
      { template: 'job <num> done', counts: [3, 1], example: 'job 1 done', members: [0, 2] },
    ]);
  });

  it('takes a word for data when five stand at one place, not when two do', () => {
    const names = ['alice', 'bob', 'carol', 'dave', 'erin'];
    const line = (name: string) => `user ${name} signed in again`;
    expect(templatesOf(names.map(line))).toEqual(['user <*> signed in again']);
    expect(templatesOf(names.slice(0, 2).map(line))).toHaveLength(2);
  });

  it('keeps short messages apart, however many there are', () => {
    const words = ['starting', 'stopped', 'ready', 'connected', 'idle', 'busy', 'closing', 'opening', 'paused'];
    expect(templatesOf(words)).toHaveLength(words.length);
    expect(templatesOf(words.map((word) => `INFO ${word}`))).toHaveLength(words.length);
  });

  it('joins rare messages in which several words vary', () => {
    const names = ['ann', 'bo', 'cy', 'di', 'ed', 'flo', 'gus', 'hal', 'ida', 'jo'];
    const cities = ['rome', 'oslo', 'lima', 'bonn', 'kyiv', 'cork', 'york', 'nice', 'bari', 'graz'];
    const lines = names.map((name, index) => `the parcel of ${name} is on its way to ${cities[index]} now`);
    expect(templatesOf(lines)).toEqual(['the parcel of <*> is on its way to <*> now']);
  });

  it('joins a pattern of CloudWatch with the messages that it stands for', () => {
    const clusters = finish(
      clusterMessages([
        counted('<Timestamp-1> <UUID-2> Task timed out after <Token-3> seconds', [14]),
        counted('2026-03-01T12:00:00Z 7c1f5d8e-0000-4000-a000-000000000001 Task timed out after 3.00 seconds', [1]),
      ]),
    );
    expect(clusters.map(({ counts }) => counts)).toEqual([[15]]);
  });

  it('is empty for nothing, and survives empty messages', () => {
    expect(finish(clusterMessages([]))).toEqual([]);
    expect(templatesOf(['', ' \n'])).toEqual(['']);
  });

  it('holds every message in exactly one cluster, the same in every run', () => {
    const word = fc.constantFrom(
      'alpha',
      'beta',
      'gamma',
      'x1',
      '7',
      '"q"',
      '{"level":"ERROR"',
      'k=v',
      '\n',
      '<Token-1>',
      'ü',
      '\ud800',
    );
    const message = fc.oneof(
      fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(message, { maxLength: 60 }), (texts) => {
        const messages = texts.map((text) => counted(text));
        const clusters = finish(clusterMessages(messages));
        const members = clusters.flatMap((cluster) => cluster.members);
        expect(members.toSorted((a, b) => a - b)).toEqual(texts.map((_, index) => index));
        expect(clusters.reduce((sum, { counts }) => sum + (counts[0] ?? 0), 0)).toBe(texts.length);
        expect(finish(clusterMessages(messages))).toEqual(clusters);
      }),
    );
  });
});

/** Words of which none is like another to the templates. */
const WORDS = 'red green blue black white grey pink cyan teal navy lime gold rose plum'.split(' ');

describe('places that vary', () => {
  it.each([
    ['4 of 5', 4, 'the %s car is here', 4],
    ['5 of 5', 5, 'the %s car is here', 1],
    ['11 of 12 between two words', 11, 'car %s gone', 11],
    ['12 of 12 between two words', 12, 'car %s gone', 1],
    ['2 of 3 in quotes', 2, 'car "%s" gone', 2],
    ['3 of 3 in quotes', 3, 'car "%s" gone', 1],
    ['3 between unequal quotes', 3, 'car "%s\' gone', 3],
    ['14 beside one word', 14, '%s gone', 14],
  ])('%s', (_, count, text, clusters) => {
    const texts = WORDS.slice(0, count).flatMap((word) => Array.from({ length: 3 }, () => text.replace('%s', word)));
    expect(templatesOf(texts)).toHaveLength(clusters);
  });

  it('are looked for in steps of a hundred messages', () => {
    const texts = Array.from(
      { length: 3_000 },
      (_, at) => `one two three ${WORDS[at % 14]} ${WORDS[Math.floor(at / 14) % 14]} x${at}y`,
    );
    const steps = clusterMessages(texts.map((text) => counted(text, [3])));
    let count = 0;
    for (const _ of steps) count += 1;
    // Read, and joined where they are equal.
    expect(count).toBeGreaterThanOrEqual((2 * 3_000) / 100);
  });

  it('are found one a round, up to four', () => {
    const sizes = [1, 2, 3, 4, 5].map((places) => {
      const texts = Array.from({ length: 5 ** places }, (_, at) => {
        const names = Array.from({ length: places }, (_one, place) => WORDS[Math.floor(at / 5 ** place) % 5]);
        return `one two three ${names.join(' and ')}`;
      });
      return finish(clusterMessages(texts.map((text) => counted(text, [3])))).length;
    });
    expect(sizes).toEqual([1, 1, 1, 1, 5]);
  });
});

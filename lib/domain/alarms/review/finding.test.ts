import { describe, expect, it } from 'vitest';
import { finish } from '../../../../test/support/finish.ts';
import { FINDING_KINDS, type Finding, foldFindings } from './finding.ts';

const finding = (kind: Finding['kind'], names: readonly string[], why = 'w'): Finding => ({ kind, names, why });
const series = (metricName: string) => ({ namespace: 'AWS/Lambda', metricName, dimensions: [] });

describe('foldFindings', () => {
  it('tells what hides an incident before what only disturbs', () => {
    const told = finish(foldFindings([...FINDING_KINDS].toReversed().map((kind) => finding(kind, [kind])))).map(
      ({ kind }) => kind,
    );
    expect(told).toEqual([
      'never_any_data',
      'unwatched',
      'in_alarm_for_days',
      'flapping',
      'regular',
      'disabled',
      'muted',
      'no_action',
      'copies',
    ]);
  });

  it('keeps findings of one kind in the order in which they came', () => {
    const given = ['c', 'a', 'b'].map((name) => finding('flapping', [name], name));
    expect(finish(foldFindings(given))).toEqual(given);
    expect(finish(foldFindings([]))).toEqual([]);
  });

  it('makes one of the same words about several alarms', () => {
    expect(
      finish(
        foldFindings([
          finding('muted', ['x']),
          finding('muted', ['y', 'z']),
          finding('no_action', ['x']),
          finding('muted', ['q'], 'other'),
        ]),
      ),
    ).toEqual([finding('muted', ['x', 'y', 'z']), finding('muted', ['q'], 'other'), finding('no_action', ['x'])]);
  });

  it.each([
    ['digits', 'api-1-high', 'api-22-high', true],
    ['ids', 'q-0a1b2c3d-1111-2222-3333-0123456789ab', 'q-ffffffff-aaaa-bbbb-cccc-dddddddddddd', true],
    ['words', 'api-high', 'web-high', false],
    ['digits or none', 'api-high', 'api1-high', false],
    ['a digit more or less', 'api-high', 'api-1-high', false],
  ])('folds names that differ by %s', (_what, one, other, isFolded) => {
    const folded = finish(
      foldFindings([
        finding('flapping', [one], '3 an hour'),
        finding('flapping', [other], '4 an hour'),
        finding('regular', [other], '5 an hour'),
      ]),
    );
    expect(folded.map(({ names, why }) => [names, why])).toEqual([
      ...(isFolded
        ? [[[one, other], 'e.g. 3 an hour']]
        : [
            [[one], '3 an hour'],
            [[other], '4 an hour'],
          ]),
      [[other], '5 an hour'],
    ]);
  });

  it('says "e.g." once, however many are folded', () => {
    const folded = finish(
      foldFindings(['a1', 'a2', 'a3', 'a4'].map((name) => finding('regular', [name], `every ${name}`))),
    );
    expect(folded).toEqual([finding('regular', ['a1', 'a2', 'a3', 'a4'], 'e.g. every a1')]);
  });

  it('does not fold resources of different metrics', () => {
    const of = (metricName: string, name: string): Finding => ({
      ...finding('unwatched', [name], `${metricName} of ${name}`),
      metric: series(metricName),
    });
    expect(finish(foldFindings([of('Errors', 'f1'), of('Throttles', 'f2'), of('Errors', 'f3')]))).toEqual([
      { ...of('Errors', 'f1'), names: ['f1', 'f3'], why: 'e.g. Errors of f1' },
      of('Throttles', 'f2'),
    ]);
  });
});

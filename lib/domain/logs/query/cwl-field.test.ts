import { describe, expect, it } from 'vitest';
import { readToken } from '../../../../local/logs/insights/lexer.ts';
import { anyCharacter, fc } from '../../../../test/support/property.ts';
import { exampleQueries, sortFields, writeFieldName } from './cwl-field.ts';
import { splitPipeline } from './pipeline.ts';

describe('writeFieldName', () => {
  it.each([
    ['level', 'level'],
    ['@message', '@message'],
    ['kubernetes.pod_name', 'kubernetes.pod_name'],
    ['items.0.id', 'items.0.id'],
    ['foo-bar', '`foo-bar`'],
    ['kubernetes.labels.app.kubernetes.io/part-of', '`kubernetes.labels.app.kubernetes.io/part-of`'],
    ['a b', '`a b`'],
    ['größe', '`größe`'],
    ['0', '`0`'],
    ['count', '`count`'],
    ['LIKE', '`LIKE`'],
    ['a.', '`a.`'],
    ['@aws.tag.aws:cloudformation:stack-name', '@`aws.tag.aws:cloudformation:stack-name`'],
  ])('writes %s as %s', (name, expected) => {
    expect(writeFieldName(name)).toBe(expected);
  });

  it.each(['', '@', 'a`b', 'a\nb', 'a\u202eb', '\u001b[31m', '\ud800'])('refuses %j', (name) => {
    expect(writeFieldName(name)).toBeUndefined();
  });

  it('gives one name token that means the field, whatever its name', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: anyCharacter })), (name) => {
        const written = writeFieldName(name);
        // The embedded CloudWatch has no tag fields, whose @ stands before the back-ticks.
        if (written === undefined || written.startsWith('@`')) return;
        const token = readToken(written, 0);
        expect(['word', 'quotedName']).toContain(token.kind);
        expect(token).toMatchObject({ value: name, start: 0, end: written.length });
      }),
    );
  });
});

describe('sortFields', () => {
  it('puts the most frequent first, and of equals those of the events', () => {
    const fields = [
      { name: '@message', percent: 100 },
      { name: 'b', percent: 50 },
      { name: 'a', percent: 100 },
      { name: 'c', percent: 50 },
    ];
    expect(sortFields(fields).map(({ name }) => name)).toEqual(['a', '@message', 'b', 'c']);
  });
});

describe('exampleQueries', () => {
  it('prefers fields that tell something, and leaves rare ones out', () => {
    expect(
      exampleQueries([
        { name: '@message', percent: 100 },
        { name: 'requestId', percent: 90 },
        { name: 'error-code', percent: 10 },
        { name: 'level', percent: 80 },
        { name: 'rare', percent: 1 },
      ]),
    ).toEqual({
      rows: 'fields @timestamp, level, `error-code`, requestId | sort @timestamp desc | limit 20',
      counts: 'stats count(*) as events by level | sort events desc | limit 20',
    });
  });

  it('makes do with the message', () => {
    expect(exampleQueries([{ name: '@message', percent: 100 }])).toEqual({
      rows: 'fields @timestamp, @message | sort @timestamp desc | limit 20',
    });
  });

  it('stays a pipeline of three commands whatever the fields are called', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: anyCharacter }), { maxLength: 6 }), (names) => {
        const { rows, counts } = exampleQueries(names.map((name) => ({ name, percent: 100 })));
        for (const query of [rows, ...(counts === undefined ? [] : [counts])])
          expect(splitPipeline(query).map(({ name }) => name)).toHaveLength(3);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { fc } from '../../../test/support/property.ts';
import { extendPolicy, quoteForShell, readPolicy, readScope, writeSelection } from './index-policy.ts';

describe('readPolicy', () => {
  it.each([
    ['{"Fields":["a","b"]}', ['a', 'b']],
    ['{"Fields":["a"],"FieldsV2":{"b":{"type":"FACET"},"a":{"type":"FIELD_INDEX"}}}', ['a', 'b']],
    ['{"FieldsV2":{"b":{"type":"FACET"}}}', ['b']],
    ['{"Fields":"a","FieldsV2":["b"]}', []],
    ['{}', []],
  ])('reads %s', (document, fields) => {
    expect(readPolicy(document)).toEqual({ fields, isReadable: true });
  });

  it.each(['', '{', '[]', 'null', '"a"'])('says that %j cannot be read', (document) => {
    expect(readPolicy(document)).toEqual({ fields: [], isReadable: false });
  });
});

describe('extendPolicy', () => {
  it('keeps all that a policy holds and adds what it lacks, whatever it is given', () => {
    const names = fc.array(fc.string());
    fc.assert(
      fc.property(names, fc.dictionary(fc.string(), fc.constant({ type: 'FACET' })), names, (fields, facets, added) => {
        const document = JSON.stringify({ Fields: fields, FieldsV2: facets });
        const extended = readPolicy(extendPolicy(document, added));
        expect(new Set(extended.fields)).toEqual(new Set([...readPolicy(document).fields, ...added]));
      }),
    );
  });

  it('begins a policy', () => {
    expect(extendPolicy(undefined, ['a', 'b'])).toBe('{"Fields":["a","b"]}');
  });
});

describe('readScope', () => {
  it.each([
    [undefined, { kind: 'all' }],
    [' ', { kind: 'all' }],
    ['LogGroupNamePrefix IN ["/aws/lambda/", "x"]', { kind: 'prefixes', prefixes: ['/aws/lambda/', 'x'] }],
    ['DataSourceName IN ["amazon_vpc"] AND DataSourceType IN ["flow"]', { kind: 'other' }],
  ])('reads %j', (selection, scope) => {
    expect(readScope(selection)).toEqual(scope);
  });

  it('reads what is written', () => {
    expect(readScope(writeSelection(['/a', 'b']))).toEqual({ kind: 'prefixes', prefixes: ['/a', 'b'] });
  });
});

describe('quoteForShell', () => {
  it('leaves nothing for the shell to read', () => {
    expect(quoteForShell(`a'; rm -rf "$HOME" \`x\``)).toBe(`'a'\\''; rm -rf "$HOME" \`x\`'`);
  });
});

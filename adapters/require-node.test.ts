import { describe, expect, it } from 'vitest';
import { describeNodeWithoutProxy, describeOldNode } from './require-node.ts';

describe('describeOldNode', () => {
  it.each(['22.18.0', '22.20.1', '23.0.0', '24.21.0', '100.0.0'])('takes %s', (version) => {
    expect(describeOldNode(version)).toBeUndefined();
  });

  it.each(['20.19.5', '22.17.9', '22.9.0', '18.0.0', '9.99.0'])('refuses %s and says what to do', (version) => {
    expect(describeOldNode(version)).toMatch(
      new RegExp(`needs Node 22\\.18 or newer, this is ${version}: .*nodejs\\.org`),
    );
  });
});

describe('describeNodeWithoutProxy', () => {
  it.each(['22.21.0', '22.30.1', '24.5.0', '24.21.0', '25.0.0', '100.0.0'])('takes %s', (version) => {
    expect(describeNodeWithoutProxy(version)).toBeUndefined();
  });

  it.each(['22.18.0', '22.20.9', '23.11.1', '24.4.9'])('refuses %s and says what to do', (version) => {
    expect(describeNodeWithoutProxy(version)).toMatch(
      new RegExp(`need Node 22\\.21 or 24\\.5, or newer, this is ${version}: `),
    );
  });
});

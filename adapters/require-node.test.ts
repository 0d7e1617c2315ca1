import { describe, expect, it } from 'vitest';
import { describeOldNode } from './require-node.ts';

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

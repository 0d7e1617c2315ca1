/** Image, manifests, chart and template size the heap alike, and the bounds of the program fit what they give it. */
import { describe, expect, it } from 'vitest';
import { heapBoundMb, listMemoryUses, readHeapFlags, readManifest } from '../../scripts/generate/memory-budget.ts';
import { readText } from './markdown.ts';

const { limitMib, flags } = readManifest();
const heap = readHeapFlags(flags);
const limitMb = (limitMib * 1_048_576) / 1_000_000;
const find = (path: string, pattern: RegExp): string => pattern.exec(readText(path))?.[1] ?? `no ${pattern} in ${path}`;

describe('the flags of the heap', () => {
  it('follow the memory limit in the manifests, and are the same figure in the image, which has no limit to follow', () => {
    const image = readHeapFlags(find('Dockerfile', /NODE_OPTIONS="([^"]+)"/));
    expect(image).toEqual({ semiMib: heap.semiMib, oldMib: Math.floor((limitMib * (heap.oldPercent ?? 0)) / 100) });
  });

  it.each(['helm-chart/values.yaml', 'k8s/jarvis/values.yaml', 'k8s/jarvis-demo/values.yaml'])(
    '%s has those of the manifests, and their limit',
    (path) => {
      expect(find(path, /^ {2}NODE_OPTIONS: (.+)$/m)).toBe(flags);
      expect(find(path, /^ {2}limits:\n(?: {4}cpu: .+\n)? {4}memory: (.+)$/m)).toBe(`${limitMib}Mi`);
    },
  );

  it.each(['jarvis', 'jarvis-demo'])('are in what kubectl applies to %s', (namespace) => {
    for (const file of ['deployment.yaml', 'first-deployment.yaml'])
      expect(readText(`k8s/${namespace}/${file}`)).toContain(`name: NODE_OPTIONS\n          value: ${flags}\n`);
  });

  it('are on Lambda those of the young generation, in as much memory', () => {
    expect(find('template.yaml', /^ {2}NodeOptions:\n(?: {4}.+\n)* {4}Default: (.+)$/m)).toBe(
      `--max-semi-space-size=${heap.semiMib}`,
    );
    expect(find('template.yaml', /^ {2}MemorySize:\n(?: {4}.+\n)* {4}Default: (.+)$/m)).toBe(String(limitMib));
  });

  it('are told in the documents as they are', () => {
    expect(readText('docs/operations.md')).toContain(`\`${flags}\``);
    expect(readText('docs/operations.md')).toContain(`\`${find('Dockerfile', /NODE_OPTIONS="([^"]+)"/)}\``);
    expect(readText('docs/lambda.md')).toContain(`\`--max-semi-space-size=${heap.semiMib}\``);
  });
});

describe('the bounds of the program together', () => {
  const [heapMb, otherMb] = [sumOf('heapMb'), sumOf('otherMb')];

  function sumOf(part: 'heapMb' | 'otherMb'): number {
    return listMemoryUses().reduce((total, use) => total + use[part], 0);
  }

  it('fit the heap that the flags allow', () => expect(heapMb).toBeLessThanOrEqual(heapBoundMb()));

  it('fit the memory limit, with a heap that has grown to its bound', () =>
    expect(heapBoundMb() + otherMb).toBeLessThanOrEqual(limitMb));
});

/** Kubernetes objects out of YAML text. */
import assert from 'node:assert/strict';
import { parseAllDocuments } from 'yaml';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  // biome-ignore lint/suspicious/noExplicitAny: each kind has a shape of its own, checked by validate-manifest.ts
  readonly spec?: any;
}

/** @throws for invalid YAML, repeated keys and documents that are no Kubernetes object. */
export function parseManifests(text: string): Manifest[] {
  return parseAllDocuments(text, { uniqueKeys: true }).flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    const value = document.toJS() as Manifest | null;
    if (value === null) return [];
    assert.equal(typeof value.kind, 'string');
    assert.equal(typeof value.metadata?.name, 'string');
    return [value];
  });
}

export function find(manifests: readonly Manifest[], kind: string, name: string): Manifest {
  const found = manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  assert(found !== undefined, `${kind}/${name} is not among ${manifests.map(identify).join(', ')}`);
  return found;
}

export function identify({ kind, metadata }: Manifest): string {
  return `${kind}/${metadata.name}`;
}

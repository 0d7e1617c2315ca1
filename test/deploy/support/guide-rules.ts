/** What a command of the guide may name: it must be in what is rendered, or in the list of what lives outside. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SETTINGS } from '../../../lib/config/settings.ts';
import { PATHS } from '../../../lib/http/paths.ts';
import { type KubectlCommand, readKubectl } from './kubectl-command.ts';
import { find, type Manifest } from './manifests.ts';

/** Not made by this project, each with the reason why a command may name it all the same. */
const OUTSIDE: Readonly<Record<string, string>> = {
  'Namespace/jarvis-demo': 'made with the applications of the cluster; the manifests hold no Namespace on purpose',
  'Namespace/jarvis': 'the same',
  'Namespace/external-secrets-system': 'where the platform team installed the External Secrets Operator',
  'SecretStore/jarvis-env': 'the store of the namespace, shared by all its applications',
  'ExternalSecret/jarvis-env': "older deployments' ExternalSecret of that name",
  'Pod/<pod-name>': 'filled in by the reader',
  'Pod/<librechat-pod>': "LibreChat's own pod",
  'ConfigMap/cloudwatch-mcp-ca': "the reader's own certificates",
  'ServiceMonitor/cloudwatch-mcp': 'an optional component',
};

export interface World {
  readonly root: string;
  /** Of the namespace jarvis-demo; names are the same in jarvis. */
  readonly manifests: readonly Manifest[];
}

export function checkKubectl(words: readonly string[], folder: string, world: World): void {
  const command = readKubectl(words);
  const { manifests } = world;
  if (command.namespace !== undefined) checkObject({ kind: 'Namespace', name: command.namespace }, manifests);
  for (const object of command.objects) checkObject(object, manifests);
  if (command.selector !== undefined) checkSelector(command.selector, manifests);
  if (command.file !== undefined && !command.file.startsWith('<')) checkFile(join(folder, command.file), world.root);
  checkChange(command, manifests);
  const key = /\.data\.(\w+)/.exec(command.jsonpath ?? '')?.[1];
  if (key !== undefined) assert(secretKeys(manifests).includes(key), `the secret has no key ${key}`);
}

function checkObject({ kind, name }: { kind: string; name: string }, manifests: readonly Manifest[]): void {
  if (`${kind}/${name}` in OUTSIDE || kind === 'Node') return;
  if (kind === 'Secret') {
    const secrets = manifests
      .filter((manifest) => manifest.kind === 'ExternalSecret')
      .map(({ spec }) => spec.target.name as string);
    assert(secrets.includes(name), `Secret/${name} is made by no ExternalSecret (${secrets.join(', ')})`);
  } else find(manifests, kind, name);
}

function podTemplate(manifests: readonly Manifest[]): Manifest['spec'] {
  return find(manifests, 'Deployment', 'cloudwatch-mcp').spec.template;
}

function checkSelector(selector: string, manifests: readonly Manifest[]): void {
  for (const pair of selector.split(',')) {
    const [name = '', value] = pair.split('=');
    assert.equal(podTemplate(manifests).metadata.labels[name], value, `label ${pair}`);
    for (const kind of ['Deployment', 'Service']) {
      assert.equal(find(manifests, kind, 'cloudwatch-mcp').metadata.labels?.[name], value, `${kind}: label ${pair}`);
    }
  }
}

function checkFile(path: string, root: string): void {
  assert(existsSync(join(root, path)), `${path} does not exist`);
}

function secretKeys(manifests: readonly Manifest[]): string[] {
  const { data } = find(manifests, 'ExternalSecret', 'cloudwatch-mcp-secrets').spec;
  return data.map(({ secretKey }: { secretKey: string }) => secretKey);
}

/** Commands that change an object must meet a part of it that exists. */
function checkChange({ verb, rest, patch }: KubectlCommand, manifests: readonly Manifest[]): void {
  const [container] = podTemplate(manifests).spec.containers;
  if (verb === 'set image') {
    for (const pair of rest) {
      const [name, image = ''] = pair.split('=');
      assert.equal(name, container.name);
      assert.equal(withoutVersion(image), withoutVersion(container.image));
    }
  }
  if (verb === 'set env') for (const pair of rest) checkSetting(pair.split('=')[0] ?? '');
  if (verb === 'port-forward') {
    const ports = find(manifests, 'Service', 'cloudwatch-mcp').spec.ports.map(({ port }: { port: number }) =>
      String(port),
    );
    for (const pair of rest) assert(ports.includes(pair.split(':')[1] ?? ''), `port ${pair}`);
  }
  if (verb === 'patch') checkPatch(patch, container);
}

function withoutVersion(image: string): string {
  return image.replace(/(@sha256:.*|:[^:/]+)$/, '');
}

function checkSetting(name: string): void {
  const known = Object.values(SETTINGS).flatMap(({ variables }): readonly string[] => variables);
  assert(known.includes(name), `${name} is no setting of the program`);
}

function checkPatch(patch: string | undefined, container: Manifest['spec']): void {
  const parsed: Manifest['spec'] = JSON.parse(patch ?? '');
  for (const entry of parsed.spec.template.spec.containers) {
    assert.equal(entry.name, container.name);
    for (const key of Object.keys(entry)) assert(key in container, `the container has no ${key}`);
  }
}

/** URLs of the program itself: host, port and path. */
export function checkUrls(text: string, { manifests }: World): void {
  const { port } = find(manifests, 'Service', 'cloudwatch-mcp').spec.ports[0];
  const paths: readonly string[] = Object.values(PATHS);
  for (const [url, host = '', given, path] of text.matchAll(
    /https?:\/\/(localhost|cloudwatch-mcp[\w.-]*\.svc[\w.-]*)(?::(\d+))?(\/[^\s"'`)]*)?/g,
  )) {
    assert.equal(Number(given), port, `${url}: port`);
    if (path !== undefined) assert(paths.includes(path), `${url}: there is nothing at ${path}`);
    if (host !== 'localhost') assert.match(host, /^cloudwatch-mcp\.jarvis(-demo)?\.svc\.cluster\.local$/);
  }
}

/** `--from-literal`, JSON of create-secret: what is written must be what the ExternalSecret reads. */
export function checkSecretCommand(words: readonly string[], { manifests }: World): void {
  const name = words[words.indexOf('--name') + 1];
  const body = JSON.parse(words[words.indexOf('--secret-string') + 1] ?? '{}') as Record<string, string>;
  const { data } = find(manifests, 'ExternalSecret', 'cloudwatch-mcp-secrets').spec;
  for (const { remoteRef } of data) {
    assert.equal(remoteRef.key, name);
    assert(remoteRef.property in body, `the secret lacks ${remoteRef.property}`);
  }
}

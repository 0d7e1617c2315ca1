/** A kubectl command of the guide → what it names. */

export interface Named {
  readonly kind: string;
  readonly name: string;
}

export interface KubectlCommand {
  readonly verb: string;
  readonly namespace: string | undefined;
  readonly selector: string | undefined;
  readonly file: string | undefined;
  /** Objects with a name; placeholders such as `<pod-name>` included. */
  readonly objects: readonly Named[];
  /** What else stood there: `a=b` pairs, ports. */
  readonly rest: readonly string[];
  readonly patch: string | undefined;
  readonly jsonpath: string | undefined;
}

const KINDS: Readonly<Record<string, string>> = {
  deploy: 'Deployment',
  deployment: 'Deployment',
  svc: 'Service',
  service: 'Service',
  endpoints: 'Service',
  pod: 'Pod',
  pods: 'Pod',
  secret: 'Secret',
  es: 'ExternalSecret',
  externalsecret: 'ExternalSecret',
  secretstore: 'SecretStore',
  hpa: 'HorizontalPodAutoscaler',
  pdb: 'PodDisruptionBudget',
  networkpolicy: 'NetworkPolicy',
  sa: 'ServiceAccount',
  serviceaccount: 'ServiceAccount',
  ns: 'Namespace',
  nodes: 'Node',
  events: 'Event',
  configmap: 'ConfigMap',
};
const TWO_WORD_VERBS = new Set(['rollout', 'set', 'top', 'create']);
const WITH_VALUE = new Set([
  '-n',
  '--namespace',
  '-l',
  '--selector',
  '-o',
  '--output',
  '-p',
  '--patch',
  '-c',
  '--field-selector',
  '--type',
]);

/** @throws for a resource type that is not known here: then the guide names something that no check looks at. */
export function readKubectl(words: readonly string[]): KubectlCommand {
  const flags = new Map<string, string>();
  const positional: string[] = [];
  const isApply = words.includes('apply');
  const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
  for (let index = 1; index < own.length; index += 1) {
    const word = own[index] ?? '';
    const [flag = '', value] = word.startsWith('--') ? splitOnce(word) : [word];
    if (!word.startsWith('-')) positional.push(word);
    else if (value !== undefined) flags.set(flag, value);
    else if (WITH_VALUE.has(word) || ((word === '-f' || word === '-k') && isApply)) {
      index += 1;
      flags.set(word, own[index] ?? '');
    }
  }
  const verb = TWO_WORD_VERBS.has(positional[0] ?? '') ? positional.splice(0, 2).join(' ') : (positional.shift() ?? '');
  const { objects, rest } = readObjects(verb, positional);
  const output = flags.get('-o') ?? flags.get('--output') ?? '';
  return {
    verb,
    namespace: flags.get('-n') ?? flags.get('--namespace'),
    selector: flags.get('-l') ?? flags.get('--selector'),
    file: flags.get('-f'),
    patch: flags.get('-p') ?? flags.get('--patch'),
    jsonpath: output.startsWith('jsonpath=') ? output.slice('jsonpath='.length) : undefined,
    objects: [...objects, ...readInvolved(flags.get('--field-selector'))],
    rest,
  };
}

function splitOnce(word: string): [string, string | undefined] {
  const at = word.indexOf('=');
  return at === -1 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function kindOf(type: string): string {
  const kind = KINDS[type];
  if (kind === undefined) throw new Error(`kubectl resource ${type} is not known to the walk through the guide`);
  return kind;
}

function readObjects(verb: string, words: readonly string[]): { objects: Named[]; rest: string[] } {
  const rest = words.filter((word) => /[=:]/.test(word));
  const names = words.filter((word) => !/[=:]/.test(word));
  const [first, ...others] = names;
  if (first === undefined || verb === 'version' || verb === 'config') return { objects: [], rest };
  if (first.includes('/')) {
    const [type = '', name = ''] = first.split('/');
    return { objects: [{ kind: kindOf(type), name }], rest };
  }
  if (verb === 'logs' || verb === 'exec') return { objects: [{ kind: 'Pod', name: first }], rest };
  if (verb === 'top pods' || verb === 'top pod') return { objects: [{ kind: 'Pod', name: first }], rest };
  const kinds = first.split(',').map(kindOf);
  const [kind = ''] = kinds;
  return { objects: others.filter((word) => word !== 'sh').map((name) => ({ kind, name })), rest };
}

/** `involvedObject.name=x`: events of an object of that name. */
function readInvolved(selector: string | undefined): Named[] {
  const name = /involvedObject\.name=([^,]+)/.exec(selector ?? '')?.[1];
  return name === undefined ? [] : [{ kind: 'Deployment', name }];
}

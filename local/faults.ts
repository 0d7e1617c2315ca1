/** One thing that goes wrong on purpose. */
export type Fault =
  | { readonly kind: 'latency'; readonly latencyMs: number }
  | { readonly kind: 'throttle' }
  | { readonly kind: 'serverError'; readonly status?: 500 | 503 }
  | { readonly kind: 'connectionReset' }
  /** The answer drips: `chunkBytes` every `pauseMs`. */
  | { readonly kind: 'slowBody'; readonly chunkBytes: number; readonly pauseMs: number }
  | { readonly kind: 'accessDenied' }
  | { readonly kind: 'expiredToken' }
  /** The service refuses with an error of its own, e.g. `IDPCommunicationErrorException`. */
  | { readonly kind: 'refusal'; readonly errorName: string }
  /** Status 200 with a body that is cut in the middle. */
  | { readonly kind: 'malformedBody' }
  /** Status 200 without a body. */
  | { readonly kind: 'emptyBody' }
  /** Status 200 with a page of HTML, as a proxy or a sign-in portal on the way answers. */
  | { readonly kind: 'htmlBody' }
  /** Each page names a next one, with a new token each time; past the last page the first comes again. */
  | { readonly kind: 'endlessPages' }
  /** Each page names the token that it was asked with. */
  | { readonly kind: 'sameToken' }
  /** The answer lacks its lists, or the one of this name. */
  | { readonly kind: 'missingList'; readonly member?: string }
  /** `ScanBy` and `startFromHead` are not kept: the answer comes in the opposite order. */
  | { readonly kind: 'ignoredOrder' }
  /** The service has no operation of this name here; with `region` for one that has not arrived everywhere. */
  | { readonly kind: 'unknownOperation' }
  /** The answer carries `padBytes` more than it should, in a member no client knows. */
  | { readonly kind: 'hugeAnswer'; readonly padBytes: number }
  /** In-process only: replaces the operation's output. `input` is what the caller sent. */
  | { readonly kind: 'alterOutput'; readonly alter: (output: unknown, input: unknown) => unknown };

export interface FaultRule {
  /** Operation name, or `*` for every operation. */
  readonly operation: string;
  readonly fault: Fault;
  /** How many requests it hits; undefined = all until cleared. */
  readonly times?: number;
  /** Only requests of this region. */
  readonly region?: string;
  /** Only requests of this 12-digit account. */
  readonly account?: string;
  /** Only requests signed with this access key: of one client among many. */
  readonly accessKeyId?: string;
}

interface ArmedRule {
  readonly rule: FaultRule;
  remaining: number;
}

/** The faults that are armed. Rules are counted per matching request; all matching rules apply to it. */
export class FaultBoard {
  #armed: ArmedRule[] = [];

  /** Arms a rule; the returned function disarms it. */
  add(rule: FaultRule): () => void {
    const armed: ArmedRule = { rule, remaining: rule.times ?? Number.POSITIVE_INFINITY };
    this.#armed.push(armed);
    return () => {
      this.#armed = this.#armed.filter((other) => other !== armed);
    };
  }

  /** Counts one request and gives the faults that hit it. */
  take(operation: string, region: string, account: string, accessKeyId = ''): readonly Fault[] {
    const hits = this.#armed.filter(
      ({ rule, remaining }) =>
        remaining > 0 &&
        (rule.operation === '*' || rule.operation === operation) &&
        (rule.region === undefined || rule.region === region) &&
        (rule.account === undefined || rule.account === account) &&
        (rule.accessKeyId === undefined || rule.accessKeyId === accessKeyId),
    );
    for (const hit of hits) hit.remaining -= 1;
    this.#armed = this.#armed.filter((armed) => armed.remaining > 0);
    return hits.map(({ rule }) => rule.fault);
  }

  list(): readonly FaultRule[] {
    return this.#armed.map(({ rule, remaining }) =>
      Number.isFinite(remaining) ? { ...rule, times: remaining } : rule,
    );
  }

  clear(): void {
    this.#armed = [];
  }
}

/**
 * Reads fault rules out of a JSON text: one rule or an array of them. Throws an Error that says what is wrong.
 * `alterOutput` cannot be given as JSON.
 */
export function parseFaultRules(text: string): FaultRule[] {
  const value: unknown = JSON.parse(text);
  return (Array.isArray(value) ? value : [value]).map(parseFaultRule);
}

function parseFaultRule(value: unknown): FaultRule {
  if (!isRecord(value) || typeof value.operation !== 'string') {
    throw new Error('A fault rule has no operation → give {"operation":"DescribeAlarms","fault":{"kind":"throttle"}}');
  }
  const { operation, fault, times, region, account, accessKeyId } = value;
  if (!isFault(fault)) {
    throw new Error(
      `The fault of ${operation} is not known → use one of ${Object.keys(FAULT_KINDS).join(', ')} with its numbers`,
    );
  }
  if (times !== undefined && !(typeof times === 'number' && Number.isInteger(times) && times > 0)) {
    throw new Error(`times of ${operation} is not a positive integer → leave it out for "always"`);
  }
  return {
    operation,
    fault,
    ...(times === undefined ? {} : { times }),
    ...(typeof region === 'string' ? { region } : {}),
    ...(typeof account === 'string' ? { account } : {}),
    ...(typeof accessKeyId === 'string' ? { accessKeyId } : {}),
  };
}

const isCount = (field: unknown): boolean => typeof field === 'number' && field >= 0;
const always = (): boolean => true;

/** Every kind that can be given as JSON, and whether its members are right. */
const FAULT_KINDS: Readonly<Record<string, (fault: Readonly<Record<string, unknown>>) => boolean>> = {
  latency: ({ latencyMs }) => isCount(latencyMs),
  throttle: always,
  serverError: always,
  connectionReset: always,
  slowBody: ({ chunkBytes, pauseMs }) => isCount(pauseMs) && isCount(chunkBytes) && chunkBytes !== 0,
  accessDenied: always,
  expiredToken: always,
  refusal: ({ errorName }) => typeof errorName === 'string',
  malformedBody: always,
  emptyBody: always,
  htmlBody: always,
  hugeAnswer: ({ padBytes }) => isCount(padBytes),
  endlessPages: always,
  sameToken: always,
  missingList: ({ member }) => member === undefined || typeof member === 'string',
  ignoredOrder: always,
  unknownOperation: always,
};

function isFault(value: unknown): value is Fault {
  if (!isRecord(value) || typeof value.kind !== 'string' || !Object.hasOwn(FAULT_KINDS, value.kind)) return false;
  return FAULT_KINDS[value.kind]?.(value) === true;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

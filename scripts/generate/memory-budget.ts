/**
 * What the bounds of the process add up to in the memory of the manifests: the table of docs/operations.md. Each use is a
 * bound of the program times what one of it costs, as `npm run bench:memory` shows it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_HTTP_LIMITS } from '../../adapters/http-limits.ts';
import { MAX_CLIENTS } from '../../lib/aws/credentials/client-store.ts';
import { SETTINGS } from '../../lib/config/settings.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const MB = 1_000_000;
const MIB = 1_048_576;

/** After the first calls; 57 MB of it are pages of Node's own file. */
const PROGRAM = { heapMb: 25, otherMb: 110 };
const CLIENT_BYTES = 20_000;
/** Headers of 16 KiB and the socket. */
const CONNECTION_BYTES = DEFAULT_HTTP_LIMITS.maxHeaderBytes + 12_000;
/** Beside its bytes, a body is a text and what JSON.parse makes of it. */
const BODY_HEAP_COPIES = 4;
/** While it is read: the pieces as they came, and the whole. */
const READ_COPIES = 2;
/** Texts and objects that a tool keeps of an answer of log rows. */
const KEPT_SHARE = 1.3;

export interface MemoryUse {
  readonly what: string;
  readonly heapMb: number;
  readonly otherMb: number;
}

export interface HeapFlags {
  readonly semiMib: number;
  /** In MiB, or as a share of the memory limit. */
  readonly oldMib?: number;
  readonly oldPercent?: number;
}

/** @throws Error where the text has no `--max-semi-space-size` */
export function readHeapFlags(text: string): HeapFlags {
  const numberOf = (flag: string): number | undefined => {
    const found = new RegExp(`--${flag}=(\\d+)`).exec(text)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const [semiMib, oldMib, oldPercent] = [
    'max-semi-space-size',
    'max-old-space-size',
    'max-old-space-size-percentage',
  ].map(numberOf);
  if (semiMib === undefined) throw new Error('The flags do not say --max-semi-space-size.');
  return { semiMib, ...(oldMib !== undefined && { oldMib }), ...(oldPercent !== undefined && { oldPercent }) };
}

/** Of the container in k8s/base. */
export function readManifest(): { readonly limitMib: number; readonly flags: string } {
  const text = readFileSync(join(ROOT, 'k8s', 'base', 'deployment.yaml'), 'utf8');
  const limit = /limits:\n(?: +cpu: .+\n)? +memory: (\d+)Mi\n/.exec(text)?.[1];
  const flags = /- name: NODE_OPTIONS\n +value: (.+)\n/.exec(text)?.[1];
  if (limit === undefined || flags === undefined)
    throw new Error('k8s/base has no memory limit in Mi, or no NODE_OPTIONS.');
  return { limitMib: Number(limit), flags };
}

/** The most that Node's heap may take with the flags and the limit of the manifests, in MB. */
export function heapBoundMb(): number {
  const { limitMib, flags } = readManifest();
  const { semiMib, oldPercent = 0 } = readHeapFlags(flags);
  return ((limitMib * oldPercent) / 100 + 3 * semiMib) * (MIB / MB);
}

export function listMemoryUses(): readonly MemoryUse[] {
  const boundOf = (setting: { readonly fallback?: string }): number => Number(setting.fallback);
  const { semiMib } = readHeapFlags(readManifest().flags);
  const connections = boundOf(SETTINGS.maxConnections) + DEFAULT_HTTP_LIMITS.maxReserve;
  const bodyMb = boundOf(SETTINGS.maxBodyBytes) / MB;
  const roomMb = boundOf(SETTINGS.maxHeldAnswerBytes) / MB;
  const answerMb = boundOf(SETTINGS.maxAnswerBytes) / MB;
  const callMb = boundOf(SETTINGS.maxCallBytes) / MB;
  return [
    { what: 'the program, loaded and warm (57 of it pages of Node’s own file)', ...PROGRAM },
    {
      what: `garbage of the young generation: three times \`--max-semi-space-size=${semiMib}\``,
      heapMb: (3 * semiMib * MIB) / MB,
      otherMb: 0,
    },
    { what: `${MAX_CLIENTS} SDK clients`, heapMb: (MAX_CLIENTS * CLIENT_BYTES) / MB, otherMb: 0 },
    {
      what: `${connections} connections with 16 KiB of headers`,
      heapMb: 0,
      otherMb: (connections * CONNECTION_BYTES) / MB,
    },
    {
      what: `${(bodyMb * MB) / MIB} MiB of request bodies, as bytes, text and JSON`,
      heapMb: BODY_HEAP_COPIES * bodyMb,
      otherMb: bodyMb,
    },
    {
      what: `answers of AWS being read: ${roomMb} MB of all calls, and one of ${answerMb} MB more`,
      heapMb: 0,
      otherMb: READ_COPIES * (roomMb + answerMb),
    },
    {
      what: `what tool calls keep of their answers: ${roomMb} MB of all, and ${callMb} MB of the one that holds longest`,
      heapMb: KEPT_SHARE * (roomMb + callMb),
      otherMb: 0,
    },
  ];
}

/** The table, with the sums that must stay below the limit and below what the flags let the heap grow to. */
export function renderMemoryTable(): string {
  const uses = listMemoryUses();
  const rows = uses.map(({ what, heapMb, otherMb }) => `| ${what} | ${cell(heapMb)} | ${cell(otherMb)} |`);
  const { limitMib } = readManifest();
  const [heap, other] = [sum(uses.map(({ heapMb }) => heapMb)), sum(uses.map(({ otherMb }) => otherMb))];
  const bound = heapBoundMb();
  return [
    '| what | heap, MB | beside it, MB |',
    '| --- | ---: | ---: |',
    ...rows,
    `| together: ${Math.round(heap + other)} | ${Math.round(heap)} | ${Math.round(other)} |`,
    `| what the flags let the heap grow to, and the rest of ${limitMib} Mi (${Math.round((limitMib * MIB) / MB)} MB) | ${Math.round(bound)} | ${Math.round((limitMib * MIB) / MB - bound)} |`,
    '',
  ].join('\n');
}

function cell(mb: number): string {
  return mb === 0 ? '' : String(Math.round(mb));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

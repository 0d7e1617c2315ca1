/** What the name of a metric tells, read word by word: which side is bad, whether it counts faults, whether it is a level. Pure. */
import type { Direction } from './alarm-rule.ts';

export interface NameReading {
  /** On which side of a threshold it is bad: an assumption, to be said. */
  readonly direction: Direction;
  /** The word that told it; undefined where none did, and high is assumed. */
  readonly word?: string;
  /** It counts things of which each one is bad: errors, declines, timeouts. */
  readonly isFault: boolean;
  /** It is a level, an age, a share or a time: its values do not add up. */
  readonly isGauge: boolean;
  /** It is a part of a whole, which it cannot exceed. */
  readonly isShare: boolean;
}

/** Things that happen and are bad each time. */
const FAULTS = stems(
  'error err fault fail failure exception crash freeze frozen panic fatal decline reject rejection refuse refusal deny denied denial',
  'drop discard lost loss timeout timed throttle throttling abort cancel invalid unsuccessful unauthorized forbidden corrupt corruption',
  'conflict deadlock violation evict eviction exceed overflow overrun miss retry retransmit restart reboot kill oom bounce complaint',
  'malformed broken breach dlq 4xx 5xx 4xxs 5xxs outage leak expire disconnect',
);
/** Of these much is bad too, though they do not count faults. They win over {@link PLENTY}. */
const BURDEN = stems(
  'latency delay duration age lag behind queue backlog pending wait blocked slow long dead unhealthy unavailable unreachable overdue',
  'stale usage used utilization utilisation pressure saturation congestion exhausted exhaustion downtime down inactive',
);
/** Of these little is bad. */
const PLENTY = stems(
  'free freeable available availability avail remaining left balance healthy success successful succeed succeeded hit uptime credit',
  'inservice running throughput ready alive heartbeat online headroom spare idle',
);
/** Words of more than one meaning, told by what stands beside them. */
const BAD_PHRASES = /\b(?:limit|quota|threshold|cap|ceiling) hits?\b|\btime outs?\b|\bdead letters?\b/;
const GOOD_PHRASES = /\bin service\b|\busage idle\b|^up$/;
/** Turn a word of plenty around. */
const NEGATIONS = new Set(['un', 'not', 'non', 'no', 'in', 'without']);

/** As the last word that means something: what is measured, whatever it is measured of. */
const MEASURES = stems(
  'latency delay duration time age lag depth length size rate ratio percent percentage pct share utilization utilisation usage level',
  'balance temperature pressure memory storage space uptime average avg behind capacity load availability concurrency',
);
/** Parts of a whole; a rate may be one of a second. */
const SHARES = stems('ratio percent percentage pct share fraction utilization utilisation');
/** Things that are there at a moment. */
const LEVELS = stems(
  'free freeable available remaining current active open idle running pending waiting visible backlog queue queued healthy unhealthy',
  'connection thread host node instance task pod replica session consumer worker concurrent cpu heap oldest newest used ready credit',
);
/** Say nothing of what is measured. */
const FILLERS = new Set([
  'count',
  'counts',
  'counter',
  'total',
  'totals',
  'number',
  'num',
  'sum',
  'value',
  'metric',
  'per',
]);

const ENDINGS = ['', 's', 'es', 'd', 'ed', 'ing'];

function stems(...lists: readonly string[]): ReadonlySet<string> {
  return new Set(lists.flatMap((list) => list.split(' ')));
}

/** `HTTPCode_Target_5XX_Count` → `http code target 5xx count`; camel, Pascal, snake, kebab, dots and all in one. */
export function splitWords(name: string): string[] {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/(\p{N})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/(\p{L}{2})(\p{N})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

export function readMetricName(metricName: string): NameReading {
  const words = splitWords(metricName);
  const joined = words.join(' ');
  const fault = words.find((word) => isOf(word, FAULTS)) ?? BAD_PHRASES.exec(joined)?.[0];
  const burden = fault ?? words.find((word, at) => isOf(word, BURDEN) || isNegated(words, at));
  const good =
    GOOD_PHRASES.exec(joined)?.[0] ?? (burden === undefined ? words.find((word) => isOf(word, PLENTY)) : undefined);
  const head = words.findLast((word) => !FILLERS.has(word)) ?? '';
  const isMeasure = isOf(head, MEASURES) || words.includes('per');
  const isFault = fault !== undefined && !isMeasure;
  const isLow = fault === undefined && good !== undefined;
  const word = isLow ? good : burden;
  return {
    direction: isLow ? 'below' : 'above',
    ...(word !== undefined && { word }),
    isFault,
    isShare: words.some((part) => SHARES.has(part)),
    isGauge: !isFault && (isMeasure || words.some((part) => isOf(part, MEASURES) || isOf(part, LEVELS))),
  };
}

function isNegated(words: readonly string[], at: number): boolean {
  return isOf(words[at] ?? '', PLENTY) && NEGATIONS.has(words[at - 1] ?? '');
}

/** The word itself or one of its forms: `declines`, `dropped`, `retries`. */
function isOf(word: string, known: ReadonlySet<string>): boolean {
  return ENDINGS.some((ending) => {
    if (!word.endsWith(ending)) return false;
    const stem = word.slice(0, word.length - ending.length);
    if (known.has(stem)) return true;
    if (ending === '') return false;
    const isDoubled = stem.at(-1) === stem.at(-2) && known.has(stem.slice(0, -1));
    return isDoubled || known.has(`${stem}e`) || (stem.endsWith('i') && known.has(`${stem.slice(0, -1)}y`));
  });
}

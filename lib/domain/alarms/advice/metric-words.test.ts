import { describe, expect, it } from 'vitest';
import { anyCharacter, fc } from '../../../../test/support/property.ts';
import { readMetricName, splitWords } from './metric-words.ts';

describe('splitWords', () => {
  it.each([
    ['HTTPCode_Target_5XX_Count', 'http code target 5xx count'],
    ['LoadBalancerLatency', 'load balancer latency'],
    ['UnHealthyHostCount', 'un healthy host count'],
    ['GetRecords.IteratorAgeMilliseconds', 'get records iterator age milliseconds'],
    ['disk_free-percent', 'disk free percent'],
    ['EBSIOBalance%', 'ebsio balance'],
    ['p99Latency', 'p99 latency'],
    ['WHITESPACE_ERRORS', 'whitespace errors'],
    ['4xxErrors', '4xx errors'],
    ['', ''],
    ['größeÜber日本', 'größe über日本'],
  ])('%s → %s', (name, words) => {
    expect(splitWords(name).join(' ')).toBe(words);
  });
});

describe('the bad side, by words', () => {
  it.each([
    'LoadBalancerLatency',
    'WhitespaceErrors',
    'ArchitectureLoad',
    'FreezeCount',
    'CreditCardDeclines',

    'LongRunningQueries',
    'ThroughputErrors',
    'RateLimitHits',
    'UnHealthyHostCount',
    'DiskSpaceUsed',
    'QueueLatency',
    'SuccessfulRequestLatency',
    'AvailabilityCheckFailed',
    'HealthCheckTimeouts',
    'FreeQueueDepth',
    'NotAvailable',
    'CPUCreditUsage',
    'ApproximateAgeOfOldestMessage',
    'CacheMisses',
    'ConnectionsDropped',
    'RunningTaskFailures',
    'Temperature',
    'Orders',
    'time_out_count',
    'DeadLetterAvailable',
  ])('%s is bad when high', (name) => {
    expect(readMetricName(name).direction).toBe('above');
  });

  it.each([
    'FreeStorageSpace',
    'CPUCreditBalance',
    'HealthyHostCount',
    'CacheHitRate',
    'cpu_usage_idle',
    'disk_free',
    'up',

    'LoadBalancerHealthyHosts',
    'GroupInServiceInstances',
    'RunningTasks',
    'memory_available',
    'RateLimitRemaining',
  ])('%s is bad when low', (name) => {
    expect(readMetricName(name).direction).toBe('below');
  });

  it('says the word, and that there is none', () => {
    expect(readMetricName('CreditCardDeclines').word).toBe('declines');
    expect(readMetricName('FreeStorageSpace').word).toBe('free');
    expect(readMetricName('Visitors')).toEqual({ direction: 'above', isFault: false, isGauge: false, isShare: false });
  });

  const STYLES: readonly ((words: readonly string[]) => string)[] = [
    (words) => words.map(capital).join(''),
    (words) => words.map((word, at) => (at === 0 ? word : capital(word))).join(''),
    (words) => words.join('_'),
    (words) => words.map(capital).join('-'),
    (words) => words.join('.').toUpperCase(),
    (words) => words.map(capital).join(' '),
  ];
  const style = fc.constantFrom(...STYLES);
  const neutral = fc.constantFrom(
    'shop',
    'whitespace',
    'architecture',
    'balancer',
    'card',
    'payment',
    'thread',
    'white',
    'checkout',
  );
  const plenty = fc.constantFrom(
    'free',
    'available',
    'balance',
    'healthy',
    'success',
    'hit',
    'credits',
    'running',
    'throughput',
    'ready',
  );
  const winner = fc.constantFrom(
    'errors',
    'failures',
    'failed',
    'latency',
    'declines',
    'queue',
    'age',
    'timeouts',
    'rejections',
    'dropped',
    'retries',
    'exceptions',
    'throttled',
    'misses',
    'lag',
    'backlog',
    'unhealthy',
  );

  it('errors, failures, latency, declines, queue and age win in every composition', () => {
    fc.assert(
      fc.property(
        style,
        fc.array(fc.oneof(neutral, plenty), { maxLength: 4 }),
        winner,
        fc.nat(4),
        (join, words, win, place) => {
          const all = [...words.slice(0, place), win, ...words.slice(place)];
          expect(readMetricName(join(all)).direction, join(all)).toBe('above');
        },
      ),
    );
  });

  it('letters inside of words tell nothing, words of plenty do', () => {
    fc.assert(
      fc.property(
        style,
        fc.array(neutral, { minLength: 1, maxLength: 4 }),
        fc.option(plenty, { nil: undefined }),
        (join, words, word) => {
          const name = join(word === undefined ? words : [...words, word]);
          expect(readMetricName(name).direction, name).toBe(word === undefined ? 'above' : 'below');
        },
      ),
    );
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 60 }), (name) => {
        expect(['above', 'below']).toContain(readMetricName(name).direction);
      }),
    );
  });
});

describe('what is counted, and what is a level', () => {
  it.each([
    ['CheckoutFailures', true, false],
    ['FailedConnections', true, false],
    ['DroppedPacketCount', true, false],
    ['QueueErrors', true, false],
    ['ErrorRate', false, true],
    ['FailurePercent', false, true],
    ['ErrorsPerMinute', false, true],
    ['TimeoutDuration', false, true],
    ['QueueDepth', false, true],
    ['DatabaseConnections', false, true],
    ['OrdersPlaced', false, false],
    ['UnhealthyHosts', false, true],
  ])('%s: faults %s, level %s', (name, isFault, isGauge) => {
    expect(readMetricName(name)).toMatchObject({ isFault, isGauge });
  });
});

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

it.each([
  ['HTTPCode_Target_5XX_Count', 'http code target 5xx count'],
  ['Target5xx', 'target 5xx'],
  ['errors24h', 'errors 24h'],
  ['p99', 'p99'],
  ['ab1', 'ab 1'],
  ['a1', 'a1'],
  ['CPUUtilization', 'cpu utilization'],
  ['EBSIOBalance%', 'ebsio balance'],
  ['my-metric.name_of/it', 'my metric name of it'],
  ['4xxErrors', '4xx errors'],
  ['4Errors', '4 errors'],
  ['', ''],
])('splits %s into words', (name, words) => {
  expect(splitWords(name).join(' ')).toBe(words);
});

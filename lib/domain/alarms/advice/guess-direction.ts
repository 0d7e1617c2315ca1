/** Which way a metric goes bad, where nothing but its name tells. Pure. */
import type { Direction } from './alarm-rule.ts';

/** Words for something of which little is bad. */
const PLENTY =
  /free|available|availability|remaining|balance|healthy|success|hit|uptime|credit|inservice|running|throughput/;
const LACK = /unhealthy|unavailable|unsuccess|used|usage|utili[sz]/;

export function guessDirection(metricName: string): Direction {
  const name = metricName.toLowerCase().replace(/[^a-z]/g, '');
  return PLENTY.test(name) && !LACK.test(name) ? 'below' : 'above';
}

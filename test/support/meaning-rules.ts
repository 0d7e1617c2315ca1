/** What a text of the catalogue of metrics must not be: the rules that its test refuses by. Pure. */
import type { CatalogueMetric } from '../../lib/domain/metrics/catalogue/encoding.ts';

export const MAX_MEANING_CHARS = 120;
export const MAX_INTENT_CHARS = 140;
/** Fewer words that the name lacks say nothing. */
const MIN_NEW_WORDS = 2;
const STOP_WORDS = new Set(
  'a an all and any are as at be been being by count for from had has have in into is it its metric no not number of on or rate that the their them they this to total value was were which while with'.split(
    ' ',
  ),
);
const ENDINGS = ['ations', 'ation', 'ings', 'ing', 'ions', 'ion', 'ies', 'ed', 'es', 's', 'e'];
const MIN_STEM_CHARS = 3;

type Text = Pick<CatalogueMetric, 'namespace' | 'metricName' | 'unit' | 'meaning' | 'intent' | 'alarms'>;

/** What is wrong with the meanings and intents, a line each; empty when all is well. */
export function findTextFaults(metrics: readonly Text[]): string[] {
  return [
    ...metrics.flatMap((metric) => faultsOf(metric).map((fault) => `${nameOf(metric)}: ${fault}`)),
    ...findDoubles(metrics),
  ];
}

function faultsOf({ metricName, unit, meaning, intent, alarms }: Text): string[] {
  if (meaning.trim() === '') return ['no meaning'];
  return [
    ...faultsOfLine(meaning, 'meaning', MAX_MEANING_CHARS),
    ...(countNewWords(metricName, meaning) < MIN_NEW_WORDS ? ['the meaning repeats the name'] : []),
    ...(unit?.endsWith('/Second') && !/\b(second|rate)\b/.test(meaning)
      ? [`the meaning hides that ${unit} is a rate`]
      : []),
    ...(intent === undefined ? [] : faultsOfLine(intent, 'intent', MAX_INTENT_CHARS)),
    ...(intent === undefined && alarms.length > 0 ? ['alarm advice without an intent'] : []),
    ...(intent !== undefined && !/\bbad\b|: look when/.test(intent) ? ['the intent does not say when it is bad'] : []),
  ];
}

function faultsOfLine(text: string, what: string, maxChars: number): string[] {
  return [
    ...(text.length > maxChars ? [`the ${what} has ${text.length} characters, ${maxChars} are allowed`] : []),
    ...(/[\r\n\t]| {2}|^ | $/.test(text) ? [`the ${what} has stray white space`] : []),
    ...(text.endsWith('.') ? [] : [`the ${what} does not end in a full stop`]),
  ];
}

/** The same words about metrics of different names: one of them says too little. Names equal but for case may share them. */
function findDoubles(metrics: readonly Text[]): string[] {
  return [...Map.groupBy(metrics, ({ meaning }) => meaning.toLowerCase())].flatMap(([meaning, alike]) =>
    meaning === '' || new Set(alike.map(({ metricName }) => metricName.toLowerCase())).size === 1
      ? []
      : [`${alike.map(nameOf).join(', ')}: the same meaning`],
  );
}

export function countNewWords(metricName: string, text: string): number {
  const known = new Set(splitWords(metricName).map(stem));
  return new Set(
    splitWords(text)
      .filter((word) => !STOP_WORDS.has(word))
      .map(stem)
      .filter((word) => !known.has(word)),
  ).size;
}

function splitWords(text: string): string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

function stem(word: string): string {
  const ending = ENDINGS.find((each) => word.endsWith(each) && word.length - each.length >= MIN_STEM_CHARS);
  return ending === undefined ? word : word.slice(0, -ending.length);
}

function nameOf({ namespace, metricName }: Text): string {
  return `${namespace} ${metricName}`;
}

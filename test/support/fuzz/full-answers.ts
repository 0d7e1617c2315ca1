/** Answers as long as the quotas of AWS let them be. */
import type { Maker } from './schema-answers.ts';

/** Items of a page or of a record (API references of the operations; CloudWatch and CloudWatch Logs quotas). */
const LIST_QUOTAS: Readonly<Record<string, number>> = {
  MetricAlarms: 100,
  CompositeAlarms: 20,
  LogAlarms: 20,
  AlarmActions: 5,
  OKActions: 5,
  InsufficientDataActions: 5,
  AlarmHistoryItems: 100,
  AlarmContributors: 100,
  AlarmMuteRuleSummaries: 100,
  MetricDataResults: 500,
  Timestamps: 201, // 100,800 datapoints a page
  Values: 201,
  Datapoints: 1_440,
  DashboardEntries: 1_000,
  Dimensions: 30,
  logGroups: 50,
  results: 10_000,
  'results[]': 20,
  events: 10_000,
  searchedLogStreams: 100,
  logGroupFields: 1_000,
  logRecord: 1_000,
  queries: 1_000,
  queryDefinitions: 1_000,
  anomalies: 50,
  anomalyDetectors: 50,
  fieldIndexes: 500,
  indexPolicies: 100,
};
/** `Metrics` are 500 of ListMetrics, and the queries of one alarm. */
const OTHER_LISTS = 10;

/** Characters of a text that is longer than most. */
const TEXT_QUOTAS: Readonly<Record<string, number>> = {
  AlarmDescription: 1_024,
  StateReason: 1_023,
  StateReasonData: 4_000,
  HistoryData: 4_095,
  HistorySummary: 255,
  Expression: 1_024,
  Label: 1_000,
  message: 100, // 10,000 events are at most 1 MB
  value: 200,
  queryString: 5_000,
  policyDocument: 5_000,
  logRecord: 1_000,
  patternString: 2_000,
};
const OTHER_CHARS = 60;
/** Operation → the list whose length the caller chooses, and by which member. */
const PAGED_LISTS: Readonly<Record<string, readonly [list: string, size: string]>> = {
  DescribeAlarms: ['MetricAlarms', 'MaxRecords'],
  DescribeAlarmHistory: ['AlarmHistoryItems', 'MaxRecords'],
  DescribeLogGroups: ['logGroups', 'limit'],
  GetQueryResults: ['results', 'maxItems'],
  FilterLogEvents: ['events', 'limit'],
  DescribeQueries: ['queries', 'maxResults'],
  DescribeQueryDefinitions: ['queryDefinitions', 'maxResults'],
  ListAnomalies: ['anomalies', 'limit'],
  ListLogAnomalyDetectors: ['anomalyDetectors', 'limit'],
};
const FILLER = 'error abc 12 '.repeat(1_000);
/** Members that an answer is followed by, and words of the service. */
const KEPT =
  /^(Id|Arn|.*(State|Status|Type|StatusCode|Operator|Unit|Source|Class|Language|Token)|status|state|source|queryId)$/;
const TOKEN = /^next(Forward|Backward)?Token$/i;
const MINUTE_MS = 60_000;
/** Those that are there keep their names, since calls name them. */
const GROUPS = 'logGroups';
const GROUP_NAMES: ReadonlySet<string> = new Set(['logGroupName', 'arn', 'logGroupArn']);
/** Pages behind a first one. */
const PAGES = 3;

/**
 * Answers of an operation as full as its quotas and the page that was asked for let them be.
 * @param nowEpochMs times of records that AWS did not really give end here
 * @param share of the quotas, for callers that refuse as much as there may be
 */
export function createFullMaker(operation: string, nowEpochMs: number, share = 1): (input: unknown) => Maker {
  const quotaOf = (member: string): number | undefined => {
    const quota = LIST_QUOTAS[member];
    return quota === undefined ? undefined : Math.ceil(quota * share);
  };
  const [list = ''] = PAGED_LISTS[operation] ?? [];
  let groups = 0;
  return (input) => ({
    isLeftOut: () => false,
    count: (member, original) => {
      if (member === GROUPS) groups = original;
      if (member === list) return Math.max(original, Math.min(pageSizeOf(operation, input), quotaOf(member) ?? 0));
      if (member === 'Metrics' && operation === 'ListMetrics') return Math.ceil(500 * share);
      if (member === 'MetricDataResults')
        return Math.max(original, Math.floor((quotaOf(member) ?? 0) / fullPages(input)));
      return Math.max(original, quotaOf(member) ?? OTHER_LISTS);
    },
    leaf(kind, member, original, index) {
      if (isToken(member)) return nextToken(input);
      if (kind === 'time') return new Date(nowEpochMs - index * MINUTE_MS);
      if (kind === 'bytes') return original ?? new Uint8Array();
      if (kind === 'boolean') return original ?? true;
      if (kind === 'number') return typeof original === 'number' ? original + index : nowEpochMs - index * MINUTE_MS;
      if (isKept(member) || (GROUP_NAMES.has(member) && index < groups)) return original;
      const text = typeof original === 'string' ? original : member;
      if (member === 'field') return index < 20 ? text : `${text}${index}`;
      const chars = Math.max(text.length, TEXT_QUOTAS[member] ?? OTHER_CHARS);
      return `${text} ${index} ${FILLER.slice(0, chars)}`.slice(0, chars);
    },
  });
}

/** How often the datapoints of 500 series, each as long as the longest that was asked for, fill a page of GetMetricData. */
function fullPages(input: unknown): number {
  const { StartTime, EndTime, MetricDataQueries = [] } = Object(input);
  const periods = MetricDataQueries.map((query: object) =>
    Number(Reflect.get(Object(Reflect.get(query, 'MetricStat')), 'Period') ?? 60),
  );
  const datapoints = (Number(EndTime) - Number(StartTime)) / 1_000 / Math.min(300, ...periods);
  return Math.max(1, (datapoints * 500) / 100_800);
}

const isKept = remember(KEPT);
const isToken = remember(TOKEN);

/** Whether a name fits; answers have millions of members, of few names. */
function remember(pattern: RegExp): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    const fits = known.get(name) ?? pattern.test(name);
    known.set(name, fits);
    return fits;
  };
}

/** As the embedded CloudWatch knows tokens that were made up; none behind the last page. */
function nextToken(input: unknown): string | undefined {
  const sent = /^made-up-page\/(\d+)$/.exec(String(Object.values(Object(input)).find(isMadeUp)))?.[1] ?? '0';
  const page = Number(sent) + 1;
  return page > PAGES ? undefined : `made-up-page/${page}`;
}

function isMadeUp(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('made-up-page/');
}

/** Items of the page that was asked for; DescribeAlarms gives alarms of all types together. */
function pageSizeOf(operation: string, input: unknown): number {
  const [, ...sizes] = PAGED_LISTS[operation] ?? [];
  const asked = sizes.map((name) => Object(input)[name]).find((value) => typeof value === 'number');
  return typeof asked === 'number' ? asked : Number.POSITIVE_INFINITY;
}

/** A dashboard as large as the quotas let it be (500 widgets, 2,500 metrics), with variables that multiply. */
export function fullDashboard(): string {
  const metric = (index: number) => [
    'AWS/a',
    `a${index}`,
    ...Array.from({ length: 10 }, (_, at) => [`a${at}`, 'a'.repeat(200)]).flat(),
  ];
  return JSON.stringify({
    variables: Array.from({ length: 25 }, () => ({ type: 'pattern', pattern: 'a', defaultValue: 'aa' })),
    widgets: Array.from({ length: 500 }, (_, widget) => ({
      type: 'metric',
      properties: {
        title: 'a'.repeat(200),
        metrics: Array.from({ length: 5 }, (_, index) => metric(widget * 5 + index)),
      },
    })),
  });
}

/** Which of the program's actions AWS's managed policy CloudWatchReadOnlyAccess grants, and what is missing without one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const SNAPSHOT = join(import.meta.dirname, '..', '..', '..', 'iam', 'cloudwatch-read-only-access.json');

export interface ManagedPolicy {
  readonly policy: string;
  readonly version: string;
  readonly created: string;
  /** Patterns on all resources; `*` stands for any characters. */
  readonly actions: readonly string[];
}

/** What an answer lacks without the action. The rest of that answer is given, or the tool says which action it needs. */
const LOSSES: Readonly<Record<string, string>> = {
  'cloudtrail:LookupEvents':
    'optional: who deployed or changed what, in investigate_alarm and what_changed (the answer says that it was not looked at)',
  'cloudwatch:DescribeAlarmContributors': 'what makes an alarm of many series fire',
  'cloudwatch:DescribeAlarmHistory': 'get_alarm_history',
  'cloudwatch:DescribeAlarms': 'every alarm tool; `--doctor` reports it',
  'cloudwatch:DescribeAnomalyDetectors':
    'how the detector behind an anomaly alarm learns, in describe_alarms (a warning says so)',
  'cloudwatch:GetAlarmMuteRule': 'the mark "muted" of get_active_alarms (a warning says so)',
  'cloudwatch:GetDashboard': 'get_dashboard',
  'cloudwatch:GetMetricData': 'get_metric_data, and every tool that looks at numbers',
  'cloudwatch:GetMetricStatistics': 'what an empty answer of get_metric_data says about units',
  'cloudwatch:GetMetricWidgetImage': 'get_metric_chart as a picture',
  'cloudwatch:GetOTelEnrichment': 'what an empty answer of the PromQL tools says about metrics of AWS services',
  'cloudwatch:ListAlarmMuteRules': 'the mark "muted" of get_active_alarms (a warning says so)',
  'cloudwatch:ListDashboards': 'list_dashboards',
  'cloudwatch:ListMetrics': 'list_metrics; in other tools names and dimension values near to a misspelt one',
  'logs:DescribeLogGroups': 'describe_log_groups',
  'logs:DescribeQueries': 'recommendations for indexes, which start from past queries; what queries cost today',
  'logs:DescribeQueryDefinitions': 'saved queries in describe_log_groups (a warning says so)',
  'logs:FilterLogEvents': 'search_log_events',
  'logs:GetLogEvents': 'the lines around an event in search_log_events and get_log_record (a warning says so)',
  'logs:GetLogGroupFields': 'get_log_group_fields',
  'logs:GetLogRecord': 'get_log_record',
  'logs:GetQueryResults': 'every Logs Insights tool',
  'logs:StartQuery': 'every Logs Insights tool',
  'logs:StopQuery': 'stopping: a query that nobody waits for runs, and costs, to its end',
};

export function readManagedPolicy(): ManagedPolicy {
  return JSON.parse(readFileSync(SNAPSHOT, 'utf8')) as ManagedPolicy;
}

/** Pure: the pattern that grants the action, if any. IAM compares actions without regard to case. */
export function findGrant(action: string, patterns: readonly string[]): string | undefined {
  return patterns.find((pattern) =>
    new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i').test(action),
  );
}

/** The Markdown table of iam/README.md. */
export function renderCoverageTable(actions: readonly string[]): string {
  const managed = readManagedPolicy();
  const rows = actions.map((action) => {
    const grant = findGrant(action, managed.actions);
    const granted = grant === undefined ? '**no**' : `\`${grant}\``;
    return `| \`${action}\` | ${granted} | ${LOSSES[action] ?? 'the tool that needs it; its answer names the action'} |`;
  });
  const missing = actions.filter((action) => findGrant(action, managed.actions) === undefined);
  const verdict =
    missing.length === 0
      ? `All ${actions.length} are granted.`
      : `${actions.length - missing.length} of ${actions.length} are granted; permissions-policy.json also grants ${missing.map((action) => `\`${action}\``).join(', ')}.`;
  return `Compared with version ${managed.version} (${managed.created}) of the managed policy. ${verdict}\n
| action | granted by | lost without it |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
}

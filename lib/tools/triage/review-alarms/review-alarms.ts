import { z } from 'zod';
import { MAX_WIDE_TARGETS } from '../../../aws/ports/targets.ts';
import { findUnwatched } from '../../../domain/alarms/review/find-unwatched.ts';
import { type Finding, foldFindings } from '../../../domain/alarms/review/finding.ts';
import { judgeHistory } from '../../../domain/alarms/review/judge-history.ts';
import { findCopies, judgeSettings, namesInRules } from '../../../domain/alarms/review/judge-settings.ts';
import { judgeSilence } from '../../../domain/alarms/review/judge-silence.ts';
import { createSlices, runInSlices } from '../../../domain/async/slices.ts';
import { allAlarmsLink } from '../../../domain/console-links.ts';
import { DAY_MS, formatTime } from '../../../domain/time.ts';
import { askTargets } from '../../../tool/ask-targets.ts';
import { defineTool, READ_ONLY } from '../../../tool/define-tool.ts';
import { whereMany } from '../../../tool/params.ts';
import {
  coverOf,
  describeCover,
  describeFinding,
  describeReview,
  type PlacedFinding,
  suggestAlarms,
} from './answer.ts';
import { reviewOutput } from './output.ts';
import { readFacts, type TargetFacts } from './read.ts';

/** CloudWatch keeps alarm history for 30 days (DescribeAlarmHistory API reference). */
const MAX_DAYS = 30;
const MAX_NAME_CHARS = 255;
const MAX_FINDINGS = 200;
const MAX_NAMES_OUT = 50;

export const reviewAlarms = defineTool({
  name: 'review_alarms',
  title: 'Review of alarms',
  description:
    'Which alarms are useless or missing: flapping, firing by the clock, in ALARM for days, without data and why, without actions, disabled, muted, copies; resources at work without the alarm that AWS advises, with calls for templates.',
  toolset: 'triage',
  annotations: READ_ONLY,
  inputSchema: z.object({
    name_prefix: z.string().min(1).max(MAX_NAME_CHARS).optional().describe('Only alarms whose name begins so'),
    days: z.int().min(1).max(MAX_DAYS).default(14).describe('Of history, 1–30; default 14'),
    ...whereMany,
  }),
  outputSchema: reviewOutput,
  async handler(input, context) {
    const targets = context.targets.many(input, MAX_WIDE_TARGETS);
    const range = { startEpochMs: context.nowEpochMs - input.days * DAY_MS, endEpochMs: context.nowEpochMs };
    const query = { namePrefix: input.name_prefix, range, isOneOfMany: targets.length > 1 };
    const { answers, warnings } = await askTargets(
      context.signal,
      targets,
      (target) => readFacts(context, target, query),
      (done, total) => context.reportProgress({ progress: done, total, message: 'accounts and regions asked' }),
    );
    const facts = answers.map(({ value }) => value);
    const slices = createSlices();
    const judged: PlacedFinding[] = [];
    for (const own of facts)
      for (const finding of await runInSlices(judge(own, context.nowEpochMs), slices)) judged.push(finding);
    const findings = judged.slice(0, MAX_FINDINGS);
    const calls = suggestAlarms(findings, context.targets.one({}));
    const covered = coverOf(facts) ?? { ...range, startEpochMs: range.endEpochMs };
    const [first] = targets;
    return {
      headline: describeReview(facts, findings),
      targets: answers.map(({ target }) => target),
      facts: describeCover(facts, range),
      list: {
        items: findings.map((finding) => describeFinding(finding, targets.length > 1)),
        isUntrusted: true,
        total: findings.length,
        noun: 'finding',
        narrowBy: 'pass name_prefix',
      },
      sections:
        calls.length === 0
          ? []
          : [
              {
                title: 'Ready calls for templates of missing alarms:',
                items: calls.map(({ tool, args }) => `${tool} ${args}`),
                isUntrusted: true,
                hasCalls: true,
              },
            ],
      hints: hintsOf(facts, input.name_prefix),
      warnings: [...warnings, ...facts.flatMap((own) => own.warnings.map((text) => placed(own, text, targets.length)))],
      link: first && allAlarmsLink(first.region),
      structured: ({ shown }) => ({
        alarms: facts.reduce((sum, { alarms }) => sum + alarms.length, 0),
        start_time: formatTime(covered.startEpochMs),
        end_time: formatTime(covered.endEpochMs),
        findings: findings.slice(0, shown).map(({ kind, names, why, target }) => ({
          kind,
          account: target.account,
          region: target.region,
          names: names.slice(0, MAX_NAMES_OUT),
          count: names.length,
          why,
        })),
        next_calls: calls.map(({ tool, args }) => ({ tool, arguments: args })),
      }),
    };
  },
});

/** Yields after each alarm: there may be thousands, in hundreds of places. */
function* judge(facts: TargetFacts, nowEpochMs: number): Generator<void, readonly PlacedFinding[], undefined> {
  const { alarms, changes, covered, mutedBy, published, active, target } = facts;
  const changesOf = Map.groupBy(changes, ({ alarmName }) => alarmName);
  const ruled = yield* namesInRules(alarms);
  const range = covered ?? { startEpochMs: nowEpochMs, endEpochMs: nowEpochMs };
  const findings: Finding[] = [];
  for (const alarm of alarms) {
    const silence = judgeSilence(alarm, published);
    const history = judgeHistory(alarm, changesOf.get(alarm.name) ?? [], range, nowEpochMs);
    for (const finding of [silence, history]) if (finding !== undefined) findings.push(finding);
    findings.push(
      ...judgeSettings(
        alarm,
        ruled,
        (mutedBy.get(alarm.name) ?? []).map(({ name }) => name),
      ),
    );
    yield;
  }
  const copies = yield* findCopies(alarms);
  const unwatched = yield* findUnwatched(active, alarms);
  const folded = yield* foldFindings([...findings, ...copies, ...unwatched]);
  return folded.map((finding) => ({ ...finding, target }));
}

function placed({ target }: TargetFacts, text: string, targets: number): string {
  return targets === 1
    ? text.replace(/^./, (letter) => letter.toUpperCase())
    : `${target.account}/${target.region}: ${text}`;
}

function hintsOf(facts: readonly TargetFacts[], namePrefix: string | undefined): string[] {
  const hasNone = facts.every(({ alarms }) => alarms.length === 0);
  if (hasNone && namePrefix !== undefined)
    return ['No alarm has a name that begins so: leave name_prefix out, or ask describe_alarms for names.'];
  if (hasNone) return ['There is no alarm here: list_targets names what else may be asked.'];
  return namePrefix === undefined ? [] : ['Resources without alarms are looked for without name_prefix only.'];
}

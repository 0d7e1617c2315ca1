/** The page that the analysis of several log groups gives: what changed over all of them, those without change in a line. */
import type { z } from 'zod';
import { logsInsightsLink } from '../../../domain/console-links.ts';
import { compareChanges } from '../../../domain/logs/patterns/pattern-changes.ts';
import { cleanLine } from '../../../domain/text/clean-text.ts';
import { countOf, formatCount } from '../../../domain/text/counts.ts';
import { formatDuration, formatTime, SECOND_MS } from '../../../domain/time.ts';
import type { Answer } from '../../../tool/types.ts';
import { noteArriving } from '../shared/answer-arriving.ts';
import { type AnswerFacts, roundCount, toStatistics } from './answer.ts';
import { FIELDS_HEAD, FIELDS_TITLE, listValues, toFieldOutput, writeValue } from './answer-fields.ts';
import { CHANGED_HEAD, toPatternOutput, writeChanged } from './answer-patterns.ts';
import { collectWarnings, countChanges, describeCost, describeLasting, isSampled, nameOf } from './answer-words.ts';
import { MESSAGES_QUERY, type Windows } from './arguments.ts';
import type { analysisOutput } from './output.ts';
import type { GroupAnalysis } from './read.ts';

const MAX_CHANGED = 60;
/** Fields told of each log group, where there are several. */
const MAX_VALUES = 6;

/** @param analyses at least one; the others failed, and the warnings say so */
export function answerSeveral(
  analyses: readonly GroupAnalysis[],
  windows: Windows,
  facts: AnswerFacts & { readonly asked: number },
): Answer<z.input<typeof analysisOutput>> {
  const all = analyses.flatMap((analysis) => analysis.changed.map((pattern) => ({ analysis, pattern })));
  const changed = all.sort((a, b) => compareChanges(a.pattern, b.pattern)).slice(0, MAX_CHANGED);
  const values = analyses.flatMap((analysis) =>
    listValues(analysis.fields)
      .slice(0, MAX_VALUES)
      .map((value) => ({ analysis, value })),
  );
  const notesOf = ({ finders, onsets, lasting }: GroupAnalysis) => ({ finders, onsets, begins: lasting.begins });
  const target = analyses[0]?.at.target;
  return {
    headline: describeHeadline(analyses, windows, facts.asked),
    targets: target === undefined ? [] : [target],
    facts: [
      `Window: ${formatTime(windows.now.startEpochMs)} – ${formatTime(windows.now.endEpochMs + SECOND_MS)}, compared with ${windows.comparedWith}.`,
      ...noteArriving(windows.now, facts.nowEpochMs),
      ...describeGroups(analyses),
      describeCost(facts.cost),
    ],
    list: {
      noun: 'changed pattern',
      title: `What changed against ${windows.comparedWith}, over all log groups:`,
      head: `log group | ${CHANGED_HEAD}`,
      items: changed.map(
        ({ analysis, pattern }) =>
          `${cleanLine(analysis.at.name)} | ${writeChanged(pattern, notesOf(analysis), windows)}`,
      ),
      isUntrusted: true,
      total: all.length,
      narrowBy: 'name fewer log groups',
    },
    sections: [
      {
        title: FIELDS_TITLE,
        head: `log group | ${FIELDS_HEAD}`,
        items: values.map(({ analysis, value }) => `${cleanLine(analysis.at.name)} | ${writeValue(value)}`),
        isUntrusted: true,
      },
    ],
    hints: facts.hints,
    warnings: [
      ...facts.warnings,
      ...analyses.flatMap((analysis) => collectWarnings(analysis).map((warning) => `${nameOf(analysis)}: ${warning}`)),
    ],
    link:
      target &&
      logsInsightsLink(target.region, {
        logGroups: analyses.map(({ at }) => at.reference),
        query: `${MESSAGES_QUERY} | sort @timestamp desc`,
        ...windows.now,
      }),
    structured: ({ shown }) => ({
      groups: analyses.map((analysis) => ({
        log_group: analysis.at.name,
        events: roundCount(analysis.now.events),
        events_before: roundCount(analysis.before?.events),
        changes: analysis.changed.length,
        is_compared: analysis.incomparable === undefined,
      })),
      start_time: formatTime(windows.now.startEpochMs),
      end_time: formatTime(windows.now.endEpochMs + SECOND_MS),
      is_sampled: analyses.some(isSampled),
      is_compared: analyses.every(({ incomparable }) => incomparable === undefined),
      changed: changed.slice(0, shown).map(({ analysis, pattern }) => ({
        log_group: analysis.at.name,
        ...toPatternOutput(pattern, notesOf(analysis), windows),
      })),
      fields: values.map(({ analysis, value }) => ({ log_group: analysis.at.name, ...toFieldOutput(value) })),
      error_patterns: [],
      top_patterns: [],
      anomalies: [],
      statistics: toStatistics(facts.cost),
    }),
  };
}

function describeHeadline(analyses: readonly GroupAnalysis[], windows: Windows, asked: number): string {
  const with_ = analyses.filter(({ changed }) => changed.length > 0).length;
  const changes = countChanges(analyses.flatMap(({ changed }) => changed));
  const of = `of ${countOf(asked, 'log group')}`;
  const missing = asked - analyses.length;
  const failed = missing === 0 ? '' : `; ${missing} gave no answer`;
  if (changes === undefined)
    return `No new, grown or vanished pattern in ${formatCount(analyses.length)} ${of} against ${windows.comparedWith}${failed}.`;
  return `${formatCount(with_)} ${of} changed in these ${formatDuration(windows.lengthMs)}: ${changes} against ${windows.comparedWith}${failed}.`;
}

/** Those without change in one line; of the others what their patterns do not tell. */
function describeGroups(analyses: readonly GroupAnalysis[]): string[] {
  const list = (some: readonly GroupAnalysis[]) =>
    some
      .map((analysis) => {
        const { events } = analysis.now;
        return `${nameOf(analysis)}${events === undefined ? '' : ` (${countOf(Math.round(events), 'event')})`}`;
      })
      .join(', ');
  const incomparable = analyses.filter((analysis) => analysis.incomparable !== undefined);
  const quiet = analyses.filter((analysis) => analysis.changed.length === 0 && analysis.incomparable === undefined);
  return [
    ...(quiet.length === 0 ? [] : [`Without change: ${list(quiet)}.`]),
    ...(incomparable.length === 0 ? [] : [`Compared with nothing: ${list(incomparable)}.`]),
    ...analyses.flatMap((analysis) => {
      const lasting = describeLasting(analysis);
      return lasting === undefined ? [] : [`${nameOf(analysis)}: ${lasting}.`];
    }),
  ];
}

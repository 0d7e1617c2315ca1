import type { GetAlarmMuteRuleOutput } from '@aws-sdk/client-cloudwatch';
import { SHOP_ALARMS } from './alarm-settings.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Mute rules: one active now, one that recurs and one that is over. */
export function createMuteRules(
  accountId: string,
  region: string,
  anchorEpochMs: number,
): readonly GetAlarmMuteRuleOutput[] {
  const arn = (name: string): string => `arn:aws:cloudwatch:${region}:${accountId}:alarm-mute-rule:${name}`;
  const startedEpochMs = anchorEpochMs - 3 * HOUR_MS;
  const describe = (name: string, rule: Omit<GetAlarmMuteRuleOutput, 'Name' | 'AlarmMuteRuleArn' | '$metadata'>) => ({
    Name: name,
    AlarmMuteRuleArn: arn(name),
    ...rule,
  });
  return [
    describe('dead-letters-until-fixed', {
      Description: 'SHOP-4411 is being worked on.',
      Rule: {
        Schedule: { Expression: `at(${formatMinute(startedEpochMs)})`, Duration: 'PT12H', Timezone: 'UTC' },
      },
      MuteTargets: { AlarmNames: [SHOP_ALARMS.deadLetters] },
      StartDate: new Date(startedEpochMs),
      ExpireDate: new Date(startedEpochMs + 12 * HOUR_MS),
      Status: 'ACTIVE',
      LastUpdatedTimestamp: new Date(startedEpochMs - HOUR_MS),
      MuteType: 'ONE_TIME',
    }),
    describe('old-migration', {
      Rule: {
        Schedule: { Expression: `at(${formatMinute(anchorEpochMs - 40 * DAY_MS)})`, Duration: 'P2D', Timezone: 'UTC' },
      },
      MuteTargets: { AlarmNames: [SHOP_ALARMS.cartErrors, SHOP_ALARMS.paymentErrors] },
      StartDate: new Date(anchorEpochMs - 40 * DAY_MS),
      ExpireDate: new Date(anchorEpochMs - 38 * DAY_MS),
      Status: 'EXPIRED',
      LastUpdatedTimestamp: new Date(anchorEpochMs - 41 * DAY_MS),
      MuteType: 'ONE_TIME',
    }),
    describe('weekly-index-rebuild', {
      Description: 'The search index is rebuilt on Sunday nights.',
      Rule: { Schedule: { Expression: 'cron(0 2 * * SUN)', Duration: 'PT4H', Timezone: 'Europe/Berlin' } },
      MuteTargets: { AlarmNames: [SHOP_ALARMS.searchLatency] },
      StartDate: new Date(anchorEpochMs - 60 * DAY_MS),
      Status: 'SCHEDULED',
      LastUpdatedTimestamp: new Date(anchorEpochMs - 60 * DAY_MS),
      MuteType: 'RECURRING',
    }),
  ];
}

function formatMinute(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 16);
}

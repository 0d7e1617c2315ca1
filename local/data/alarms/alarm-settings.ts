import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { ACCOUNTS, DEFAULT_REGION } from '../../scenario.ts';

/** Settings that several alarms share. */
export type AlarmSettings = Omit<MetricAlarm, 'AlarmName'>;

export const ON_CALL_TOPIC = `arn:aws:sns:${DEFAULT_REGION}:${ACCOUNTS.prod.id}:shop-on-call`;
export const INFO_TOPIC = `arn:aws:sns:${DEFAULT_REGION}:${ACCOUNTS.prod.id}:shop-info`;

/** Names of alarms with a part to play besides those of the scenario. */
export const SHOP_ALARMS = {
  cartErrors: 'shop-cart-errors',
  paymentErrors: 'shop-payment-errors',
  searchLatency: 'shop-search-duration-p90',
  ordersAnomaly: 'shop-orders-placed-anomaly',
  deadLetters: 'shop-orders-dlq-depth',
  maintenance: 'shop-maintenance-window',
  clientErrors: 'shop-api-4xx-noise',
  silentExport: 'shop-nightly-export-rows',
  misspelled: 'shop-cart-latency-typo',
  partnerHostile: 'partner-webhook-failures',
  apiServerErrors: 'shop-api-5xx',
} as const;

/** Watches one Lambda metric by the minute. */
export function watchFunction(functionName: string, metricName: string): AlarmSettings {
  return {
    Namespace: 'AWS/Lambda',
    MetricName: metricName,
    Dimensions: [{ Name: 'FunctionName', Value: functionName }],
    Period: 60,
    TreatMissingData: 'notBreaching',
  };
}
export const ON_CALL_ACTIONS: AlarmSettings = { AlarmActions: [ON_CALL_TOPIC], OKActions: [ON_CALL_TOPIC] };

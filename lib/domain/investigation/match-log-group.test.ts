import { describe, expect, it } from 'vitest';
import { KnownNames } from './known-names.ts';
import { matchLogGroup } from './match-log-group.ts';

const GROUPS = [
  '/aws/ecs/live-eu-storefront-svc',
  'ecs/live-eu-cluster-1/live-eu-tax-svc',
  '/app/live-eu-fulfil-api',
  '/app/auth',
  '/var/log/catalog',
  '/aws/rds/instance/live-eu-db/postgresql',
];
const RESOURCES = [
  'app/live-eu-alb/0a1b',
  'targetgroup/live-eu-tax-svc/9aff',
  'targetgroup/live-eu-fulfil-api/7c11',
  'live-eu-storefront-svc',
  'zeta_auth-svc',
  'CatalogHandler',
  'live-eu-db',
  'live-eu-queue',
];
const match = (resource: string, guessed?: string, groups = GROUPS) =>
  matchLogGroup(resource, guessed, groups, new KnownNames(RESOURCES));

describe('matchLogGroup', () => {
  it.each([
    ['targetgroup/live-eu-tax-svc/9aff', 'ecs/live-eu-cluster-1/live-eu-tax-svc'],
    ['targetgroup/live-eu-fulfil-api/7c11', '/app/live-eu-fulfil-api'],
    ['zeta_auth-svc', '/app/auth'],
    ['CatalogHandler', '/var/log/catalog'],
    ['live-eu-db', '/aws/rds/instance/live-eu-db/postgresql'],
    ['arn:aws:states:eu-west-1:111122223333:stateMachine:fulfil', '/app/live-eu-fulfil-api'],
  ])('%s → %s', (resource, group) => expect(match(resource)).toBe(group));

  it('prefers the name that the service gives by convention', () => {
    expect(match('zeta_auth-svc', '/var/log/catalog')).toBe('/var/log/catalog');
    expect(match('zeta_auth-svc', '/aws/lambda/zeta_auth-svc')).toBe('/app/auth');
  });

  it('takes no group for what only the common part of names fits, or what many groups fit', () => {
    expect(match('live-eu-queue')).toBeUndefined();
    expect(match('app/live-eu-alb/0a1b')).toBeUndefined();
    expect(match('')).toBeUndefined();
    expect(match('zeta_auth-svc', undefined, [])).toBeUndefined();
    const many = ['a', 'b', 'c', 'd'].map((part) => `/x/${part}/auth-${part}`);
    expect(match('zeta_auth-svc', undefined, many)).toBeUndefined();
    expect(match('zeta_auth-svc', undefined, many.slice(0, 3))).toBe('/x/a/auth-a');
  });
});

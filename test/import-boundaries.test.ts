/** The linter's import rules are configuration, and configuration can be wrong without a word: here each one bites. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const PLUGINS = 'scripts/lint';
/** Work over a list, as many at once as there are items. */
const FAN_OUT = 'export const all = (items: Promise<void>[]) => Promise.all(items.map((item) => item));\n';

const FORBIDDEN = [
  ['lib/domain', 'zod'],
  ['lib/domain', '../config.ts'],
  ['lib/domain/metrics', '../../config.ts'],
  ['lib/domain/metrics', '../../aws/ports/ports.ts'],
  ['lib/domain/metrics/chart', 'zod'],
  ['lib/domain/metrics/chart', '../../../config.ts'],
  ['lib/domain/metrics/chart', '../../../tool/types.ts'],
  ['lib/tools/alarms', '@aws-sdk/client-cloudwatch'],
  ['lib/tools/alarms', '../../aws/alarms.ts'],
  ['lib/tools/alarms', '../../mcp/registry.ts'],
  ['lib/tools/alarms/get-active-alarms', '../../../aws/targets.ts'],
  ['lib/tools/alarms/get-active-alarms', '../../../aws/alarms/alarms.ts'],
  ['lib/tools/alarms/get-active-alarms', '../../../mcp/registry.ts'],
  ['lib/tools/alarms/get-active-alarms', '@aws-sdk/client-cloudwatch'],
  ['lib/tool', '../tools/alarms/get-active-alarms.ts'],
  ['lib/tool', '../aws/targets.ts'],
  ['lib/mcp', '../../handlers/index.ts'],
  ['lib/mcp', '@aws-sdk/client-sts'],
  ['lib/mcp', 'node:http'],
  ['lib/tool', '../aws/credentials/client-pool.ts'],
  ['lib/aws', '../tool/types.ts'],
  ['lib/aws/credentials', '../../tool/types.ts'],
  ['lib/aws/ports', '@aws-sdk/client-sts'],
  ['lib/aws/ports', '../connection.ts'],
  ['handlers', '../adapters/node.ts'],
  ['handlers', 'node:http'],
  ['adapters', '../local/server.ts'],
  ['adapters', '../lib/tools/alarms/get-active-alarms.ts'],
  ['local', '../lib/errors.ts'],
  ['local/data', '../cloudwatch/region-data.ts'],
  ['local/data', '../../lib/errors.ts'],
  ['local/wire', '../sts/operations.ts'],
] as const;

const ALLOWED = [
  ['lib/domain', './time.ts'],
  ['lib/domain', '../errors.ts'],
  ['lib/domain/metrics', '../../errors.ts'],
  ['lib/domain/metrics', '../text/clean-text.ts'],
  ['lib/domain/metrics/chart', '../../../errors.ts'],
  ['lib/domain/metrics/chart', '../../text/clean-text.ts'],
  ['lib/domain/metrics/chart', '../period.ts'],
  ['lib/tools/alarms', '../../aws/ports/alarms.ts'],
  ['lib/tools/alarms', '../../tool/params.ts'],
  ['lib/tools/alarms/get-active-alarms', '../../../aws/ports/alarms.ts'],
  ['lib/tools/alarms/get-active-alarms', '../shared/find-alarm.ts'],
  ['lib/tool', '../aws/ports/targets.ts'],
  ['lib/mcp', '../tools/alarms/get-active-alarms.ts'],
  ['lib/aws', '@aws-sdk/client-sts'],
  ['local/cloudwatch', '../data/metric-store.ts'],
  ['handlers', '../lib/mcp/endpoint.ts'],
  ['adapters', '../handlers/index.ts'],
] as const;

/** Where lists come from AWS. */
const UNBOUNDED = ['lib/aws/logs', 'lib/tool', 'lib/tools/alarms/shared'] as const;

const fileOf = (folder: string, specifier: string): string =>
  `${folder}/case-${specifier.replaceAll(/[^a-z0-9]+/g, '-')}.ts`;

let copy = '';
let report = '';

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'boundaries-'));
  copyFileSync(join(ROOT, 'biome.json'), join(copy, 'biome.json'));
  copyFileSync(join(ROOT, '.gitignore'), join(copy, '.gitignore'));
  cpSync(join(ROOT, PLUGINS), join(copy, PLUGINS), { recursive: true });
  for (const [folder, specifier] of [...FORBIDDEN, ...ALLOWED]) {
    mkdirSync(join(copy, folder), { recursive: true });
    writeFileSync(join(copy, fileOf(folder, specifier)), `export { something } from '${specifier}';\n`);
  }
  for (const folder of [...UNBOUNDED, 'lib/domain']) {
    mkdirSync(join(copy, folder), { recursive: true });
    writeFileSync(join(copy, folder, 'fan-out.ts'), FAN_OUT);
  }
  const args = ['lint', '--max-diagnostics=none', '--reporter=github', '.'];
  try {
    report = execFileSync('biome', args, { cwd: copy, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    report = (error as { stdout: string }).stdout;
  }
});

afterAll(() => rmSync(copy, { recursive: true }));

/** Whether a rule has a finding in a file. */
const isFound = (rule: string, file: string): boolean =>
  report.split('\n').some((line) => line.includes(`title=${rule},`) && line.includes(file));
const isRefused = (folder: string, specifier: string): boolean =>
  isFound('lint/style/noRestrictedImports', fileOf(folder, specifier));
const isUnbounded = (folder: string): boolean => isFound('plugin', `${folder}/fan-out.ts`);

describe('import boundaries', () => {
  it.each(FORBIDDEN)('%s may not import %s', (folder, specifier) => {
    expect(isRefused(folder, specifier)).toBe(true);
  });

  it.each(ALLOWED)('%s may import %s', (folder, specifier) => {
    expect(isRefused(folder, specifier)).toBe(false);
  });
});

describe('the limit of a fan-out', () => {
  it.each(UNBOUNDED)('must be given in %s', (folder) => {
    expect(isUnbounded(folder)).toBe(true);
  });

  it('need not be where no list comes from AWS', () => {
    expect(isUnbounded('lib/domain')).toBe(false);
  });
});

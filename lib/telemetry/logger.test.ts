import { describe, expect, it } from 'vitest';
import { anyCharacter, fc } from '../../test/support/property.ts';
import { createLogger } from './logger.ts';

function collect(logLevel: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'SILENT' = 'DEBUG') {
  const lines: string[] = [];
  const logger = createLogger({ logLevel, transport: 'http' }, (line) => lines.push(line));
  return { lines, logger };
}

describe('createLogger', () => {
  it('writes one JSON line with level, message, time and fields', () => {
    const { lines, logger } = collect();
    logger.warn('tool failed', { tool: 'query_logs', durationMs: 12 });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/\}\n$/);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'WARN',
      message: 'tool failed',
      service: 'cloudwatch-mcp',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      tool: 'query_logs',
      durationMs: 12,
    });
  });

  it.each([
    ['DEBUG', 4],
    ['INFO', 3],
    ['WARN', 2],
    ['ERROR', 1],
    ['SILENT', 0],
  ] as const)('at %s writes %i of the four levels', (level, count) => {
    const { lines, logger } = collect(level);
    logger.debug('a');
    logger.info('b');
    logger.warn('c');
    logger.error('d');
    expect(lines).toHaveLength(count);
  });

  it('writes an error with its stack and cause, still on one line', () => {
    const { lines, logger } = collect();
    logger.error('failed', { error: new Error('outer\nsecond line', { cause: new Error('inner') }) });
    expect(lines.join('').match(/\n/g)).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '').error).toMatchObject({
      message: 'outer\nsecond line',
      stack: expect.stringContaining('logger.test.ts'),
      cause: { message: 'inner' },
    });
  });

  it('survives circular fields, big integers and deep values', () => {
    const { lines, logger } = collect();
    const circular: { size: bigint; self?: unknown } = { size: 12n };
    circular.self = circular;
    logger.info('odd', { circular });
    expect(JSON.parse(lines[0] ?? '').circular.size).toBe('12');
  });

  it('keeps any text on one line without control characters', () => {
    const { lines, logger } = collect();
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), fc.string({ unit: anyCharacter }), (message, value) => {
        lines.length = 0;
        logger.info(message, { value });
        expect(lines).toHaveLength(1);
        const line = (lines[0] ?? '').slice(0, -1);
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(() => JSON.parse(line)).not.toThrow();
      }),
    );
  });
});

/** Every name of a field that has a part in a template, one by one. */
import { expect, it } from 'vitest';
import { expectTable } from '../../../../test/support/golden-table.ts';
import { isSaying, toTemplate } from './message-template.ts';

const NAMES = {
  level: 'level lvl loglevel log_level severity severitytext',
  message: 'message msg log text errormessage error_message exceptionmessage',
  event:
    'event eventname event_name eventtype event_type action operation type errortype error_type errorcode error_code',
  error: 'error err exception cause reason',
  status: 'status statuscode status_code httpstatus responsecode',
  request: 'httpmethod http_method method verb path route resource resourcepath url uri requesturi request_uri',
  none: 'other id user constructor toString',
} as const;
const CARRIERS = 'log http request response req res detail data payload record body other constructor'.split(' ');
const PARTS = 'name message msg type kind class code reason stack other'.split(' ');

it('gives each name its part', async () => {
  const rows: (readonly [string, unknown])[] = [];
  for (const [role, names] of Object.entries(NAMES))
    for (const name of names.split(' ')) {
      const written = [{ [name]: 'Paid' }, { [name.toUpperCase()]: 'Paid' }, { [name]: '503', message: 'done' }];
      rows.push([
        `${role} ${name}`,
        [...written.map((fields) => toTemplate(JSON.stringify(fields))), toTemplate(`x ${name}=Paid`), isSaying(name)],
      ]);
    }
  for (const carrier of CARRIERS)
    rows.push([
      `in ${carrier}`,
      [
        toTemplate(JSON.stringify({ [carrier]: { message: 'order failed', level: 'error' } })),
        toTemplate(JSON.stringify({ data: { [carrier]: { message: 'order failed' } } })),
        isSaying(`${carrier}.message`),
      ],
    ]);
  for (const part of PARTS)
    rows.push([
      `error.${part}`,
      [{ error: { [part]: 'E12' } }, { data: { err: { [part]: 'E12' } } }, { [part]: 'E12' }].map((fields) =>
        toTemplate(JSON.stringify(fields)),
      ),
    ]);
  for (const level of [
    '9',
    '10',
    '20',
    '30',
    '40',
    '50',
    '60',
    '70',
    'warn',
    'x'.repeat(19),
    'x'.repeat(20),
    'x'.repeat(21),
    '<Token-1>',
  ])
    rows.push([`level ${level}`, toTemplate(JSON.stringify({ level, msg: 'done' }))]);
  for (const status of ['99', '100', '199', '404', '599', '600', '1000', 'ok', '5000'])
    rows.push([`status ${status}`, toTemplate(JSON.stringify({ status }))]);
  for (const code of ['E12', '42', '<Token-1>'])
    rows.push([`code ${code}`, toTemplate(JSON.stringify({ error: { code } }))]);
  for (const empty of ['', 'null'])
    rows.push([`empty "${empty}"`, toTemplate(JSON.stringify({ message: empty, id: 'x' }))]);
  await expectTable('patterns/names', rows);
});

it('takes apart a line in a line, and not deeper', () => {
  const nested = (depth: number): string =>
    depth === 0 ? 'order failed' : JSON.stringify({ level: `l${depth}`, message: nested(depth - 1) });
  expect([0, 1, 2, 3].map((depth) => toTemplate(nested(depth)))).toEqual([
    'order failed',
    'L1 order failed',
    'L2 L1 order failed',
    expect.stringMatching(/^L3 L2 \{/),
  ]);
});

it('keeps to its bounds', () => {
  const named = (count: number) =>
    toTemplate(JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, 1])))).split(', ')
      .length;
  expect([11, 12, 13].map(named)).toEqual([11, 12, 12]);
  const traced = (count: number) =>
    toTemplate(['first', ...Array(count).fill('FooError: x')].join('\n')).split('⏎').length;
  expect([0, 2, 3, 4].map(traced)).toEqual([1, 3, 4, 4]);
  const late = (lines: number) => toTemplate(['first', ...Array(lines).fill('a'), 'FooError: x'].join('\n'));
  expect([398, 399, 400].map((lines) => late(lines).includes('FooError'))).toEqual([true, true, false]);
  const cut = (spaces: number) => toTemplate(`first\nFooError: ${'ab '.repeat(162)}${' '.repeat(spaces)}END`);
  expect([0, 1, 2].map((spaces) => cut(spaces).includes('END'))).toEqual([true, true, false]);
});

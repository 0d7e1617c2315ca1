import { BlockList, isIP } from 'node:net';
import { compareValues, Structure, Timestamp, toNumber, toText, type Value } from './value.ts';

type Operand = Value | undefined;

export interface InsightsFunction {
  readonly minOperands: number;
  readonly maxOperands: number;
  /** True when the result is 1 or 0, so that `filter` takes the call as a condition. */
  readonly isCondition?: boolean;
  readonly apply: (operands: readonly Operand[]) => Operand;
}

const NO_LIMIT = 100;

function text(operand: Operand): string | undefined {
  return operand === undefined ? undefined : toText(operand);
}

function numeric(apply: (value: number) => number): InsightsFunction {
  return {
    minOperands: 1,
    maxOperands: 1,
    apply: ([operand]) => {
      const value = toNumber(operand);
      return value === undefined ? undefined : finite(apply(value));
    },
  };
}

function textual(
  apply: (value: string, ...rest: string[]) => Operand,
  minOperands: number,
  maxOperands: number,
): InsightsFunction {
  return {
    minOperands,
    maxOperands,
    apply: (operands) => {
      const texts = operands.map(text);
      const [first, ...rest] = texts.filter((item) => item !== undefined);
      return first === undefined || rest.length + 1 !== texts.length ? undefined : apply(first, ...rest);
    },
  };
}

function condition(apply: (operands: readonly Operand[]) => boolean, operandCount: number): InsightsFunction {
  return {
    minOperands: operandCount,
    maxOperands: operandCount,
    isCondition: true,
    apply: (operands) => (apply(operands) ? 1 : 0),
  };
}

/** A result that is no number (division by zero, root of a negative) leaves the field missing. */
export function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

function extreme(sign: 1 | -1): InsightsFunction {
  return {
    minOperands: 1,
    maxOperands: NO_LIMIT,
    apply: (operands) =>
      operands
        .filter((operand) => operand !== undefined)
        .reduce<Operand>(
          (best, next) => (best === undefined || compareValues(next, best) * sign > 0 ? next : best),
          undefined,
        ),
  };
}

function trimStart(value: string, characters: string | undefined): string {
  if (characters === undefined) {
    return value.trimStart();
  }
  let start = 0;
  while (start < value.length && characters.includes(value.charAt(start))) {
    start += 1;
  }
  return value.slice(start);
}

function trimEnd(value: string, characters: string | undefined): string {
  if (characters === undefined) {
    return value.trimEnd();
  }
  let end = value.length;
  while (end > 0 && characters.includes(value.charAt(end - 1))) {
    end -= 1;
  }
  return value.slice(0, end);
}

function substring([subject, start, length]: readonly Operand[]): Operand {
  const from = toNumber(start);
  const count = length === undefined ? undefined : toNumber(length);
  if (subject === undefined || from === undefined) {
    return undefined;
  }
  const points = Array.from(toText(subject));
  return points
    .slice(Math.max(0, from), count === undefined ? undefined : Math.max(0, from) + Math.max(0, count))
    .join('');
}

/** The map or list of a JSON text; anything else gives no value. */
function jsonParse(value: string): Structure | undefined {
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null ? new Structure(parsed) : undefined;
  } catch {
    return undefined;
  }
}

function isInSubnet(address: Operand, subnet: Operand, families: readonly number[]): boolean {
  const [network = '', prefix = ''] = (text(subnet) ?? '').split('/');
  const subject = text(address) ?? '';
  const family = isIP(network);
  if (!families.includes(family) || isIP(subject) !== family || !/^\d{1,3}$/.test(prefix)) {
    return false;
  }
  const bits = Number(prefix);
  if (bits > (family === 4 ? 32 : 128)) {
    return false;
  }
  const list = new BlockList();
  const type = family === 4 ? 'ipv4' : 'ipv6';
  list.addSubnet(network, bits, type);
  return list.check(subject, type);
}

/** The functions on single values, by lower-case name (User Guide, "operations and functions"). */
export const FUNCTIONS: Readonly<Record<string, InsightsFunction>> = {
  abs: numeric(Math.abs),
  ceil: numeric(Math.ceil),
  floor: numeric(Math.floor),
  log: numeric(Math.log),
  sqrt: numeric(Math.sqrt),
  greatest: extreme(1),
  least: extreme(-1),
  coalesce: {
    minOperands: 1,
    maxOperands: NO_LIMIT,
    apply: (operands) => operands.find((operand) => operand !== undefined),
  },
  ispresent: condition(([operand]) => operand !== undefined, 1),
  isempty: condition(([operand]) => operand === undefined || operand === '', 1),
  isblank: condition(([operand]) => (text(operand) ?? '').trim() === '', 1),
  strcontains: condition(([subject, part]) => part !== undefined && text(subject)?.includes(toText(part)) === true, 2),
  isvalidip: condition(([address]) => isIP(text(address) ?? '') !== 0, 1),
  isvalidipv4: condition(([address]) => isIP(text(address) ?? '') === 4, 1),
  isvalidipv6: condition(([address]) => isIP(text(address) ?? '') === 6, 1),
  isipinsubnet: condition(([address, subnet]) => isInSubnet(address, subnet, [4, 6]), 2),
  isipv4insubnet: condition(([address, subnet]) => isInSubnet(address, subnet, [4]), 2),
  isipv6insubnet: condition(([address, subnet]) => isInSubnet(address, subnet, [6]), 2),
  concat: {
    minOperands: 1,
    maxOperands: NO_LIMIT,
    apply: (operands) => operands.map((operand) => text(operand) ?? '').join(''),
  },
  jsonparse: textual(jsonParse, 1, 1),
  jsonstringify: textual((value) => value, 1, 1),
  strlen: textual((value) => Array.from(value).length, 1, 1),
  toupper: textual((value) => value.toUpperCase(), 1, 1),
  tolower: textual((value) => value.toLowerCase(), 1, 1),
  trim: textual((value, characters) => trimEnd(trimStart(value, characters), characters), 1, 2),
  ltrim: textual((value, characters) => trimStart(value, characters), 1, 2),
  rtrim: textual((value, characters) => trimEnd(value, characters), 1, 2),
  replace: textual(
    (value, part, replacement) => (part ? value.replaceAll(part, () => replacement ?? '') : value),
    3,
    3,
  ),
  substr: { minOperands: 2, maxOperands: 3, apply: substring },
  tomillis: { minOperands: 1, maxOperands: 1, apply: ([operand]) => toNumber(operand) },
  frommillis: {
    minOperands: 1,
    maxOperands: 1,
    apply: ([operand]) => {
      const epochMs = toNumber(operand);
      return epochMs === undefined || Number.isNaN(new Date(epochMs).getTime()) ? undefined : new Timestamp(epochMs);
    },
  },
};

/** What an argument takes, in a sentence with the right form: for refusals. */
import { z } from 'zod';
import { describeNumber, isBound } from './read-number.ts';
import { unwrap } from './reading.ts';

/** E.g. `a list of objects, such as [{"name":"…","value":"…"}]`. */
export function describeForm(schema: z.ZodType, argument: string): string {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodNumber) return describeNumber(inner, argument, fallbackOf(schema));
  if (inner instanceof z.ZodBoolean) return 'true or false';
  if (inner instanceof z.ZodEnum) return `one of ${inner.options.join(', ')}`;
  if (inner instanceof z.ZodArray) {
    const item = unwrap(inner.element as z.ZodType);
    const what = item instanceof z.ZodObject ? 'objects' : item instanceof z.ZodEnum ? 'these words' : 'texts';
    return `a list of ${what}, such as ${JSON.stringify([exampleOf(item)])}`;
  }
  if (inner instanceof z.ZodObject) return `an object such as ${JSON.stringify(exampleOf(inner))}`;
  return 'one text';
}

function fallbackOf(schema: z.ZodType): unknown {
  return schema instanceof z.ZodDefault ? schema.def.defaultValue : undefined;
}

/** The least that the schema takes. */
function exampleOf(schema: z.ZodType): unknown {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodEnum) return inner.options[0];
  if (inner instanceof z.ZodNumber) return isBound(inner.minValue) ? inner.minValue : 1;
  if (inner instanceof z.ZodBoolean) return true;
  if (inner instanceof z.ZodArray) return [exampleOf(inner.element as z.ZodType)];
  if (!(inner instanceof z.ZodObject)) return '…';
  const members = Object.entries<z.ZodType>(inner.shape);
  const required = members.filter(([, member]) => !member.isOptional());
  const shown = required.length > 0 ? required : members.slice(0, 2);
  return Object.fromEntries(shown.map(([name, member]) => [name, exampleOf(member)]));
}

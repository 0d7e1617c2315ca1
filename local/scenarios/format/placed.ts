import { anyObject, isObject, members, type Shape, text } from './shape.ts';

/** Alias or 12-digit id of an account. */
export const ALIAS = text({ pattern: /^[A-Za-z0-9_-]{1,64}$/, form: 'a name of letters, digits, "-" and "_"' });
export const REGION = text({ pattern: /^[a-z]{2}(-[a-z]+)+-\d$/, form: 'the name of a region, such as us-east-1' });
/** Where an item lies, if not where the whole scenario does. */
export const PLACED = { region: REGION, account: ALIAS };

/** Members of AWS's shape that are not looked at, beside where the item lies. */
export const placedObject: Shape<object> = (value, at) => {
  const read = anyObject(value, at);
  if (!isObject(read)) return read;
  const { region, account } = read;
  members(PLACED)({ region, account }, at);
  return read;
};

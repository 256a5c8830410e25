import type { ErrorCode, FieldErrorCode } from '@balcao/contracts';
import { DomainError } from '@balcao/platform-errors';

/**
 * The most that one request may hold, whatever its route: counted in one pass over the text, before anything is made of
 * it. What a field takes is its own limit, always below these.
 */
export const INPUT_LIMITS = {
  /** Objects and lists within one another. */
  depth: 16,
  /** Members of one object. */
  members: 100,
  /** Members and items of all objects and lists together: enough for two hundred people to invite with ten fields each. */
  values: 2_500,
  /** Parameters of a query, repeated ones included. */
  parameters: 100,
  /** Refused fields that an answer names. */
  errors: 20,
} as const;

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const LIST = [0x5b, 0x5d] as const;
const OBJECT = [0x7b, 0x7d] as const;

/**
 * The value of a body's text.
 * @param values so many at most, of a route that takes more of them than others
 * @throws DomainError malformed_body where it is no JSON, or goes beyond the limits
 */
export function parseJson(text: string, values: number = INPUT_LIMITS.values): unknown {
  demandFewValues(text, values);
  try {
    return JSON.parse(text, ownMember);
  } catch (error) {
    throw new DomainError('malformed_body', { cause: error });
  }
}

/** @throws DomainError malformed_request */
export function demandFewParameters(url: string): void {
  const query = url.indexOf('?');
  if (query < 0) return;
  let parameters = 1;
  for (let next = url.indexOf('&', query); next > 0; next = url.indexOf('&', next + 1)) parameters += 1;
  if (parameters > INPUT_LIMITS.parameters)
    throw tooMuch('maxParameters', INPUT_LIMITS.parameters, 'malformed_request');
}

/** Whether the text is JSON at all is the parser's question. */
function demandFewValues(text: string, most: number): void {
  /** Commas of each object that is open, the innermost last; lists have no limit of their own here. */
  const open: number[] = [];
  let values = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charCodeAt(index);
    if (character === QUOTE) {
      for (index += 1; index < text.length && text.charCodeAt(index) !== QUOTE; index += 1)
        if (text.charCodeAt(index) === BACKSLASH) index += 1;
    } else if (character === COMMA) {
      values += 1;
      open.push((open.pop() ?? 0) + 1);
      if (open.at(-1)! >= INPUT_LIMITS.members) throw tooMuch('maxMembers', INPUT_LIMITS.members);
    } else if (character === LIST[0] || character === OBJECT[0]) {
      values += 1;
      open.push(character === LIST[0] ? -Infinity : 0);
      if (open.length > INPUT_LIMITS.depth) throw tooMuch('maxDepth', INPUT_LIMITS.depth);
    } else if (character === LIST[1] || character === OBJECT[1]) open.pop();
    if (values > most) throw tooMuch('maxValues', most);
  }
}

/** A name that every object has would pass for one that is known. */
function ownMember(name: string, value: unknown): unknown {
  if (name in Object.prototype) throw new SyntaxError('a member has the name of one that every object has');
  return value;
}

function tooMuch(code: FieldErrorCode, max: number, error: ErrorCode = 'malformed_body'): DomainError {
  return new DomainError(error, { fields: [{ path: '', code, params: { max } }] });
}

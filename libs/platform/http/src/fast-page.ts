import { RouteSchema } from '@nestjs/platform-fastify';

/** Kinds of values that a row of a hot list may hold. */
export type FastField =
  | 'uuid'
  | 'text'
  | 'time'
  | 'integer'
  | 'nullableText'
  | 'nullableUuid'
  | { [member: string]: FastField }
  | [{ [member: string]: FastField }];

const SCALARS = {
  uuid: { type: 'string' },
  text: { type: 'string' },
  time: { type: 'string', format: 'date-time' },
  integer: { type: 'integer' },
  nullableText: { type: ['string', 'null'] },
  nullableUuid: { type: ['string', 'null'] },
};

/**
 * Writes a page's rows with a serializer compiled for their members, which costs a fraction of `JSON.stringify`. Members
 * that are not named are left out, so a test holds them against the response class. An array of one shape stands for an
 * object or null.
 */
export function FastPage(members: { [member: string]: FastField }): MethodDecorator {
  return RouteSchema({
    response: {
      200: {
        type: 'object',
        properties: {
          data: { type: 'array', items: objectOf(members) },
          pagination: {
            type: 'object',
            properties: {
              page: { type: 'integer' },
              limit: { type: 'integer' },
              total: { type: 'integer' },
              totalExact: { type: 'boolean' },
              nextCursor: { type: ['string', 'null'] },
            },
          },
        },
      },
    },
  });
}

function schemaOf(field: FastField): object {
  if (typeof field === 'string') return SCALARS[field];
  return Array.isArray(field) ? { ...objectOf(field[0]), nullable: true } : objectOf(field);
}

function objectOf(members: { [member: string]: FastField }): object {
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(members).map(([name, field]) => [name, schemaOf(field)])),
  };
}

import { EVENTS, type EventDefinition, type EventName, type EventPayload, type JobDefinition } from '@balcao/contracts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What is wrong with a payload: it must have exactly the declared fields, each a UUID. */
export function payloadProblem(definition: JobDefinition, payload: unknown): string | undefined {
  return idsProblem(payload, definition.payload);
}

/** What is wrong with the payload of an event. */
export function eventProblem(name: string, version: number, payload: unknown): string | undefined {
  const definition: EventDefinition | undefined = EVENTS[name as EventName];
  if (definition?.version !== version) return `version ${version} of ${name} is not known`;
  const { id, actor, ids } = (payload ?? {}) as Partial<EventPayload>;
  if (typeof actor?.type !== 'string') return 'nobody acts';
  return (
    idsProblem({ id, ...(actor.id ? { actorId: actor.id } : {}) }, ['id'], ['actorId']) ??
    idsProblem(ids, definition.ids, definition.optional)
  );
}

function idsProblem(ids: unknown, needed: readonly string[], optional: readonly string[] = []): string | undefined {
  if (ids === null || typeof ids !== 'object' || Array.isArray(ids)) return 'the payload is not an object';
  const fields = ids as Record<string, unknown>;
  for (const name of Object.keys(fields)) if (![...needed, ...optional].includes(name)) return `unknown field ${name}`;
  for (const name of [...needed, ...optional.filter((each) => fields[each] !== undefined)]) {
    const value = fields[name];
    if (typeof value !== 'string' || !UUID.test(value)) return `${name} is not a UUID`;
  }
  return undefined;
}

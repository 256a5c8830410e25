import type { JobDefinition } from '@balcao/contracts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** What is wrong with a payload: it must have exactly the declared fields, each a UUID. */
export function payloadProblem(definition: JobDefinition, payload: unknown): string | undefined {
  if (payload === null || typeof payload !== 'object' || Array.isArray(payload)) return 'the payload is not an object';
  const fields = payload as Record<string, unknown>;
  for (const name of Object.keys(fields)) if (!definition.payload.includes(name)) return `unknown field ${name}`;
  for (const name of definition.payload) {
    const value = fields[name];
    if (typeof value !== 'string' || !UUID.test(value)) return `${name} is not a UUID`;
  }
  return undefined;
}

import type { Context } from '@balcao/platform-tenancy';

/** The person behind a request. @throws Error in a context without one: tickets are never written anonymously */
export function actingPerson({ actor }: Context): { id: string; name: string } {
  if (!actor.id || !actor.name)
    throw new Error(`A ticket is written by a person, not by an actor of type ${actor.type}`);
  return { id: actor.id, name: actor.name };
}

import type { Operation } from './operations.js';
import type { Audience } from './sign-in.js';
import type { TestApp } from './test-app.js';
import type { Visitor } from './visitor.js';

/** E-mail of the one who may do everything on the routes of an audience. */
const FULLY_ALLOWED: Record<Audience, string> = {
  portal: 'ana@padaria.example',
  staff: 'owner@aurora.example',
  operator: 'operator@balcao.example',
};

export type Actors = Record<Audience, Visitor>;

/** One person of each audience, with every permission there is, signed in by cookie. */
export async function signInActors(api: TestApp): Promise<Actors> {
  const entries = Object.entries(FULLY_ALLOWED) as [Audience, string][];
  return Object.fromEntries(
    await Promise.all(entries.map(async ([audience, email]) => [audience, await api.signIn(audience, email)])),
  ) as Actors;
}

/** Who may call a protected route. */
export function actorOf(actors: Actors, { name, access }: Operation): Visitor {
  const actor = actors[access.audience as Audience];
  if (!actor) throw new Error(`${name}: nobody of audience ${access.audience} is signed in by test/support/actors.ts`);
  return actor;
}

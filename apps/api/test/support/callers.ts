import { actorOf, type Actors } from './actors.js';
import { exampleObject, type OpenApiDocument } from './open-api.js';
import { referencesOf, type Operation } from './operations.js';
import { BODY_COMPLETIONS, referencedRow } from './route-rows.js';
import type { TestApp } from './test-app.js';
import type { Visitor } from './visitor.js';

/** Whoever may call a route: anybody, or the one with every permission. */
export function callerOf(api: TestApp, actors: Actors, operation: Operation): Visitor {
  return operation.access.kind === 'public' ? api.visitor() : actorOf(actors, operation);
}

/** The least that the route accepts. */
export function leastBodyOf(document: OpenApiDocument, operation: Operation): Record<string, unknown> {
  const { schema, name } = operation.body!;
  const required = schema.required ?? [];
  const references = referencesOf(operation).filter((reference) => required.includes(reference));
  return {
    ...exampleObject(document, schema, required),
    ...Object.fromEntries(references.map((reference) => [reference, referencedRow(operation, reference, 'own')])),
    ...BODY_COMPLETIONS[name],
  };
}

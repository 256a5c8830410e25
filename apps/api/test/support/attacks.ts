import type { Response } from 'supertest';
import { actorOf, type Actors } from './actors.js';
import { hiddenIds, type HiddenIds } from './hidden-ids.js';
import type { OpenApiDocument } from './open-api.js';
import { bodyOf, hasPathParameters, isUnsafe, pathOf, referencesOf, type Operation } from './operations.js';
import { referencedRow, type Side } from './route-rows.js';
import { changedTables, tableContents } from './table-contents.js';
import type { TestApp } from './test-app.js';

/** Staff see every account of their organization. */
const FOREIGN_SIDES: Record<string, Side[]> = {
  portal: ['otherAccount', 'otherOrganization'],
  staff: ['otherOrganization'],
  operator: [],
};
/** Words of every kind of row in the world, so that searches find what they should not. */
const SEARCHES = ['e', 'ticket', 'person', 'instalacao', 'invited', 'owner'];
const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g;

export interface Battlefield {
  api: TestApp;
  document: OpenApiDocument;
  actors: Actors;
  hidden: HiddenIds;
}

export async function battlefieldOf(api: TestApp, document: OpenApiDocument, actors: Actors): Promise<Battlefield> {
  return { api, document, actors, hidden: await hiddenIds(api) };
}

interface Attempt {
  what: string;
  path: string;
  body?: object;
  /** Whether an answer gives nothing away. */
  holds: (response: Response) => boolean;
}

/**
 * Attacks one route across the walls: with ids of the other tenant and the other account in the path, the body and the
 * query, and by looking for their rows in what the route answers of itself.
 * @returns what went through; nothing where the walls hold
 */
export async function breachesOf(field: Battlefield, operation: Operation): Promise<string[]> {
  const breaches: string[] = [];
  const actor = actorOf(field.actors, operation);
  const hidden = field.hidden[operation.access.audience];
  for (const { what, path, body, holds } of attemptsOn(field.document, operation)) {
    const before = await tableContents(field.api.owner);
    const response = await actor.request(operation.method, path, body);
    const changed = changedTables(before, await tableContents(field.api.owner));
    const seen = (response.text ?? '').match(UUID)?.filter((id) => hidden?.has(id) && !path.includes(id)) ?? [];
    if (!holds(response)) breaches.push(`${operation.name}, ${what}: ${response.status} ${response.text}`);
    if (changed.length > 0) breaches.push(`${operation.name}, ${what}: changed ${changed.join(', ')}`);
    if (seen.length > 0) breaches.push(`${operation.name}, ${what}: showed ${seen.join(', ')}`);
  }
  return breaches;
}

function attemptsOn(document: OpenApiDocument, operation: Operation): Attempt[] {
  const body = bodyOf(document, operation);
  const references = referencesOf(operation);
  const filters = operation.query.filter(({ schema }) => schema.format === 'uuid').map(({ name }) => name);
  const foreign = FOREIGN_SIDES[operation.access.audience]!.flatMap((side): Attempt[] => [
    ...(hasPathParameters(operation)
      ? existing(() => ({ what: `${side} in the path`, path: pathOf(operation, side), body, holds: answers(404) }))
      : []),
    ...references.flatMap((name) =>
      existing(() => ({
        what: `${name} of ${side} in the body`,
        path: pathOf(operation),
        body: { ...body, [name]: referencedRow(operation, name, side) },
        holds: answers(400, 404),
      })),
    ),
    ...filters.flatMap((name) =>
      existing(() => ({
        what: `${name} of ${side} in the query`,
        path: `${pathOf(operation)}?${name}=${referencedRow(operation, name, side)}`,
        holds: isEmptyList,
      })),
    ),
  ]);
  return isUnsafe(operation) ? foreign : [...foreign, ...readings(operation)];
}

/** What the route shows of itself, and what its search finds. */
function readings(operation: Operation): Attempt[] {
  const searches = operation.query.some(({ name }) => name === 'q') ? SEARCHES : [];
  return [
    { what: "one's own", path: pathOf(operation), holds: answers(200) },
    ...searches.map((word) => ({
      what: `search for ${word}`,
      path: `${pathOf(operation)}?q=${word}`,
      holds: answers(200),
    })),
  ];
}

const answers =
  (...statuses: number[]) =>
  ({ status }: Response) =>
    statuses.includes(status);

const isEmptyList = ({ status, body }: Response) => status === 200 && (body as { data: unknown[] }).data.length === 0;

/** The attempt, or none where the world has no such row. */
function existing(attempt: () => Attempt): Attempt[] {
  try {
    return [attempt()];
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

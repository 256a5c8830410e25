import type { Response } from 'supertest';
import type { Actors } from './actors.js';
import { callerOf } from './callers.js';
import { hiddenIds, type HiddenIds } from './hidden-ids.js';
import type { OpenApiDocument } from './open-api.js';
import {
  bodyOf,
  filtersOf,
  hasPathParameters,
  isOfAddress,
  isOfLink,
  isUnsafe,
  pathOf,
  referencesOf,
  type Operation,
} from './operations.js';
import { withReference } from './references.js';
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
/** What of a query names one thing that something is done with, and narrows no list. */
const CHOOSING = new Set(['itemId', 'replacementId']);
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

/** Whether a route answers of a tenant, so that it is worth attacking. */
export function isAttacked(operation: Operation): boolean {
  return operation.method !== 'head' && (operation.access.kind !== 'public' || isOfAddress(operation));
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
  const actor = callerOf(field.api, field.actors, operation);
  // A link is of the same customer's invoice.
  const isVisitor = isOfAddress(operation) && !isOfLink(operation);
  const hidden = field.hidden[isVisitor ? 'visitor' : operation.access.audience];
  for (const { what, path, body, holds } of attemptsOn(field.document, operation)) {
    // What a limit refuses says nothing about the walls.
    await field.api.owner.query('delete from rate_limits');
    const before = await tableContents(field.api.owner);
    const response = await actor.request(operation.method, path, body);
    // Whoever names an id knows it.
    const named = path + JSON.stringify(body ?? {});
    const changed = changedTables(before, await tableContents(field.api.owner));
    const seen = (response.text ?? '').match(UUID)?.filter((id) => hidden?.has(id) && !named.includes(id)) ?? [];
    if (!holds(response)) breaches.push(`${operation.name}, ${what}: ${response.status} ${response.text}`);
    if (changed.length > 0) breaches.push(`${operation.name}, ${what}: changed ${changed.join(', ')}`);
    if (seen.length > 0) breaches.push(`${operation.name}, ${what}: showed ${seen.join(', ')}`);
  }
  return breaches;
}

function attemptsOn(document: OpenApiDocument, operation: Operation): Attempt[] {
  const body = bodyOf(document, operation);
  const references = referencesOf(document, operation);
  const filters = filtersOf(operation);
  const foreign = FOREIGN_SIDES[operation.access.audience]!.flatMap((side): Attempt[] => [
    ...(hasPathParameters(operation)
      ? existing(() => ({ what: `${side} in the path`, path: pathOf(operation, side), body, holds: answers(404) }))
      : []),
    ...references.flatMap(({ path, field }) =>
      existing(() => ({
        what: `${path} of ${side} in the body`,
        path: pathOf(operation),
        body: withReference(document, operation.body!.schema, body!, path, referencedRow(operation, field, side)),
        holds: (response) => answers(400, 404)(response) || touchesNothing(response),
      })),
    ),
    ...filters.flatMap((name) =>
      existing(() => {
        const row = referencedRow(operation, name, side);
        // What a route cannot do without, it refuses.
        const isDemanded = operation.query.some((each) => each.name === name && each.required);
        return {
          what: `${name} of ${side} in the query`,
          path: isDemanded ? pathOf(operation, 'own', { [name]: row }) : `${pathOf(operation)}?${name}=${row}`,
          holds: isDemanded || CHOOSING.has(name) ? answers(400, 404) : isEmptyList,
        };
      }),
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

/** Of several rows at once each gets an answer of its own. */
const touchesNothing = ({ status, body }: Response) => {
  const { results } = body as { results?: { outcome: string }[] };
  return status === 200 && results !== undefined && results.every(({ outcome }) => outcome === 'not_found');
};

/** Lists answer their rows as `data`, a conversation its messages as `comments`, a file its rows below their headings. */
const isEmptyList = ({ status, body, type, text }: Response) => {
  if (type === 'text/csv') return status === 200 && text.trimEnd().split('\n').length === 1;
  const { data, comments } = body as { data?: unknown[]; comments?: unknown[] };
  return status === 200 && (data ?? comments)?.length === 0;
};

/** The attempt, or none where the world has no such row. */
function existing(attempt: () => Attempt): Attempt[] {
  try {
    return [attempt()];
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

import { PaymentLinkTokens, type LinkTokens } from '@balcao/module-billing';
import { ProposalLinkTokens } from '@balcao/module-proposals';
import { SignupTokens } from '@balcao/module-signup';
import { idOf } from './ids.js';
import { actorOf, type Actors } from './actors.js';
import type { OpenApiDocument } from './open-api.js';
import { exampleBody, isOfAddress, isOfLink, type Operation } from './operations.js';
import type { TestApp } from './test-app.js';
import type { Visitor } from './visitor.js';

/** Whoever may call a route: anybody, at a portal's address where the answer depends on it, or the one with every permission. */
export function callerOf(api: TestApp, actors: Actors, operation: Operation): Visitor {
  if (isOfLink(operation)) return api.visitor('/o/aurora', linkOf(api, operation));
  if (isAskedAtAddress(operation)) return api.visitor('/o/aurora');
  if (isOfAddress(operation)) return api.visitor('/o/aurora', { 'x-balcao-signup': tokenOf(api) });
  return operation.access.kind === 'public' ? api.visitor() : actorOf(actors, operation);
}

/** What changes nothing of a session, nor names an organization otherwise, and is asked of the portal whose address it comes to. */
const isAskedAtAddress = ({ access, url }: Operation) =>
  access.kind === 'public' && /\/(?:bill-check|proposal-check|second-copy|sandbox-bank)(?:\/|$)/.test(url);

/** The header that opens the invoice, or the proposal, of the test world's Padaria. */
function linkOf(api: TestApp, { url }: Operation): Record<string, string> {
  const organizationId = idOf('organization:aurora');
  const kind = url.includes('/proposal-link') ? 'proposal' : 'payment';
  const tokens = api.app.get<LinkTokens>(kind === 'proposal' ? ProposalLinkTokens : PaymentLinkTokens, {
    strict: false,
  });
  const subjectId = idOf(kind === 'proposal' ? 'proposal:padaria' : 'invoice:padaria');
  return { [`x-balcao-${kind}-link`]: tokens.of({ id: idOf(`${kind}-link:padaria`), organizationId, subjectId }) };
}

/** What opens the signup of the test world at Aurora. */
const tokenOf = (api: TestApp) =>
  api.app.get(SignupTokens, { strict: false }).ofBrowser({ id: idOf('signup:aurora'), handovers: 0 });

/** The least that the route accepts. */
export function leastBodyOf(document: OpenApiDocument, operation: Operation): Record<string, unknown> {
  return exampleBody(document, operation, operation.body!.schema.required ?? []);
}

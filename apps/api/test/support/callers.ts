import { PaymentLinkTokens } from '@balcao/module-billing';
import { SignupTokens } from '@balcao/module-signup';
import { idOf } from './ids.js';
import { actorOf, type Actors } from './actors.js';
import type { OpenApiDocument } from './open-api.js';
import { exampleBody, isOfAddress, isOfLink, type Operation } from './operations.js';
import type { TestApp } from './test-app.js';
import type { Visitor } from './visitor.js';

/** Whoever may call a route: anybody, at a portal's address where the answer depends on it, or the one with every permission. */
export function callerOf(api: TestApp, actors: Actors, operation: Operation): Visitor {
  if (isOfLink(operation)) return api.visitor('/o/aurora', { 'x-balcao-payment-link': linkOf(api) });
  if (isAskedAtAddress(operation)) return api.visitor('/o/aurora');
  if (isOfAddress(operation)) return api.visitor('/o/aurora', { 'x-balcao-signup': tokenOf(api) });
  return operation.access.kind === 'public' ? api.visitor() : actorOf(actors, operation);
}

/** What changes nothing of a session, nor names an organization otherwise, and is asked of the portal whose address it comes to. */
const isAskedAtAddress = ({ url }: Operation) => /\/(?:bill-check|second-copy)(?:\/|$)/.test(url);

/** What opens the invoice of the test world's Padaria. */
const linkOf = (api: TestApp) =>
  api.app.get(PaymentLinkTokens, { strict: false }).of({
    id: idOf('payment-link:padaria'),
    organizationId: idOf('organization:aurora'),
    invoiceId: idOf('invoice:padaria'),
  });

/** What opens the signup of the test world at Aurora. */
const tokenOf = (api: TestApp) =>
  api.app.get(SignupTokens, { strict: false }).ofBrowser({ id: idOf('signup:aurora'), handovers: 0 });

/** The least that the route accepts. */
export function leastBodyOf(document: OpenApiDocument, operation: Operation): Record<string, unknown> {
  return exampleBody(document, operation, operation.body!.schema.required ?? []);
}

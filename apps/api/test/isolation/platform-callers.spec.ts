import { expect, it } from '@jest/globals';
import { sourceOf, sourcesIn } from '@balcao/platform-testing';

/** Files that may act across tenants, and why. A new one is a decision, not a convenience. */
const CALLERS = [
  // Every tenant's tickets are indexed anew, each within its own walls.
  'apps/api/src/cli/reindex-tickets.ts',
  // The demo is made and taken away before anybody has signed in.
  'apps/api/src/demo/demand-private-demo.ts',
  'apps/api/src/demo/remove-demo.ts',
  'apps/api/src/demo/seed-demo.ts',
  // Operators belong to no tenant, hence neither do their rows of the audit log.
  'apps/api/src/http/queue-dashboard.ts',
  // Sealed columns of every tenant get the new key.
  'apps/api/src/setup/rotate-keys.ts',
  // The first organization of an installation.
  'apps/api/src/setup/set-up.ts',
  // What has expired goes, whosever it was.
  'libs/modules/auth/src/auth.purges.ts',
  // The keys of the whole installation.
  'libs/modules/auth/src/sessions/signing-keys.ts',
  // Operators belong to no tenant, hence neither do their sessions and rows of the audit log.
  'libs/modules/auth/src/sign-in/operator-sign-in.ts',
  'libs/modules/auth/src/sign-in/sign-in.service.ts',
  // To whom something is owed; each organization's customers are then reminded within its own walls.
  'libs/modules/billing/src/jobs/remind.handler.ts',
  // What nobody sent goes, whosever it was.
  'libs/modules/billing/src/jobs/sweep-proofs.handler.ts',
  // Imports a month old go, whosever they were.
  'libs/modules/directory/src/imports/import-purges.ts',
  // What operators do with organizations.
  'libs/modules/directory/src/organization.service.ts',
  // Whose saved cards are due to be charged, or near their end; each organization's are then charged within its own walls.
  'libs/modules/payments/src/jobs/collect-due.handler.ts',
  // Which gateways have something to be asked about; each organization's payments are then asked after within its own walls.
  'libs/modules/payments/src/jobs/list-payments.handler.ts',
  'libs/modules/payments/src/jobs/reconcile.handler.ts',
  // Who has a domain is asked across tenants, and whose looks are due; what follows happens within each one's walls.
  'libs/modules/portal/src/domains/domain-check.handler.ts',
  'libs/modules/portal/src/domains/domains-due.handler.ts',
  // An organization comes to be in one transaction, before anybody belongs to it.
  'libs/modules/portal/src/founding/organization-founding.service.ts',
  // Lists of people a month old go, whosever they were.
  'libs/modules/portal/src/invitations/imports/import-purges.ts',
  // Pictures that nobody waits for go, whosever they were.
  'libs/modules/portal/src/pictures/sweep-pictures.handler.ts',
  // Of whom a proposal waits; each organization's are then looked after within its own walls.
  'libs/modules/proposals/src/jobs/due.handler.ts',
  // What never came whole goes, whosever it was.
  'libs/modules/proposals/src/jobs/sweep-files.handler.ts',
  // Whose signups are over; each organization's are then ended within its own walls.
  'libs/modules/signup/src/jobs/expire.handler.ts',
  // Who has subscriptions; what is due of each organization's is then done within its own walls.
  'libs/modules/subscriptions/src/jobs/run-subscriptions.handler.ts',
  // Whose tickets may be due to close; each organization's are then closed within its own walls.
  'libs/modules/tickets/src/jobs/close-resolved.handler.ts',
  // No tenant says when something of its own is due.
  'libs/platform/outbox/src/outbox.ts',
  // Jobs of the installation belong to no tenant, and those of every tenant are dispatched.
  'libs/platform/outbox/src/worker/job-runner.ts',
  'libs/platform/outbox/src/worker/outbox-purge.ts',
  'libs/platform/outbox/src/worker/outbox-relay.ts',
  // Which organizations one of the above looks after; what follows happens within each one's walls.
  'libs/platform/tenancy/src/each-organization.ts',
];

it('B.1 only the listed files act across tenants', () => {
  const files = ['apps/api/src', 'apps/worker/src', 'libs'].flatMap(sourcesIn);
  expect(files.filter((file) => /\.asPlatform\s*[<(]|\beachOrganization\(/.test(sourceOf(file))).sort()).toEqual(
    CALLERS,
  );
});

import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { signInActors } from '../support/actors.js';
import { battlefieldOf, breachesOf, isAttacked } from '../support/attacks.js';
import { openApiOf } from '../support/open-api.js';
import { operationsOf } from '../support/operations.js';
import { appPolicies, openUp } from '../support/policies.js';
import { startTestApp } from '../support/test-app.js';

// Whether the attacks over HTTP would notice: one policy after another lets everything through, and the code's own
// conditions are off. In a database of this file's own.
const api = await startTestApp({ ownFilters: false });
afterAll(() => api.close());
const document = await openApiOf(api.visitor());
const operations = operationsOf(api.routes, document).filter(isAttacked);
const policies = await appPolicies(api);

/**
 * Policies behind which no route looks, so that no request can tell whether they stand: policies.spec.ts proves them by
 * direct statements, as it does all others. Each with what stands before it.
 */
const NOT_SEEN_BY_ROUTES: Record<string, string> = {
  'billing_settings.shared_reading': 'asked for the organization of the connection',
  'disputes.account_reading': 'read with their payment, which has policies of its own',
  'disputes.organization_isolation': 'read with their payment, which has policies of its own',
  'gateway_routes.organization_isolation': 'asked for the organization of the connection',
  'gateway_routes.shared_reading': 'asked for the organization of the connection',
  'late_charges.account_reading': 'written beside the money that they are of, and summed up for its customer',
  'late_charges.organization_isolation': 'written beside the money that they are of, and summed up for its customer',
  'payment_receipts.account_reading': 'read with their payment, which has policies of its own',
  'payment_receipts.organization_isolation': 'read with their payment, which has policies of its own',
  'payment_targets.account_asking': 'written with their payment, of an invoice that has policies of its own',
  'payment_targets.account_reading': 'read with their payment, which has policies of its own',
  'payment_targets.organization_isolation': 'read with their payment, which has policies of its own',
  'automatic_payments.account_isolation': 'asked of an account, which has policies of its own',
  'collection_attempts.account_reading': 'read with their collection, which has policies of its own',
  'collection_attempts.organization_isolation': 'read with their collection, which has policies of its own',
  'collections.account_reading': 'read with their invoice, which has policies of its own',
  'collections.organization_isolation': 'read with their invoice, or of an account, which have policies of their own',
  'method_setups.asking': 'written for the account that asks',
  'method_setups.following': 'written by the worker, by id',
  'payment_method_secrets.organization_isolation': 'opened by the worker, by id',
  'payment_methods.account_choosing': 'chosen after it was read, which has a policy of its own',
  'billing_periods.account_reading': 'read with their subscription, which has policies of its own',
  'billing_periods.organization_isolation': 'read with their subscription, which has policies of its own',
  'plan_prices.organization_isolation': 'read with their plan, which has policies of its own',
  'plan_prices.shared_reading': 'read with what an item may be changed to, whose plans have policies of their own',
  'subscription_changes.account_reading': 'read with their subscription, which has policies of its own',
  'subscription_changes.organization_isolation': 'read with their subscription, which has policies of its own',
  'subscription_events.account_reading': 'read with their subscription, which has policies of its own',
  'subscription_events.organization_isolation': 'read with their subscription, which has policies of its own',
  'subscription_items.account_reading': 'read with their subscription, which has policies of its own',
  'subscription_items.organization_isolation': 'read with their subscription, which has policies of its own',
  'subscription_movements.account_reading': 'read by staff, as sums',
  'subscription_movements.organization_isolation': 'read as sums, which name no row',
  'subscription_pauses.account_reading': 'written with their subscription, which has policies of its own',
  'subscription_pauses.organization_isolation': 'written with their subscription, which has policies of its own',
  'subscription_settings.organization_isolation': 'asked for the organization of the connection',
  'subscription_settings.shared_reading': 'asked for the organization of the connection',
  'usage_records.account_reading': 'read by staff',
  'usage_records.organization_isolation': 'read with their subscription, which has policies of its own',
  'payments.account_asking': 'written about an invoice, which has policies of its own',
  'proposal_decisions.account_reading': 'read with their proposal, which has policies of its own',
  'proposal_decisions.organization_isolation': 'read with their proposal, which has policies of its own',
  'proposal_events.organization_isolation': 'read with their proposal, which has a policy of its own',
  'proposal_versions.account_reading': 'read with their proposal, which has policies of its own',
  'proposal_versions.organization_isolation': 'read with their proposal, which has policies of its own',
  'refunds.account_reading': 'read with their payment, which has policies of its own',
  'refunds.organization_isolation': 'read with their payment, which has policies of its own',
  'account_statements.account_isolation': 'read for the account that asked, which has policies of its own',
  'allocations.account_reading': 'read with their invoice, which has policies of its own',
  'allocations.organization_isolation': 'read with their invoice, which has policies of its own',
  'audit_log.account_reading': 'no route reads the audit log yet',
  'audit_log.appending': 'rows are written with the organization of the connection',
  'audit_log.organization_reading': 'no route reads the audit log yet',
  'billing_counters.organization_isolation': 'drawn through a function, for the organization of the connection',
  'billing_documents.account_reading': 'found by what stands in them, which is read with policies of its own',
  'billing_documents.organization_isolation': 'found by what stands in them, which is read with policies of its own',
  'billing_settings.organization_isolation': 'asked for the organization of the connection',
  'consents.organization_isolation': 'no route reads consents yet',
  'credit_notes.account_reading': 'read with their invoice, which has policies of its own',
  'credit_notes.organization_isolation': 'read with their invoice, which has policies of its own',
  'deposits.account_reading': 'read with their invoice, which has policies of its own',
  'deposits.organization_isolation': 'read with their invoice, which has policies of its own',
  'data_import_rows.organization_isolation': 'rows are read with their import, which has a policy of its own',
  'invitation_import_rows.organization_isolation': 'lines are read with their list, which has a policy of its own',
  'invitation_imports.organization_isolation': 'a list is read with its account, which has a policy of its own',
  'invoice_events.account_appending': 'written about an invoice, which has policies of its own',
  'invoice_events.account_reading': 'read with their invoice, which has policies of its own',
  'invoice_events.organization_isolation': 'read with their invoice, which has policies of its own',
  'invoice_lines.account_reading': 'read with their invoice, which has policies of its own',
  'invoice_lines.organization_isolation': 'read with their invoice, which has policies of its own',
  'kb_old_slugs.organization_isolation': 'an old address only leads to an article, which has a policy of its own',
  'kb_old_slugs.public_reading': 'an old address only leads to an article, which has a policy of its own',
  'kb_old_slugs.shared_reading': 'an old address only leads to an article, which has a policy of its own',
  'kb_vocabulary.organization_isolation': 'asked through a function, for the organization of the connection',
  'ledger_accounts.account_reading': 'asked of an account, which has policies of its own',
  'ledger_accounts.organization_isolation': 'asked of an account, which has policies of its own',
  'ledger_entries.account_reading': 'asked of an account, which has policies of its own',
  'ledger_entries.organization_isolation': 'asked of an account, which has policies of its own',
  'mails.appending': 'rows are written with the organization of the connection',
  'mails.organization_reading': 'mails are read by the worker, by id',
  'mails.own_invitations': 'a mail is read beside its invitation, which has a policy of its own',
  'mails.sending': 'mails are written by the worker, by id',
  'one_time_tokens.organization_isolation': 'claimed by id and HMAC',
  'one_time_tokens.own_invitations_issuing': 'issued for a user, who has a policy of its own',
  'one_time_tokens.own_invitations_reading': 'superseded by user, who has a policy of its own',
  'one_time_tokens.own_invitations_superseding': 'superseded by user, who has a policy of its own',
  'organization_clocks.organization_isolation': 'asked and moved for the organization of the connection',
  'organizations.own_naming': 'named by the id of the connection',
  'organizations.own_organization': 'asked by the id of the connection',
  'outbox.appending': 'rows are written with the organization of the connection',
  'outbox.finishing': 'finished by the worker, by id',
  'outbox.organization_reading': 'finished by the worker, by id',
  'portal_roles.organization_isolation': 'written of a portal and roles, which have policies of their own',
  'portal_roles.shared_reading': 'customers read what the portal keeps of it',
  'portal_slugs.organization_isolation': 'counted of a portal, which has a policy of its own',
  'portal_versions.organization_isolation': 'versions are asked of a portal, which has a policy of its own',
  'postponed_steps.organization_isolation': 'a step has a name that all organizations share, and no id',
  'role_grants.organization_isolation': 'read beside their roles, which have a policy of their own',
  'role_grants.shared_reading': 'read beside their roles, which have a policy of their own',
  'sandbox_cards.organization_isolation': 'the pretended payment service has no routes',
  'sandbox_events.organization_isolation': 'the pretended payment service has no routes',
  'sandbox_gateways.organization_isolation': 'the pretended payment service has no routes',
  'sandbox_keys.organization_isolation': 'the pretended payment service has no routes',
  'sandbox_payments.organization_isolation': 'the pretended payment service has no routes',
  'sandbox_setups.organization_isolation': 'the pretended payment service has no routes',
  'sessions.account_isolation': 'asked through functions, by the hash of the token',
  'signup_counters.organization_isolation': 'drawn for the organization of the connection',
  'staff_invitations.organization_isolation': 'read with their staff user, who has a policy of its own',
  'ticket_comments.account_isolation': 'comments are read with their ticket, which has a policy of its own',
  'ticket_counters.organization_isolation': 'drawn through a function, for the organization of the connection',
  'ticket_events.account_isolation': 'the history is read with its ticket, which has a policy of its own',
};

const seen = policies.filter(({ name }) => !NOT_SEEN_BY_ROUTES[name]);
const unseen = policies.filter(({ name }) => NOT_SEEN_BY_ROUTES[name]);

/** What gets through. */
async function breaches(): Promise<string[]> {
  const field = await battlefieldOf(api, document, await signInActors(api));
  const found: string[] = [];
  for (const operation of operations) found.push(...(await breachesOf(field, operation)));
  return found;
}

/** The first things that get through, tried where they are likely: at operations whose address has a word of the table's. */
async function firstBreaches(table: string): Promise<string[]> {
  const field = await battlefieldOf(api, document, await signInActors(api));
  const words = table.split('_').map((word) => word.replace(/s$/, ''));
  const likely = ({ url }: (typeof operations)[number]) => words.filter((word) => url.includes(word)).length;
  for (const operation of operations.toSorted((one, other) => likely(other) - likely(one))) {
    const found = await breachesOf(field, operation);
    if (found.length > 0) return found;
  }
  return [];
}

describe('the attacks of the isolation suite', () => {
  afterEach(() => api.reset());

  it('find nothing while every policy stands', async () => {
    expect(await breaches()).toEqual([]);
  });

  it.each(seen.map((policy) => [policy.name, policy] as const))(
    'B.1 find a way through when %s lets everything through',
    async (_name, policy) => {
      const restore = await openUp(api, [policy]);
      try {
        expect(await firstBreaches(policy.table)).not.toEqual([]);
      } finally {
        await restore();
      }
    },
  );

  it('find nothing when the policies that no route sees let everything through, all at once', async () => {
    const restore = await openUp(api, unseen);
    try {
      expect(await breaches()).toEqual([]);
    } finally {
      await restore();
    }
  });

  it('list no policy that is gone', () => {
    const names = policies.map(({ name }) => name);
    expect(Object.keys(NOT_SEEN_BY_ROUTES).filter((name) => !names.includes(name))).toEqual([]);
  });
});

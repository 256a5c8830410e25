// @ts-check
import { Db } from '@balcao/platform-tenancy';

const MODULE = new URL('../../../libs/modules/tickets/dist/persistence/', import.meta.url);
/** With what every statement is answered: only its text is wanted. */
const NOT_ASKED = new Error('No database was asked');
/** Stands for the id of a row; in `values` it is missing then: `null` stands in its place. */
export const ANY_ID = '00000000-0000-7000-8000-000000000000';

/**
 * @typedef {{ text: string, values: unknown[] }} Statement
 *
 * What the bare server needs to answer one customer. In `detail.values` the ticket's id is missing: `null` stands
 * in its place.
 * @typedef {{ token: string, account: string[], list: Statement, detail: Statement }} CustomerStatements
 */

/**
 * The statements with which the product reads a customer's rows, taken from its own build: they are never a copy
 * that could grow old.
 * @param {import('./data.mjs').Customer} customer
 * @returns {Promise<CustomerStatements>}
 */
export async function rowStatements(customer) {
  const { listPortalTickets } = await import(new URL('portal-ticket-list.js', MODULE).href);
  const { TicketRepository } = await import(new URL('ticket.repository.js', MODULE).href);
  const [list] = await statementsOf(customer, (db) =>
    listPortalTickets(db, { sort: '-createdAt', limit: 50, offset: 0 }, undefined, new Date()),
  );
  const [detail] = await statementsOf(customer, (db) => new TicketRepository().detail(db, ANY_ID));
  if (list === undefined || detail === undefined) throw new Error('The product asked for no rows');
  return {
    token: customer.token,
    account: [customer.organizationId, customer.billingAccountId],
    list,
    detail,
  };
}

/**
 * What is asked before anything is answered: one statement, or those that travel together; for a customer, or else for the organization.
 * @param {{ organizationId: string, billingAccountId?: string }} whose
 * @param {(db: Db) => Promise<unknown>} work
 * @returns {Promise<Statement[]>}
 */
export async function statementsOf({ organizationId, billingAccountId }, work) {
  /** @type {Statement[]} */
  const asked = [];
  const loan = {
    ask: async (/** @type {Statement} */ { text, values }) => {
      asked.push({ text, values: values.map((value) => (value === ANY_ID ? null : value)) });
      throw NOT_ASKED;
    },
  };
  const scope = billingAccountId === undefined ? { kind: 'organization' } : { kind: 'account', billingAccountId };
  const context = { organizationId, scope };
  const db = new Db(/** @type {any} */ (undefined), /** @type {any} */ (loan), /** @type {any} */ (context));
  await work(db).catch((error) => {
    if (error !== NOT_ASKED) throw error;
  });
  return asked;
}

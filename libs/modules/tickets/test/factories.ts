import type { PortalPermission } from '@balcao/contracts';
import { quietBilling } from '@balcao/module-billing';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { Events } from '@balcao/platform-events';
import { PostgresLiveBus } from '@balcao/platform-live';
import { Mailer } from '@balcao/platform-mail';
import { Outbox } from '@balcao/platform-outbox';
import { hearEvents } from '@balcao/platform-outbox/testing';
import {
  systemClock,
  systemContext,
  type Database,
  type PortalContext,
  type StaffContext,
} from '@balcao/platform-tenancy';
import { customerContext, insertOrganization, staffMemberContext, type TestDatabase } from '@balcao/platform-testing';
import { DisputeService } from '../src/dispute.service.js';
import { CommentRevisionService } from '../src/comment-revision.service.js';
import { TicketMails } from '../src/emails/ticket-mails.js';
import { CommentRepository } from '../src/persistence/comment.repository.js';
import { TicketRepository } from '../src/persistence/ticket.repository.js';
import { PortalTicketService } from '../src/portal-ticket.service.js';
import { StaffTicketService } from '../src/staff-ticket.service.js';
import { TicketBulkService } from '../src/ticket-bulk.service.js';
import { TicketChanges } from '../src/ticket-changes.js';
import { TicketClosingService } from '../src/ticket-closing.service.js';
import { TicketImportService, type ImportedTicket } from '../src/ticket-import.service.js';

export interface Person {
  id: string;
  name: string;
  email: string;
  billingAccountId: string;
}

/** An organization with a portal, a staff user, and two billing accounts: one of two people, one of one. */
export interface TicketScene {
  organizationId: string;
  portalId: string;
  agent: { id: string; name: string; email: string };
  ana: Person;
  bruno: Person;
  carla: Person;
}

export async function createTicketScene({ owner }: TestDatabase, name = 'Aurora'): Promise<TicketScene> {
  const organizationId = await insertOrganization(owner, name);
  const [portalId, roleId, agentId] = [newId(), newId(), newId()];
  await owner.query(
    "insert into portals (organization_id, id, slug, name, is_default) values ($1, $2, $3, 'Portal', true)",
    [organizationId, portalId, `p-${portalId}`],
  );
  await owner.query("insert into roles (organization_id, id, name) values ($1, $2, 'Todos')", [organizationId, roleId]);
  const agent = { id: agentId, name: 'Rafael Nogueira', email: 'agent@aurora.example' };
  await owner.query(
    "insert into staff_users (organization_id, id, email, name, role, locale) values ($1, $2, $3, $4, 'agent', 'pt-BR')",
    [organizationId, agent.id, agent.email, agent.name],
  );
  const account = async () => {
    const id = newId();
    await owner.query('insert into billing_accounts (organization_id, id, name) values ($1, $2, $3)', [
      organizationId,
      id,
      `Conta ${id}`,
    ]);
    return id;
  };
  const person = async (billingAccountId: string, personName: string): Promise<Person> => {
    const user = {
      id: newId(),
      name: personName,
      email: `${personName.toLowerCase()}@padaria.example`,
      billingAccountId,
    };
    await owner.query(
      'insert into portal_users (organization_id, billing_account_id, id, email, name, role_id) values ($1, $2, $3, $4, $5, $6)',
      [organizationId, billingAccountId, user.id, user.email, user.name, roleId],
    );
    return user;
  };
  const [padaria, oficina] = [await account(), await account()];
  return {
    organizationId,
    portalId,
    agent,
    ana: await person(padaria, 'Ana'),
    bruno: await person(padaria, 'Bruno'),
    carla: await person(oficina, 'Carla'),
  };
}

/** The module's services over a test's database. */
export function ticketServices({ database, config, secrets }: TestDatabase) {
  const events = new Events(new Outbox(database), new PostgresLiveBus(database, config, secrets));
  const [tickets, audit] = [new TicketRepository(), new Audit()];
  const changes = new TicketChanges(tickets, audit);
  const portal = new PortalTicketService(database, tickets, audit, events);
  const billing = quietBilling(database);
  return {
    billing,
    disputes: new DisputeService(database, tickets, portal, billing.reader, billing.invoices),
    portal,
    staff: new StaffTicketService(database, tickets, changes, audit, events),
    bulk: new TicketBulkService(database, tickets, changes, events),
    closing: new TicketClosingService(database, tickets, audit, events),
    revision: new CommentRevisionService(database, tickets, new CommentRepository(), audit, events),
  };
}

/** Lets the mails about tickets be asked for, as the worker does soon after the commit. */
export const writeMails = ({
  owner,
  database,
  config,
}: Pick<TestDatabase, 'owner' | 'database' | 'config'>): Promise<void> =>
  hearEvents(owner, new TicketMails(database, new Mailer(new Outbox(database)), config));

/** The context of a portal user's request, who sees the account's tickets. */
export function asCustomer(
  { organizationId, portalId }: TicketScene,
  person: Person,
  now?: Date,
  permissions: PortalPermission[] = ['tickets:create', 'tickets:read_account'],
): PortalContext {
  return customerContext({
    organizationId,
    portalId,
    billingAccountId: person.billingAccountId,
    person,
    permissions,
    now,
  });
}

/** The same of somebody whose role shows them their own tickets only. */
export function asOwner(scene: TicketScene, person: Person, now?: Date): PortalContext {
  return asCustomer(scene, person, now, ['tickets:create', 'tickets:read_own']);
}

/** The context of a staff user's request. */
export function asStaff({ organizationId, agent }: TicketScene, now?: Date): StaffContext {
  return staffMemberContext({ organizationId, person: agent, role: 'agent', now });
}

/** A ticket that exists already; nobody gets a mail. */
export async function createTicket(
  database: Database,
  scene: TicketScene,
  person: Person,
  overrides: Partial<ImportedTicket> = {},
): Promise<{ id: string; number: string }> {
  const tickets = new TicketImportService(database, new TicketRepository(), new Audit());
  return tickets.import(systemContext(scene.organizationId, { clock: systemClock }), {
    portalUserId: person.id,
    subject: 'Internet cai todo dia',
    description: 'Desde quinta-feira a conexão da loja 2 cai entre 14h e 14h20.',
    createdAt: new Date(),
    ...overrides,
  });
}

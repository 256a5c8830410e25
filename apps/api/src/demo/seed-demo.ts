import type { PicturePurpose } from '@balcao/contracts';
import { Lockout, PasswordHasher } from '@balcao/module-auth';
import { portalRegister } from '@balcao/module-directory';
import {
  BillingAccountEntity,
  PortalEntity,
  PortalUserEntity,
  RoleEntity,
  StaffUserEntity,
} from '@balcao/module-directory/entities';
import type { AppConfig } from '@balcao/platform-config';
import { newId } from '@balcao/platform-database';
import {
  sql,
  systemClock,
  systemContext,
  type Database,
  type Db,
  type OrganizationContext,
} from '@balcao/platform-tenancy';
import type { ArticleService, CategoryService } from '@balcao/module-kb';
import type { GatewayAccountService, QuietPayments } from '@balcao/module-payments';
import type { InvitationService, PictureService } from '@balcao/module-portal';
import type { QuietProposals } from '@balcao/module-proposals';
import { SignupEntity } from '@balcao/module-signup';
import { TicketImportService } from '@balcao/module-tickets';
import { addBilling } from './add-billing.js';
import { addProposals } from './add-proposals.js';
import { DEMO_OPERATOR, DEMO_ORGANIZATIONS } from './demo-data.js';
import type { DemoAccount, DemoOrganization, DemoPortal, DemoTicket } from './demo-organization.js';

/** All ways to pay, by a service that is only pretended. */
const DEMO_GATEWAY = {
  kind: 'sandbox',
  name: 'Banco de teste',
  methods: ['pix', 'boleto', 'card'],
  currency: 'BRL',
  credentials: {},
} as const;

/** What the demo is made with. */
export interface DemoServices {
  database: Database;
  hasher: PasswordHasher;
  lockout: Lockout;
  tickets: TicketImportService;
  articles: ArticleService;
  categories: CategoryService;
  invitations: InvitationService;
  pictures: PictureService;
  gatewayAccounts: GatewayAccountService;
  payments: QuietPayments;
  proposals: QuietProposals;
  config: AppConfig;
}

/** Adds the demo where it is missing. @returns whether it was added */
export async function seedDemo(services: DemoServices): Promise<boolean> {
  const { database, hasher, tickets, config } = services;
  const slugs = DEMO_ORGANIZATIONS.map(({ slug }) => slug);
  const present = await database.asPlatform('look for the demo', (db) =>
    db.first(sql`select 1 from organizations where slug = any(${slugs}::text[])`),
  );
  if (present) return false;
  // One hash for all: the demo's password is the same, and no secret.
  const passwordHash = await hasher.hash(config.demoPassword, { lane: 'setup' });
  await addOperator(database, passwordHash);
  for (const organization of DEMO_ORGANIZATIONS) {
    const context = await addOrganization(services, organization, passwordHash);
    for (const { email, status } of organization.accounts.flatMap(({ users }) => users)) {
      if (status === 'locked') await services.lockout.lockName('portal', context.organizationId, email);
    }
    await addTickets(database, tickets, context, organization.tickets);
    await addArticles(services, context, organization);
    await addInvitations(services, context, organization);
    // Nobody pays real money here, whatever the organization is.
    await services.gatewayAccounts.create(context, DEMO_GATEWAY, true);
    await addBilling(database, services.payments, context, organization.billing);
    await addProposals(database, services.proposals, context, organization.billing.proposals ?? []);
  }
  return true;
}

async function addOperator(database: Database, passwordHash: string): Promise<void> {
  await database.asPlatform('seed the demo operator', (db) =>
    db.execute(sql`
      insert into operators (id, email, name, password_hash)
      values (${newId()}::uuid, ${DEMO_OPERATOR.email}, ${DEMO_OPERATOR.name}, ${passwordHash})
      on conflict (email) do update set password_hash = excluded.password_hash, status = 'active'`),
  );
}

async function addOrganization(
  { database, pictures }: DemoServices,
  demo: DemoOrganization,
  passwordHash: string,
): Promise<OrganizationContext> {
  const organizationId = newId();
  await database.asPlatform('seed a demo organization', (db) =>
    db.execute(
      sql`insert into organizations (id, slug, name, is_sandbox)
        values (${organizationId}::uuid, ${demo.slug}, ${demo.name}, ${demo.isSandbox ?? false})`,
    ),
  );
  const context = systemContext(organizationId, { clock: systemClock });
  const portals = demo.portals.map((portal, index) => ({ id: newId(), isDefault: index === 0, ...portal }));
  await database.transaction(context, async (db) => {
    const roles = await addRoles(db, demo);
    await addPortals(db, portals, roles, demo.signups.settings);
    await db.repository(StaffUserEntity).insert(
      demo.staff.map((person) => ({
        id: newId(),
        ...person,
        passwordHash,
        emailProvedAt: new Date(),
        credentialVersion: 1,
        status: 'active' as const,
      })),
    );
    for (const account of demo.accounts) await addAccount(db, account, roles, passwordHash);
    await addSignups(db, demo, passwordHash);
  });
  // As an upload would, they stand in the settings once the worker has drawn them anew.
  for (const portal of portals) {
    for (const [purpose, file] of Object.entries(portal.pictures) as [PicturePurpose, Buffer][]) {
      const id = await pictures.prepare(context, portal.id, purpose, file);
      await database.transaction(context, (db) => pictures.submit(db, context, id, { adopted: true }));
    }
  }
  return context;
}

async function addPortals(
  db: Db,
  portals: (DemoPortal & Pick<PortalEntity, 'id' | 'isDefault'>)[],
  roles: { id: string; name: string }[],
  signup: DemoOrganization['signups']['settings'],
): Promise<void> {
  for (const { id, slug, name, isDefault, branding, roles: names } of portals) {
    const settings = { branding, tickets: { firstAnswerHours: 8 }, ...(isDefault && { signup }) };
    await portalRegister.insert(db, { id, slug, name, isDefault, settings, version: 1 });
    const roleIds = roles.filter((role) => names.includes(role.name)).map((role) => role.id);
    await portalRegister.setRoles(db, id, roleIds);
  }
  await db.execute(sql`
    insert into portal_versions (portal_id, version, author_type, name, settings)
    select p.id, p.version, 'demo', p.name, p.settings from portals p where ${db.tenant('p')}`);
}

/** Companies that wait for staff, numbered as if they had come one after another. */
async function addSignups(db: Db, { signups: { waiting } }: DemoOrganization, passwordHash: string): Promise<void> {
  const portal = await db.repository(PortalEntity).findOneByOrFail({ isDefault: true });
  const year = new Date().getFullYear();
  // Oldest first, as they would have come.
  const inOrder = [...waiting].sort((one, other) => other.hoursAgo - one.hoursAgo);
  const rows = inOrder.map(({ administrator, hoursAgo, disputed = false, ...signup }, index) => ({
    ...signup,
    id: newId(),
    portalId: portal.id,
    number: `C-${year}-${String(index + 1).padStart(6, '0')}`,
    version: 3,
    kind: 'cnpj' as const,
    status: 'in_review' as const,
    locale: 'pt-BR' as const,
    lookupAttempt: 4,
    consents: [],
    disputed,
    administratorName: administrator.name,
    administratorEmail: administrator.email,
    administratorPhone: administrator.phone,
    passwordHash,
    submittedAt: new Date(Date.now() - hoursAgo * 3_600_000),
    expiresAt: new Date(Date.now() + 30 * 86_400_000),
  }));
  await db.repository(SignupEntity).insert(rows as never);
  // A number is typed, then the register answers, then the data are sent.
  await db.execute(sql`
    update signups s set created_at = s.submitted_at - interval '4 minutes', looked_up_at = s.submitted_at - interval '3 minutes'
    where ${db.tenant('s')}`);
  await db.execute(sql`
    insert into signup_counters (id, year, last_number) values (${newId()}::uuid, ${year}, ${rows.length})`);
}

async function addRoles(db: Db, demo: DemoOrganization): Promise<{ id: string; name: string }[]> {
  const roles = demo.roles.map(({ grants: _, ...role }) => ({ id: newId(), isDefault: false, ...role }));
  await db.repository(RoleEntity).insert(roles);
  for (const { name, grants = [] } of demo.roles) {
    await db.execute(sql`
      insert into role_grants (role_id, granted_role_id) select giver.id, given.id from roles giver, roles given
      where ${db.tenant('giver')} and ${db.tenant('given')} and giver.name = ${name} and given.name = any(${grants}::text[])`);
  }
  return roles;
}

async function addAccount(
  db: Db,
  { users, sinceDays, ...fields }: DemoAccount,
  roles: { id: string; name: string }[],
  passwordHash: string,
): Promise<void> {
  const billingAccountId = newId();
  await db.repository(BillingAccountEntity).insert({ id: billingAccountId, ...fields });
  await db.execute(sql`
    update billing_accounts a set created_at = now() - make_interval(days => ${sinceDays})
    where ${db.tenant('a')} and a.id = ${billingAccountId}::uuid`);
  await db.repository(PortalUserEntity).insert(
    users.map(({ email, name, role, status = 'active', ssoOnly = false }) => ({
      id: newId(),
      billingAccountId,
      email,
      name,
      roleId: roles.find((candidate) => candidate.name === role)!.id,
      status,
      ssoOnly,
      passwordHash,
      // Those who wait have not read a mail yet.
      emailProvedAt: status.startsWith('pending') ? null : new Date(),
      credentialVersion: 1,
      receiveNotifications: true,
    })),
  );
}

/** Invitations as their senders ask for them in the portal, mails included. */
async function addInvitations(
  { database, invitations }: DemoServices,
  context: OrganizationContext,
  { accounts }: DemoOrganization,
): Promise<void> {
  for (const { email, name, role, invitedBy } of accounts.flatMap(({ users }) => users)) {
    if (!invitedBy) continue;
    const found = await database.read(context, (db) =>
      db.first<{ id: string; name: string; billingAccountId: string; roleId: string }>(sql`
        select u.id, u.name, u.billing_account_id as "billingAccountId", r.id as "roleId" from portal_users u
        join roles r on r.organization_id = u.organization_id and r.name = ${role}
        where ${db.tenant('u')} and u.email = ${invitedBy}`),
    );
    const { billingAccountId, roleId, ...sender } = found!;
    const actor = { type: 'user', ...sender } as const;
    const asSender = { ...context, actor, scope: { kind: 'account', billingAccountId } as const };
    await invitations.create(asSender, { billingAccountId }, { email, name, roleId });
  }
}

interface Person {
  type: 'portal' | 'staff';
  id: string;
  name: string;
}

async function addTickets(
  database: Database,
  tickets: TicketImportService,
  context: OrganizationContext,
  stories: DemoTicket[],
): Promise<void> {
  const people = await peopleByEmail(database, context);
  const now = Date.now();
  for (const { from, assignee, hoursAgo, messages = [], ...facts } of [...stories].sort(
    (a, b) => b.hoursAgo - a.hoursAgo,
  )) {
    const at = (hours: number) => new Date(now - (hoursAgo - hours) * 3_600_000);
    await tickets.import(context, {
      ...facts,
      portalUserId: people.get(from)!.id,
      assigneeId: assignee && people.get(assignee)!.id,
      createdAt: at(0),
      comments: messages.map((message) => ({
        author: people.get(message.from)!,
        body: message.body,
        isPublic: !message.internal,
        createdAt: at(message.after),
      })),
    });
  }
}

async function peopleByEmail(database: Database, context: OrganizationContext): Promise<Map<string, Person>> {
  return database.read(context, async (db) => {
    const rows = await db.query<Person & { email: string }>(sql`
      select 'portal' as type, u.id, u.name, u.email from portal_users u where ${db.tenant('u')}
      union all select 'staff', s.id, s.name, s.email from staff_users s where ${db.tenant('s')}`);
    return new Map(rows.map(({ email, ...person }) => [email, person]));
  });
}

async function addArticles(
  { articles, categories }: DemoServices,
  context: OrganizationContext,
  demo: DemoOrganization,
): Promise<void> {
  const ids = new Map<string, string>();
  for (const category of demo.categories) ids.set(category.slug, (await categories.create(context, category)).id);
  for (const { category, daysAgo, ...article } of demo.articles) {
    const writtenAt = new Date(Date.now() - daysAgo * 86_400_000);
    await articles.create(
      { ...context, clock: { now: () => writtenAt } },
      { ...article, categoryId: ids.get(category) },
    );
  }
}

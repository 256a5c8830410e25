import { PasswordHasher } from '@balcao/module-auth';
import {
  BillingAccountEntity,
  PortalEntity,
  PortalUserEntity,
  RoleEntity,
  StaffUserEntity,
} from '@balcao/module-directory/entities';
import type { AppConfig } from '@balcao/platform-config';
import { newId } from '@balcao/platform-database';
import { sql, systemContext, type Database, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import type { ArticleService, CategoryService } from '@balcao/module-kb';
import { TicketImportService } from '@balcao/module-tickets';
import { DEMO_ARTICLES } from './demo-articles.js';
import { DEMO_OPERATOR, DEMO_ORGANIZATIONS } from './demo-data.js';
import { DEMO_TICKETS, type DemoTicket } from './demo-tickets.js';
import type { DemoAccount, DemoOrganization } from './demo-organization.js';

/** What the demo is made with. */
export interface DemoServices {
  database: Database;
  hasher: PasswordHasher;
  tickets: TicketImportService;
  articles: ArticleService;
  categories: CategoryService;
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
  const passwordHash = await hasher.hash(config.demoPassword);
  await addOperator(database, passwordHash);
  for (const organization of DEMO_ORGANIZATIONS) {
    const context = await addOrganization(database, organization, passwordHash);
    await addTickets(database, tickets, context, DEMO_TICKETS[organization.slug] ?? []);
    await addArticles(services, context, organization.slug);
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
  database: Database,
  demo: DemoOrganization,
  passwordHash: string,
): Promise<OrganizationContext> {
  const organizationId = newId();
  await database.asPlatform('seed a demo organization', (db) =>
    db.execute(
      sql`insert into organizations (id, slug, name) values (${organizationId}::uuid, ${demo.slug}, ${demo.name})`,
    ),
  );
  const context = systemContext(organizationId);
  await database.transaction(context, async (db) => {
    await db.repository(PortalEntity).insert({
      id: newId(),
      slug: demo.slug,
      name: demo.name,
      isDefault: true,
      branding: demo.branding,
      features: demo.features,
      security: {},
      allowedInvitationDomains: [],
      version: 1,
    });
    const roles = demo.roles.map((role) => ({ id: newId(), isDefault: false, ...role }));
    await db.repository(RoleEntity).insert(roles);
    await db.repository(StaffUserEntity).insert(
      demo.staff.map((person) => ({
        id: newId(),
        ...person,
        passwordHash,
        credentialVersion: 1,
        status: 'active' as const,
      })),
    );
    for (const account of demo.accounts) await addAccount(db, account, roles, passwordHash);
  });
  return context;
}

async function addAccount(
  db: Db,
  { users, ...fields }: DemoAccount,
  roles: { id: string; name: string }[],
  passwordHash: string,
): Promise<void> {
  const billingAccountId = newId();
  await db.repository(BillingAccountEntity).insert({ id: billingAccountId, ...fields });
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
      credentialVersion: 1,
      receiveNotifications: true,
    })),
  );
}

interface Person {
  type: 'portal_user' | 'staff';
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
      select 'portal_user' as type, u.id, u.name, u.email from portal_users u where ${db.tenant('u')}
      union all select 'staff', s.id, s.name, s.email from staff_users s where ${db.tenant('s')}`);
    return new Map(rows.map(({ email, ...person }) => [email, person]));
  });
}

async function addArticles(
  { articles, categories }: DemoServices,
  context: OrganizationContext,
  slug: string,
): Promise<void> {
  const library = DEMO_ARTICLES[slug];
  if (!library) return;
  const ids = new Map<string, string>();
  for (const category of library.categories) ids.set(category.slug, (await categories.create(context, category)).id);
  for (const { category, ...article } of library.articles) {
    await articles.create(context, { ...article, categoryId: ids.get(category) });
  }
}

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
import { sql, systemContext, type Database, type Db } from '@balcao/platform-tenancy';
import { DEMO_OPERATOR, DEMO_ORGANIZATIONS } from './demo-data.js';
import type { DemoAccount, DemoOrganization } from './demo-organization.js';

/** Adds the demo where it is missing. @returns whether it was added */
export async function seedDemo(database: Database, hasher: PasswordHasher, config: AppConfig): Promise<boolean> {
  const slugs = DEMO_ORGANIZATIONS.map(({ slug }) => slug);
  const present = await database.asPlatform('look for the demo', (db) =>
    db.first(sql`select 1 from organizations where slug = any(${slugs}::text[])`),
  );
  if (present) return false;
  // One hash for all: the demo's password is the same, and no secret.
  const passwordHash = await hasher.hash(config.demoPassword);
  await addOperator(database, passwordHash);
  for (const organization of DEMO_ORGANIZATIONS) await addOrganization(database, organization, passwordHash);
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

async function addOrganization(database: Database, demo: DemoOrganization, passwordHash: string): Promise<void> {
  const organizationId = newId();
  await database.asPlatform('seed a demo organization', (db) =>
    db.execute(
      sql`insert into organizations (id, slug, name) values (${organizationId}::uuid, ${demo.slug}, ${demo.name})`,
    ),
  );
  await database.transaction(systemContext(organizationId), async (db) => {
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

import { emailAddress } from '@balcao/contracts';
import type { PasswordHasher } from '@balcao/module-auth';
import type { OrganizationService } from '@balcao/module-directory';
import { StaffUserEntity } from '@balcao/module-directory/entities';
import { newId } from '@balcao/platform-database';
import { sql, systemContext, type Database } from '@balcao/platform-tenancy';

/** What an installation is set up with. */
export interface SetupServices {
  database: Database;
  hasher: PasswordHasher;
  organizations: OrganizationService;
}

export interface SetupAnswers {
  operatorEmail: string;
  organizationName: string;
  organizationSlug: string;
  ownerName: string;
  ownerEmail: string;
  password: string;
}

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Makes operator, organization, its first portal, two roles to begin with, and the owner.
 * @throws Error that names the answer which cannot be used
 */
export async function setUp({ database, hasher, organizations }: SetupServices, answers: SetupAnswers): Promise<void> {
  const input = Object.fromEntries(
    Object.entries(answers).map(([name, value]) => [name, value.trim()]),
  ) as unknown as SetupAnswers;
  const operatorEmail = emailAddress(input.operatorEmail);
  const ownerEmail = emailAddress(input.ownerEmail);
  if (!SLUG.test(input.organizationSlug))
    throw new Error('The address may have lower-case letters, digits and hyphens, at most 63');
  if (operatorEmail === undefined || ownerEmail === undefined)
    throw new Error('Both e-mails must be addresses such as ana@example.com');
  if (input.password.length < 8) throw new Error('The password must have at least 8 characters');
  if (!input.organizationName || !input.ownerName) throw new Error('Organization and owner need a name');
  const passwordHash = await hasher.hash(answers.password).catch(() => {
    throw new Error('The password is too long or too common');
  });
  const id = newId();
  try {
    await database.asPlatform(
      'set up an installation',
      async (db) => {
        await db.execute(sql`
          insert into operators (id, email, name, password_hash) values (${newId()}::uuid, ${operatorEmail}, ${operatorEmail}, ${passwordHash})
          on conflict (email) do nothing`);
        await organizations.insert(db, {
          id,
          slug: input.organizationSlug,
          name: input.organizationName,
          locale: 'pt-BR',
        });
        await db.repository(StaffUserEntity).insert({
          id: newId(),
          email: ownerEmail,
          name: input.ownerName,
          passwordHash,
          credentialVersion: 1,
          role: 'owner',
          status: 'active',
        });
      },
      systemContext(id),
    );
  } catch (error) {
    throw (error as { code?: string }).code === 'slug_taken'
      ? new Error(`An organization has the address ${input.organizationSlug} already`)
      : error;
  }
}

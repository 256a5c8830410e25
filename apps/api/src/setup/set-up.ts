import type { INestApplicationContext } from '@nestjs/common';
import { emailAddress } from '@balcao/contracts';
import { PasswordHasher } from '@balcao/module-auth';
import { OrganizationService } from '@balcao/module-directory';
import { StaffUserEntity } from '@balcao/module-directory/entities';
import { StaffInvitationService } from '@balcao/module-portal';
import { newId } from '@balcao/platform-database';
import { Database, sql, systemContext } from '@balcao/platform-tenancy';
import type { SetupAnswers } from './answers.js';

/** Who carries it out. */
export interface SetupServices {
  database: Database;
  hasher: PasswordHasher;
  organizations: OrganizationService;
  invitations: StaffInvitationService;
}

export function setupServices(app: INestApplicationContext): SetupServices {
  return {
    database: app.get(Database),
    hasher: app.get(PasswordHasher, { strict: false }),
    organizations: app.get(OrganizationService, { strict: false }),
    invitations: app.get(StaffInvitationService, { strict: false }),
  };
}

/**
 * Makes operator, organization, its first portal, two roles to begin with, and the owner; who is given no password is
 * invited by mail.
 * @throws Error that names the answer which cannot be used
 */
export async function setUp(
  { database, hasher, organizations, invitations }: SetupServices,
  answers: SetupAnswers,
): Promise<void> {
  const hashOf = (whose: string, password: string) =>
    hasher.hash(password).catch(() => {
      throw new Error(`${whose} password is too long or too common`);
    });
  const operatorHash = await hashOf("The operator's", answers.operatorPassword);
  const ownerHash = answers.ownerPassword && (await hashOf("The owner's", answers.ownerPassword));
  const operatorEmail = emailAddress(answers.operatorEmail)!;
  const owner = { email: emailAddress(answers.ownerEmail)!, name: answers.ownerName };
  const id = newId();
  const context = systemContext(id);
  try {
    await database.asPlatform(
      'set up an installation',
      async (db) => {
        await db.execute(sql`
          insert into operators (id, email, name, password_hash) values (${newId()}::uuid, ${operatorEmail}, ${operatorEmail}, ${operatorHash})
          on conflict (email) do nothing`);
        await organizations.insert(db, {
          id,
          slug: answers.organizationSlug,
          name: answers.organizationName,
          locale: 'pt-BR',
        });
        if (ownerHash === undefined) {
          await invitations.inviteFirstOwner(db, context, { ...owner, locale: 'pt-BR' });
          return;
        }
        await db.repository(StaffUserEntity).insert({
          id: newId(),
          ...owner,
          passwordHash: ownerHash,
          credentialVersion: 1,
          role: 'owner',
          status: 'active',
        });
      },
      context,
    );
  } catch (error) {
    throw (error as { code?: string }).code === 'slug_taken'
      ? new Error(`An organization has the address ${answers.organizationSlug} already`)
      : error;
  }
}

import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { Mailer } from '@balcao/platform-mail';
import { sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';

/** The mail of one invitation's newest link. */
export interface InvitationLetter {
  invitationId: string;
  tokenId: string;
  email: string;
  name: string;
  /** The person's own language; the organization's where they have not chosen. */
  locale?: Locale | null;
}

/** Asks for the mails of invitations: each is a job of its own, so that one address in trouble holds up no other. */
@Injectable()
export class InvitationMails {
  constructor(private readonly mailer: Mailer) {}

  async enqueue(db: Db, context: OrganizationContext, portalId: string, letters: InvitationLetter[]): Promise<void> {
    const fallback = await organizationLocale(db, context);
    for (const { invitationId, tokenId, email, name, locale } of letters) {
      await this.mailer.enqueue(db, context, {
        template: 'invitation',
        businessKey: `invitation:${tokenId}`,
        recipient: { email, name, locale: locale ?? fallback },
        ids: { tokenId, invitationId, portalId },
      });
    }
  }
}

/** The language of mails to those who have not chosen one. */
export async function organizationLocale(db: Db, { organizationId, locale }: OrganizationContext): Promise<Locale> {
  const organization = await db.first<{ locale: Locale }>(
    sql`select locale from organizations o where o.id = ${organizationId}::uuid`,
  );
  return organization?.locale ?? locale;
}

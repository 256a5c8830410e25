import { Injectable } from '@nestjs/common';
import { isAccessMail } from '@balcao/contracts';
import { RateLimiter } from '@balcao/platform-state';
import { Database, sql, type OrganizationContext } from '@balcao/platform-tenancy';

const DAY_SECONDS = 24 * 60 * 60;
/** Mails of a kind in a day to one address, and to all of an organization's, that nobody has shown to read. */
const TO_A_RECIPIENT = 5;
const OF_AN_ORGANIZATION = 2_000;
/** Counted where they are asked for, so that whoever asks for too many hears of it. */
const INVITATIONS = ['invitation', 'staff-invitation'];

/**
 * Bounds what an organization sends to mailboxes of which nobody has followed a link: anybody's address can be typed.
 * Mails of access are counted apart, so that others keep nobody from the link by which the address is proved.
 */
@Injectable()
export class UnprovedRecipients {
  constructor(
    private readonly database: Database,
    private readonly limiter: RateLimiter,
  ) {}

  /** Whether a mail may go; counts it where the address is unproved. */
  async admit(
    context: OrganizationContext,
    { template, email }: { template: string; email: string },
  ): Promise<boolean> {
    if (INVITATIONS.includes(template) || (await this.isProved(context, email))) return true;
    const kind = isAccessMail(template) ? 'access' : 'other';
    const all = `unproved|${context.organizationId}|${kind}`;
    const limits = { [`${all}|${email}`]: TO_A_RECIPIENT, [all]: OF_AN_ORGANIZATION };
    return (await this.limiter.consumeEach(limits, DAY_SECONDS, 1)).allowed;
  }

  private async isProved(context: OrganizationContext, email: string): Promise<boolean> {
    const row = await this.database.read(context, (db) =>
      db.first(sql`select 1 from proved_addresses p where ${db.tenant('p')} and p.email = ${email} limit 1`),
    );
    return row !== undefined;
  }
}

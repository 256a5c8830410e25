import { Injectable } from '@nestjs/common';
import { Mailer } from '@balcao/platform-mail';
import type { Db, OrganizationContext } from '@balcao/platform-tenancy';
import { invoiceReaders } from './invoice-readers.js';

export interface PaymentLinksRequest {
  billingAccountId: string;
  /** Of this invoice alone; absent where it is all that the account owes. */
  invoiceId?: string;
  /** In whose name, where a portal of the organization is meant and the reader may use it. */
  portalId?: string;
  /** What it is about: asked for twice, each reader has it once. */
  occasion: string;
}

/** Asks for mails with the links of what an account owes. */
@Injectable()
export class PaymentLinksMailer {
  constructor(private readonly mailer: Mailer) {}

  /** One for each of those on file, whether they want notices or not: somebody has asked for it. @returns their addresses */
  async enqueue(
    db: Db,
    context: OrganizationContext,
    { billingAccountId, invoiceId, portalId, occasion }: PaymentLinksRequest,
  ): Promise<string[]> {
    const readers = await invoiceReaders(db, [billingAccountId], 'on file');
    const ids = { billingAccountId, invoiceId, portalId };
    // One packet.
    const mails = await Promise.all(
      readers.map((recipient) =>
        this.mailer.enqueue(db, context, {
          template: 'payment-links',
          businessKey: `payment-links:${occasion}:${recipient.portalUserId ?? 'account'}`,
          recipient,
          ids: { ...ids, portalUserId: recipient.portalUserId },
        }),
      ),
    );
    return readers.filter((_, index) => mails[index]).map(({ email }) => email);
  }
}

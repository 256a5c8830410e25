import { Injectable } from '@nestjs/common';
import type { MailTemplateName } from '@balcao/contracts';
import { accountReaders } from '@balcao/module-billing';
import { Mailer } from '@balcao/platform-mail';
import type { Db, OrganizationContext } from '@balcao/platform-tenancy';
import type { Collection } from './collection.repository.js';

type About =
  | { template: Extract<MailTemplateName, `collection-${string}`>; collectionId: string; invoiceId: string }
  | { template: 'payment-method-expiring'; paymentMethodId: string };

/** Asks for mails about saved cards, for each of those of an account who may pay. */
@Injectable()
export class CollectionMailer {
  constructor(private readonly mailer: Mailer) {}

  /** @param occasion what it is about besides the collection: asked for twice, each reader has it once */
  async tell(
    db: Db,
    context: OrganizationContext,
    template: Extract<MailTemplateName, `collection-${string}`>,
    { id, invoiceId, billingAccountId }: Pick<Collection, 'id' | 'invoiceId' | 'billingAccountId'>,
    occasion: string,
  ): Promise<void> {
    await this.enqueue(db, context, billingAccountId, `${template}:${id}:${occasion}`, {
      template,
      collectionId: id,
      invoiceId,
    });
  }

  /** Tells of a card that will soon be charged no more. */
  async tellExpiring(
    db: Db,
    context: OrganizationContext,
    { id, billingAccountId }: { id: string; billingAccountId: string },
    step: number,
  ): Promise<void> {
    await this.enqueue(db, context, billingAccountId, `payment-method-expiring:${id}:${step}`, {
      template: 'payment-method-expiring',
      paymentMethodId: id,
    });
  }

  private async enqueue(
    db: Db,
    context: OrganizationContext,
    billingAccountId: string,
    key: string,
    { template, ...ids }: About,
  ): Promise<void> {
    // One packet.
    await Promise.all(
      (await accountReaders(db, [billingAccountId], 'payments:create')).map((reader) =>
        this.mailer.enqueue(db, context, {
          template,
          businessKey: `${key}:${reader.portalUserId ?? 'account'}`,
          recipient: reader,
          ids: { ...ids, billingAccountId, portalUserId: reader.portalUserId },
        }),
      ),
    );
  }
}

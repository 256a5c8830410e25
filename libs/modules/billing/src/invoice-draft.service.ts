import { Injectable } from '@nestjs/common';
import { invoiceTotals, type InvoiceProblem, type InvoiceProblemCode, type InvoiceTotals } from '@balcao/money';
import type { FieldErrorCode } from '@balcao/contracts';
import { Audit } from '@balcao/platform-audit';
import { DomainError, found, refusedField, unknownReference } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Database, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { BillingSettingsService, type BillingTerms } from './billing-settings.service.js';
import type { InvoiceFields, InvoiceSource } from './domain/invoice.js';
import { InvoiceRepository, type DraftRow } from './persistence/invoice.repository.js';
import type { InvoiceHeld, StaffInvoiceDetailRow } from './persistence/invoice.rows.js';

export interface NewInvoice extends InvoiceFields {
  billingAccountId: string;
  /** Whose period it asks for; said once, and never otherwise. */
  subscription?: { id: string; number: string };
  /** Whose acceptance made it; said once, and never otherwise. */
  proposal?: { id: string; number: string };
}

/** Invoices while they are written: nobody owes them, and customers do not see them. */
@Injectable()
export class InvoiceDraftService {
  constructor(
    private readonly database: Database,
    private readonly invoices: InvoiceRepository,
    private readonly settings: BillingSettingsService,
    private readonly audit: Audit,
    private readonly events: Events,
  ) {}

  /** @throws DomainError validation_failed for lines that do not reckon, and an account that there is not */
  async create(context: OrganizationContext, fields: NewInvoice): Promise<StaffInvoiceDetailRow> {
    return this.database.transaction(context, async (db) => {
      await requireAccount(db, fields.billingAccountId);
      const id = await this.insert(db, context, await this.settings.terms(db, context), fields, 'staff');
      return found(await this.invoices.staffDetail(db, id));
    });
  }

  /**
   * Adds a draft in the transaction of whoever makes it: staff, an import, a subscription.
   * @throws DomainError as `create`
   */
  async insert(
    db: Db,
    context: OrganizationContext,
    terms: BillingTerms,
    { billingAccountId, subscription, proposal, ...fields }: NewInvoice,
    source: InvoiceSource,
  ): Promise<string> {
    const totals = totalsOf(fields, terms);
    const draft = draftRow({ billingAccountId, ...fields }, terms, totals);
    const createdById = context.actor.type === 'staff' ? context.actor.id! : null;
    const id = await this.invoices.insert(db, {
      ...draft,
      source,
      createdById,
      createdAt: context.clock.now(),
      subscriptionId: subscription?.id ?? null,
      subscriptionNumber: subscription?.number ?? null,
      proposalId: proposal?.id ?? null,
      proposalNumber: proposal?.number ?? null,
    });
    await this.invoices.addLines(db, { id, billingAccountId }, fields.lines, totals.lines);
    await this.audit.record(db, context, {
      action: 'staff.invoice.create',
      target: { type: 'invoice', id },
      billingAccountId,
      changes: { after: { ...draft, lines: fields.lines } },
    });
    await this.drafted(db, context, { id, billingAccountId });
    return id;
  }

  /**
   * Writes a draft anew, lines and all.
   * @param version the one that was read
   * @throws DomainError not_found, invoice_changed, invoice_not_draft, and as `create`
   */
  async replace(
    context: OrganizationContext,
    id: string,
    fields: NewInvoice,
    version: number,
  ): Promise<StaffInvoiceDetailRow> {
    return this.database.transaction(context, async (db) => {
      await requireAccount(db, fields.billingAccountId);
      const held = await this.draft(db, id, version);
      const before = found(await this.invoices.staffDetail(db, id));
      const terms = await this.settings.terms(db, context);
      const totals = totalsOf(fields, terms);
      const draft = draftRow(fields, terms, totals);
      await this.invoices.update(db, id, draft, context.clock.now());
      await this.invoices.replaceLines(
        db,
        { id, billingAccountId: fields.billingAccountId },
        fields.lines,
        totals.lines,
      );
      const after = found(await this.invoices.staffDetail(db, id));
      await this.audit.record(db, context, {
        action: 'staff.invoice.update',
        target: { type: 'invoice', id },
        billingAccountId: fields.billingAccountId,
        changes: { before: { ...before, history: [] }, after: { ...after, history: [] } },
      });
      await this.drafted(db, context, held);
      return after;
    });
  }

  /** Throws a draft away. @throws DomainError not_found, invoice_not_draft */
  async remove(context: OrganizationContext, id: string): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const held = await this.draft(db, id);
      await db.execute(sql`delete from invoices t where ${db.tenant('t')} and t.id = ${id}::uuid`);
      await this.audit.record(db, context, {
        action: 'staff.invoice.delete',
        target: { type: 'invoice', id },
        billingAccountId: held.billingAccountId,
        changes: { before: held },
      });
      await this.drafted(db, context, held);
    });
  }

  private async draft(db: Db, id: string, version?: number): Promise<InvoiceHeld> {
    const held = found(await this.invoices.lock(db, id));
    if (held.state !== 'draft') throw new DomainError('invoice_not_draft');
    if (version !== undefined && held.version !== version) throw new DomainError('invoice_changed');
    return held;
  }

  private async drafted(db: Db, context: OrganizationContext, { id }: { id: string; billingAccountId: string }) {
    await this.events.publish(db, context, { name: 'invoice.drafted', ids: { invoiceId: id } });
  }
}

const PROBLEMS: Record<InvoiceProblemCode, FieldErrorCode> = {
  unknownCurrency: 'isCurrency',
  tooManyLines: 'arrayMaxSize',
  notADecimal: 'isDecimal',
  notPositive: 'moneyNotPositive',
  negative: 'moneyNotPositive',
  notAPercentage: 'moneyNotAPercentage',
  exceedsPrice: 'moneyExceedsPrice',
  tooLarge: 'moneyTooLarge',
};

/** Where the request has what the reckoning calls otherwise. */
const pathOf = ({ path }: InvoiceProblem) => path.replace(/^(lines\.\d+\.tax)\.rate$/, '$1.percent');

/** What the fields come to. @throws DomainError validation_failed with every line that does not reckon */
export function totalsOf(fields: InvoiceFields, terms: BillingTerms): InvoiceTotals {
  const { totals, problems } = invoiceTotals({
    currency: fields.currency ?? terms.currency,
    discount: fields.discount ?? undefined,
    lines: fields.lines.map(({ quantity, unitPrice, discount, tax }) => ({
      quantity,
      unitPrice,
      discount: discount ?? undefined,
      tax: tax ? { rate: tax.percent, included: tax.included } : undefined,
    })),
  });
  if (totals) {
    const backwards = fields.lines.findIndex(({ startsOn, endsOn }) => startsOn && endsOn && endsOn <= startsOn);
    if (backwards >= 0) throw refusedField(`lines.${backwards}.endsOn`, 'afterStart');
    return totals;
  }
  throw new DomainError('validation_failed', {
    fields: problems.map((problem) => ({ path: pathOf(problem), code: PROBLEMS[problem.code] })),
  });
}

function draftRow(fields: NewInvoice, terms: BillingTerms, { lines: _lines, ...totals }: InvoiceTotals): DraftRow {
  return {
    billingAccountId: fields.billingAccountId,
    currency: fields.currency ?? terms.currency,
    title: fields.title,
    dueOn: fields.dueOn ?? null,
    purchaseOrder: fields.purchaseOrder ?? null,
    note: fields.note ?? null,
    message: fields.message ?? null,
    finePercent: fields.finePercent ?? terms.finePercent,
    interestPercent: fields.interestPercent ?? terms.interestPercent,
    allowsPartial: fields.allowsPartial ?? terms.allowsPartial,
    discountPercent: fields.discount?.percent ?? null,
    discountAmount: fields.discount?.amount ?? null,
    ...totals,
  };
}

/** @throws DomainError validation_failed where there is no such customer */
async function requireAccount(db: Db, id: string): Promise<void> {
  const [account] = await db.query(sql`select from billing_accounts a where ${db.tenant('a')} and a.id = ${id}::uuid`);
  if (!account) throw unknownReference('billingAccountId');
}

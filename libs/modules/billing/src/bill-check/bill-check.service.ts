import { Injectable } from '@nestjs/common';
import { pixCode, readPixCode, type PixReading } from '@balcao/brazil';
import { lateCharges, type Day } from '@balcao/money';
import { Threads } from '@balcao/platform-threads';
import { networkOf } from '@balcao/platform-state';
import { Database, columnsOf, sql, systemContext, type Db } from '@balcao/platform-tenancy';
import { BillingSettingsService, issuerOf, type BillingTerms } from '../billing-settings.service.js';
import type { Issuer } from '../persistence/billing.entities.js';
import type { OwedInvoice } from '../domain/settlement.js';
import { checkCodeOfReference } from '../domain/pix-reference.js';
import type { VisitorContext } from '../visitor-context.js';
import { VisitorLimits } from '../visitor-limits.js';
import { billCodesWithin, readBillCode, type BillCode } from './bill-codes.js';
import { issuedCodes } from './issued-codes.js';
import { judgeBill, type BilledInvoice, type Judgement } from './judge-bill.js';
import type { readBillText } from './read-bill-text.js';

const READER = new URL('../../dist/bill-check/read-bill-text.js', import.meta.url);

/** What is said of a bill, and of whom it would be: the same members whatever was asked. */
export interface BillCheck extends Judgement {
  issuer: Pick<Issuer, 'name' | 'legalName' | 'taxId' | 'email' | 'phone'>;
}

/** Tells anybody whether a bill is genuine: what the bill says, and nothing of whom it is for. */
@Injectable()
export class BillCheckService {
  constructor(
    private readonly database: Database,
    private readonly settings: BillingSettingsService,
    private readonly limits: VisitorLimits,
    private readonly threads: Threads,
  ) {}

  /** @param text a boleto's line or barcode, a PIX code, or the code that is printed on the bill @throws DomainError rate_limited */
  async check(visitor: VisitorContext, text: string): Promise<BillCheck> {
    await this.limits.spend(visitor, 'bill-check');
    return this.answer(visitor, ({ today }) => {
      const code = readBillCode(text, today);
      return code ? [code] : [];
    });
  }

  /**
   * The same of a file, by the codes in the text of its first pages.
   * @param content reads the file, whole
   * @throws DomainError rate_limited, service_unavailable
   */
  async checkFile(visitor: VisitorContext, content: () => Promise<Buffer>): Promise<BillCheck> {
    await this.limits.spend(visitor, 'bill-check');
    const file = await content();
    const turn = { lane: visitor.organizationId, network: networkOf(visitor.client.ip) };
    const text = await this.threads.run<typeof readBillText>(READER, 'readBillText', file, turn);
    return this.answer(visitor, ({ today }) => billCodesWithin(text, today));
  }

  private async answer(visitor: VisitorContext, codesOf: (terms: BillingTerms) => BillCode[]): Promise<BillCheck> {
    const context = systemContext(visitor.organizationId, visitor);
    return this.database.read(context, async (db) => {
      const terms = await this.settings.terms(db, context);
      const codes = codesOf(terms);
      const issued = await issuedCodes(db, codes);
      const named = codes.flatMap(checkCodeIn);
      const invoices = await invoicesOf(db, [...named, ...issued.map(({ checkCode }) => checkCode)], terms.today);
      const { name, legalName, taxId, email, phone } = issuerOf(terms);
      const judgement = judgeBill(codes, { own: ownPix(terms), invoices, issued });
      return { ...judgement, issuer: { name, legalName, taxId, email, phone } };
    });
  }
}

/** The check code that a code has in it. */
function checkCodeIn(code: BillCode): string[] {
  if (code.kind === 'check_code') return [code.checkCode];
  const checkCode = code.kind === 'pix' ? checkCodeOfReference(code.reading.txid ?? '') : undefined;
  return checkCode ? [checkCode] : [];
}

async function invoicesOf(db: Db, checkCodes: readonly string[], today: Day): Promise<BilledInvoice[]> {
  const rows = await db.query<
    Omit<BilledInvoice, 'amountDue' | 'mostAsked'> & OwedInvoice & { openedOn: Day; isMoved: boolean }
  >(sql`
    select ${columnsOf('t', ['checkCode', 'state', 'currency', 'total', 'owed', 'openedOn', 'dueOn', 'payableUntil'])},
      t.fine_percent::text as "finePercent", t.interest_percent::text as "interestPercent",
      exists (select from invoice_events e where ${db.tenant('e')} and e.invoice_id = t.id and e.kind = 'due_changed') as "isMoved"
    from invoices t where ${db.tenant('t')} and t.check_code = any(${[...checkCodes]}::text[])`);
  return rows.map(({ openedOn, isMoved, ...row }) => {
    const terms = { ...row, paidOn: today, interestPercentPerMonth: row.interestPercent };
    // No day on which it has been due lies before the one on which it was opened.
    const soonest = isMoved && openedOn < row.dueOn ? { dueOn: openedOn, payableUntil: openedOn } : {};
    return {
      ...row,
      amountDue: lateCharges(terms).total,
      mostAsked: lateCharges({ ...terms, owed: row.total, ...soonest }).total,
    };
  });
}

/** How the organization's own codes read: as they are made, whatever marks its settings have. */
function ownPix({ pixKey: key, legalName, organizationName }: BillingTerms): PixReading | undefined {
  if (!key) return undefined;
  try {
    const reading = readPixCode(pixCode({ key, name: legalName ?? organizationName, city: 'BR' }));
    return 'problem' in reading ? undefined : reading;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

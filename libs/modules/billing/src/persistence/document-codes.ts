import type { Day } from '@balcao/money';
import { columnsOf, sql, type Db } from '@balcao/platform-tenancy';

/** A code that a gateway made for an invoice's document, or is making. Money is in minor units of the invoice's currency. */
export interface DocumentCode {
  method: 'pix' | 'boleto';
  /** Whether the gateway has not said yet what it made. */
  isOnItsWay: boolean;
  /** Whether somebody can pay by it now, as far as is known. */
  isPayable: boolean;
  /** Whether the gateway would not make it. */
  isRefused: boolean;
  amount: bigint;
  /** Of PIX, and of boletos that have one besides. */
  pixCode: string | null;
  boletoLine: string | null;
  barcode: string | null;
  dueOn: Day | null;
  finePercent: string;
  interestPercent: string;
  expiresAt: Date;
  /** Of a pretended payment service. */
  isTest: boolean;
}

/** The codes of an invoice's document, the latest first. */
export async function documentCodes(db: Db, invoiceId: string, now: Date): Promise<DocumentCode[]> {
  return db.query<DocumentCode>(sql`
    select ${columnsOf('c', ['method', 'amount', 'pixCode', 'boletoLine', 'barcode', 'dueOn', 'expiresAt'])},
      trim_scale(c.fine_percent)::text as "finePercent", trim_scale(c.interest_percent)::text as "interestPercent",
      c.withdrawn_at is null and c.state in ('created', 'sending') as "isOnItsWay",
      c.withdrawn_at is null and c.state = 'pending' and c.expires_at > ${now} as "isPayable",
      c.state = 'failed' as "isRefused", c.gateway_kind = 'sandbox' as "isTest"
    from document_payment_codes c where ${db.account('c')} and c.invoice_id = ${invoiceId}::uuid order by c.id desc limit 20`);
}

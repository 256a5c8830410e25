import { plainPixCode } from '@balcao/brazil';
import { sql, type Db } from '@balcao/platform-tenancy';
import type { BillCode } from './bill-codes.js';
import type { IssuedCode } from './judge-bill.js';

/** Which of these codes were made at a gateway for invoices of the organization, and whether each still counts. */
export async function issuedCodes(db: Db, codes: readonly BillCode[]): Promise<IssuedCode[]> {
  const printed = codes.flatMap((code) =>
    code.kind === 'pix' ? spellings(code.text) : code.kind === 'boleto' ? code.barcode : [],
  );
  if (printed.length === 0) return [];
  const issued = await db.query<IssuedCode>(sql`
    select c.code, c.check_code as "checkCode", c.amount, c.due_on as "dueOn", c.counts from issued_payment_codes c
    where ${db.tenant('c')} and c.code = any(${printed}::text[]) limit 100`);
  return issued.map((each) => ({ ...each, code: plainPixCode(each.code) ?? each.code }));
}

/** As services write the checksum of a PIX code: in capitals or not. */
const spellings = (text: string): string[] => [text, text.slice(0, -4) + text.slice(-4).toLowerCase()];

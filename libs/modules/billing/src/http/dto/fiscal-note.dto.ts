import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '@balcao/money';
import {
  BooleanField,
  CLEARABLE,
  DayField,
  EnumField,
  Money,
  Nullable,
  PageQuery,
  TextField,
  WebAddressField,
  money,
} from '@balcao/platform-http';
import { MONTH, type FolderMonthRow, type FolderNoteRow } from '../../fiscal/fiscal-folder.js';
import { FISCAL_NOTE_STATUSES, type FiscalNoteStatus } from '../../persistence/billing.entities.js';
import type { FiscalNoteRow } from '../../persistence/invoice.rows.js';

const KEY_EXAMPLE = '35503081233683111000280000000001844326110000018444';

export class FiscalNoteFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'Number of the NFS-e', example: '18442' }) number: string;
  @Nullable(String, 'National key, 50 characters; null where there is none', { example: KEY_EXAMPLE })
  accessKey: string | null;
  @Nullable(String, "The municipality's code to verify it by; null where there is none") verificationCode:
    string | null;
  @Nullable(String, 'Where it can be looked up; null where nowhere') url: string | null;
  @ApiProperty({ type: String, format: 'date', description: 'When it was issued' }) issuedOn: Day;
  @ApiProperty({ enum: FISCAL_NOTE_STATUSES, description: 'Whether it counts' }) status: FiscalNoteStatus;
  @Nullable(String, 'Since when it counts no more; null where it does, or nobody knows', {
    format: 'date',
    example: '2026-11-20',
  })
  statusOn: Day | null;
  @Nullable(String, 'Why it counts no more; null where nobody said') statusReason: string | null;
  @Nullable(String, 'Key of the note that is there instead; null where none is') replacedByKey: string | null;
  @ApiProperty({ description: 'Whether its XML is here, and so its printed form (DANFSe)' }) hasXml: boolean;
  @ApiProperty({ description: 'Made in the system for trying things out: it is worth nothing' }) isTest: boolean;
  @ApiProperty({ type: Money, nullable: true, description: 'What it is over, less its discount; null without its XML' })
  amount: Money | null;
  @ApiProperty({ type: Money, nullable: true, description: 'The same less what is withheld; null where unknown' })
  netAmount: Money | null;
}

export class StaffFiscalNoteFacts extends FiscalNoteFacts {
  @ApiProperty({
    type: Money,
    nullable: true,
    description:
      'By how much it is over more than its invoice, which is none of its amounts; null where nothing differs',
  })
  difference: Money | null;
}

export class FiscalNoteRequest {
  @TextField({ description: 'Number of the NFS-e', max: 20, example: '18442' }) number: string;
  @TextField({
    description: 'National key, 50 characters, the last of which checks the others',
    max: 50,
    pattern: /^\d{9}[A-Z0-9]{12}\d{29}$/,
    example: KEY_EXAMPLE,
    ...CLEARABLE,
  })
  accessKey?: string | null;
  @TextField({ description: "The municipality's code to verify it by", max: 50, ...CLEARABLE }) verificationCode?:
    string | null;
  @WebAddressField({ description: 'Where it can be looked up', ...CLEARABLE }) url?: string | null;
  @DayField({ description: 'When it was issued' }) issuedOn: Day;
  @EnumField({ description: 'Whether it counts', values: FISCAL_NOTE_STATUSES, optional: true })
  status?: FiscalNoteStatus;
}

export const FISCAL_XML_WORDS = 'XML of a national NFS-e, or of an event that cancelled or replaced one';

export class FiscalXmlQuery {
  @BooleanField({
    description: "Whether somebody has confirmed a note whose taker is not the invoice's customer",
    optional: true,
  })
  acceptsOtherTaker = false;
}

const OUTCOMES = ['added', 'known', 'cancelled', 'replaced'] as const;

export class FiscalXmlResponse {
  @ApiProperty({
    enum: OUTCOMES,
    description: 'Its note is new here, was here already, or counts no more since then',
  })
  outcome: (typeof OUTCOMES)[number];
}

export class FiscalNoteListQuery extends PageQuery {
  @TextField({
    description: 'Only those that were issued in that month',
    max: 7,
    pattern: MONTH,
    example: '2026-11',
    optional: true,
  })
  month?: string;
}

/** The invoice of a note in a list. */
export class FiscalNoteInvoice {
  @ApiProperty({ format: 'uuid' }) id: string;
  @Nullable(String, 'What people quote', { example: 'F-2026-000123' }) number: string | null;
}

export class FiscalNoteItem extends FiscalNoteFacts {
  @ApiProperty({ type: FiscalNoteInvoice, description: 'Of which invoice' }) invoice: FiscalNoteInvoice;
}

export class FiscalMonthFacts {
  @ApiProperty({ description: 'Month in which they were issued', example: '2026-11' }) month: string;
  @ApiProperty({ type: 'integer', description: 'How many', example: 3 }) notes: number;
  @ApiProperty({ type: 'integer', description: 'Of how many there are files', example: 3 }) withXml: number;
}

export class FiscalMonthsResponse {
  @ApiProperty({ type: [FiscalMonthFacts], description: 'The latest first; 120 at most' }) months: FiscalMonthFacts[];
}

const reais = (amount: bigint | null) => (amount === null ? null : money(amount, 'BRL'));

export function fiscalNote(row: FiscalNoteRow): FiscalNoteFacts {
  const { id, number, accessKey, verificationCode, url, issuedOn, status, statusOn, statusReason, replacedByKey } = row;
  const { hasXml, isTest, serviceAmount, netAmount } = row;
  return {
    ...{ id, number, accessKey, verificationCode, url, issuedOn, status, statusOn, statusReason, replacedByKey },
    ...{ hasXml, isTest, amount: reais(serviceAmount), netAmount: reais(netAmount) },
  };
}

/** As staff see it beside its invoice. A note is over the same where one of its amounts is the invoice's: taxes may be withheld, or on top. */
export function staffFiscalNote(
  row: FiscalNoteRow,
  invoice: { currency: string; total: bigint },
): StaffFiscalNoteFacts {
  const { serviceAmount, netAmount, totalAmount } = row;
  const differs =
    invoice.currency === 'BRL' &&
    serviceAmount !== null &&
    ![serviceAmount, netAmount, totalAmount].includes(invoice.total);
  return { ...fiscalNote(row), difference: differs ? reais(serviceAmount - invoice.total) : null };
}

export const fiscalNoteItem = (row: FolderNoteRow): FiscalNoteItem => ({
  ...fiscalNote(row),
  invoice: { id: row.invoiceId, number: row.invoiceNumber },
});

export const fiscalMonths = (months: FolderMonthRow[]): FiscalMonthsResponse => ({ months });

import { ApiProperty } from '@nestjs/swagger';
import type { NumberLocale } from '@balcao/money';
import type { DataImport } from '@balcao/module-directory';
import { DataImportItem, ImportFileQuery, dataImportItem } from '@balcao/module-directory/http';
import { EnumField, Money, Single, money } from '@balcao/platform-http';
import type { InvoiceFileSummary } from '../../imports/invoice-plan.js';
import type { InvoiceImportOptions } from '../../imports/invoice-rows.js';
import { CurrencyField } from './ledger.dto.js';

const NUMBER_FORMATS = ['pt-BR', 'en-US'] as const satisfies readonly NumberLocale[];

export class InvoiceImportQuery extends ImportFileQuery {
  @EnumField({
    description: 'How the file writes numbers: `pt-BR` is 1.234,56 and `en-US` is 1,234.56',
    values: NUMBER_FORMATS,
    optional: true,
  })
  numbers: NumberLocale = 'pt-BR';
  @CurrencyField("Currency of its amounts; the organization's where absent") currency?: string;
}

/** An amount of the file, and what it was read as. */
export class AmountSample {
  @ApiProperty({ description: 'As the file has it', example: '1.234,56' }) text: string;
  @ApiProperty({ type: Money, nullable: true, description: 'What it was read as; null where it is no amount' })
  amount: Money | null;
}

export class InvoiceImportItem extends DataImportItem {
  @ApiProperty({ enum: NUMBER_FORMATS, description: 'How the file writes numbers' }) numbers: NumberLocale;
  @ApiProperty({ type: 'integer', description: 'How many invoices it brings that are not here yet', example: 80 })
  invoices: number;
  @ApiProperty({ type: Money, description: 'What they are over, together' }) invoiced: Money;
  @ApiProperty({ type: Money, description: 'What of it is paid' }) paid: Money;
  @ApiProperty({ type: AmountSample, nullable: true, description: 'Shows how numbers are read; null without any' })
  sample: AmountSample | null;
}

export class InvoiceImportResponse extends Single('import', InvoiceImportItem) {}

export function invoiceImportItem(row: DataImport): InvoiceImportItem {
  const { locale, currency } = row.options as InvoiceImportOptions;
  const { invoices, total, paid, sample } = row.summary as InvoiceFileSummary;
  return {
    ...dataImportItem(row),
    numbers: locale,
    invoices,
    invoiced: money(BigInt(total), currency),
    paid: money(BigInt(paid), currency),
    sample: sample && {
      text: sample.text,
      amount: sample.amount === null ? null : money(BigInt(sample.amount), currency),
    },
  };
}

import { currentLocale, missingText, translate } from '@balcao/ui';
import { isDay, readPercent } from '@balcao/money';
import type { BillingSettings } from '../../data/billing-settings.js';
import type { Invoice, InvoiceInput } from '../../data/invoices.js';
import type { Reference } from '../../data/types.js';
import {
  emptyLine,
  percentSent,
  sentDiscount,
  typedDiscount,
  typedLine,
  typedPercent,
  type Reckoning,
} from './draft.js';
import { percentProblem, problemText } from './typed.js';
import { useLinesForm, type LinesForm, type LinesValues } from './use-lines-form.js';

export interface InvoiceValues extends LinesValues {
  account: Reference | undefined;
  title: string;
  dueOn: string;
  purchaseOrder: string;
  note: string;
  message: string;
  /** Whether lateness costs anything. */
  late: boolean;
  finePercent: string;
  interestPercent: string;
  allowsPartial: boolean;
}

/** What stands in the fields of a draft, or of a new invoice under the organization's terms. */
export function valuesOf(terms: BillingSettings, invoice?: Invoice, account?: Reference): InvoiceValues {
  const locale = currentLocale();
  const { finePercent, interestPercent } = invoice ?? terms;
  const lines = invoice?.lines.map((line) => typedLine(line, locale)) ?? [];
  return {
    account: invoice?.billingAccount ?? account,
    title: invoice?.title ?? '',
    dueOn: invoice?.dueOn ?? '',
    purchaseOrder: invoice?.purchaseOrder ?? '',
    note: invoice?.note ?? '',
    message: invoice?.message ?? '',
    late: Number(finePercent) > 0 || Number(interestPercent) > 0,
    finePercent: typedPercent(finePercent, locale),
    interestPercent: typedPercent(interestPercent, locale),
    allowsPartial: invoice?.allowsPartial ?? terms.allowsPartial,
    ...typedDiscount(invoice?.discount ?? null, locale),
    lines: JSON.stringify(lines.length > 0 ? lines : [emptyLine()]),
  };
}

/** The form of a draft: its own fields, its lines, and what they come to. */
export function useInvoiceForm(options: {
  initial: () => InvoiceValues;
  currency: string;
  /** The first day on which it may be due where it is about to be opened; a draft that is only kept may have any. */
  earliestDue: () => string | undefined;
  save: (input: InvoiceInput) => Promise<void>;
}): LinesForm<InvoiceValues> {
  const { initial, currency, earliestDue, save } = options;
  return useLinesForm<InvoiceValues>({
    initial,
    currency,
    validate: (values) => ({
      account: values.account ? undefined : translate('billing.editor.accountMissing'),
      title: missingText(values.title, translate('billing.editor.title')),
      dueOn: values.dueOn && values.dueOn < (earliestDue() ?? '') ? problemText('datePast') : undefined,
      finePercent: values.late ? percentProblem(values.finePercent) : undefined,
      interestPercent: values.late ? percentProblem(values.interestPercent) : undefined,
    }),
    save: (values, reckoning) => save(inputOf(values, reckoning, currency)),
  });
}

function inputOf(values: InvoiceValues, { sent, discount }: Reckoning, currency: string): InvoiceInput {
  const late = (text: string) =>
    values.late && typeof readPercent(text, currentLocale()) === 'bigint' ? percentSent(text, currentLocale())! : '0';
  return {
    billingAccountId: values.account!.id,
    title: values.title.trim(),
    currency,
    dueOn: isDay(values.dueOn) ? values.dueOn : null,
    purchaseOrder: values.purchaseOrder.trim() || null,
    note: values.note.trim() || null,
    message: values.message.trim() || null,
    finePercent: late(values.finePercent),
    interestPercent: late(values.interestPercent),
    allowsPartial: values.allowsPartial,
    discount: sentDiscount(discount),
    lines: sent,
  };
}

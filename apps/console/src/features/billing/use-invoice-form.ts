import { ApiError, currentLocale, missingText, problems, translate, useForm, type Form } from '@balcao/ui';
import { isDay, readPercent } from '@balcao/money';
import { computed, reactive, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import type { BillingSettings } from '../../data/billing-settings.js';
import type { Invoice, InvoiceInput } from '../../data/invoices.js';
import type { Reference } from '../../data/types.js';
import {
  emptyLine,
  lineFieldOf,
  percentSent,
  reckon,
  sentDiscount,
  typedDiscount,
  typedLine,
  typedPercent,
  type DraftLine,
  type LineField,
  type Reckoning,
  type TypedDiscount,
} from './draft.js';
import { percentProblem, problemText } from './typed.js';

/** A line in the editor; its key stays with it wherever it is moved. */
export interface EditedLine extends DraftLine {
  key: number;
}

export interface InvoiceValues extends TypedDiscount, Record<string, unknown> {
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
  /** All lines, as one text: so that what was changed and changed back counts as unchanged. */
  lines: string;
}

let keys = 0;
const keyed = (line: DraftLine): EditedLine => ({ ...line, key: ++keys });
const written = (lines: readonly EditedLine[]) => JSON.stringify(lines.map(({ key: _key, ...line }) => line));

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

export interface InvoiceForm extends Form<InvoiceValues> {
  lines: Ref<EditedLine[]>;
  reckoning: ComputedRef<Reckoning>;
  /** What is wrong with a field of a line, in words, once it was left or sent. */
  lineError: (line: EditedLine, field: LineField) => string | undefined;
  lineErrors: (line: EditedLine) => string[];
  judgeLine: (line: EditedLine, field: LineField) => void;
}

/**
 * The form of a draft: its own fields, its lines, and what they come to while they are typed. What the API says of a line's
 * field (`lines.3.discount.percent`) stands at that field until it is changed.
 */
export function useInvoiceForm(options: {
  initial: () => InvoiceValues;
  currency: string;
  /** The first day on which it may be due where it is about to be opened; a draft that is only kept may have any. */
  earliestDue: () => string | undefined;
  save: (input: InvoiceInput) => Promise<void>;
}): InvoiceForm {
  const { currency, earliestDue, save } = options;
  const lines = ref<EditedLine[]>([]);
  const judged = reactive(new Set<string>());
  /** What the API said of fields, and of what stood in them. */
  const refused = shallowRef<Record<string, { message: string; text: string }>>({});
  const name = ({ key }: EditedLine, field: LineField) => `${key}.${field}`;

  const reckoning: ComputedRef<Reckoning> = computed(() =>
    reckon(
      lines.value,
      { discount: form.values.discount, discountIn: form.values.discountIn },
      currency,
      currentLocale(),
    ),
  );

  const form: Form<InvoiceValues> = useForm<InvoiceValues>({
    initial: options.initial,
    validate: (values) =>
      problems({
        account: values.account ? undefined : translate('billing.editor.accountMissing'),
        title: missingText(values.title, translate('billing.editor.title')),
        dueOn: values.dueOn && values.dueOn < (earliestDue() ?? '') ? problemText('datePast') : undefined,
        finePercent: values.late ? percentProblem(values.finePercent) : undefined,
        interestPercent: values.late ? percentProblem(values.interestPercent) : undefined,
        discount: reckoning.value.discountProblem && problemText(reckoning.value.discountProblem),
        lines: reckoning.value.rows.some((row) => Object.keys(row.problems).length > 0)
          ? translate('billing.editor.linesWrong')
          : undefined,
      }),
    submit: async (values) => {
      refused.value = {};
      try {
        await save(inputOf(values));
      } catch (error) {
        throw error instanceof ApiError ? placed(error) : error;
      }
    },
  });

  function inputOf(values: InvoiceValues): InvoiceInput {
    const { sent, discount } = reckoning.value;
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

  /** Brings what the API says of lines to their fields; the form itself only says that there is something. */
  function placed(error: ApiError): ApiError {
    const sentLines = lines.value.filter((_line, place) => !reckoning.value.rows[place]?.blank);
    const found: typeof refused.value = {};
    const fields = error.fields.map((problem) => {
      const at = lineFieldOf(problem.path);
      const line = at && sentLines[at.place];
      if (line) found[name(line, at.field)] = { message: problem.message, text: line[at.field] };
      if (line) return { ...problem, path: 'lines', message: translate('billing.editor.linesWrong') };
      if (problem.path === 'billingAccountId') return { ...problem, path: 'account' };
      return problem.path.startsWith('discount.') ? { ...problem, path: 'discount' } : problem;
    });
    refused.value = found;
    const { status, code, detail, requestId, retryAfter } = error;
    return new ApiError({ status, code, detail, requestId, retryAfter, fields });
  }

  // The list and its text say the same: the list is what is edited, the text what the form compares.
  watch(
    lines,
    (now) => {
      const text = written(now);
      if (text !== form.values.lines) form.values.lines = text;
      if (form.errors.lines && reckoning.value.rows.every((row) => Object.keys(row.problems).length === 0))
        delete form.errors.lines;
    },
    { deep: true, flush: 'sync' },
  );
  watch(
    () => form.values.lines,
    (text) => {
      if (text === written(lines.value)) return;
      const fresh = JSON.parse(text) as DraftLine[];
      // Where one stood before, it keeps its key, and with it the focus of who is writing there.
      lines.value = fresh.map((line, place) => {
        const before = fresh.length === lines.value.length ? lines.value[place] : undefined;
        return before ? { ...line, key: before.key } : keyed(line);
      });
    },
    { immediate: true, flush: 'sync' },
  );

  const isSent = ref(false);
  watch(form.busy, () => (isSent.value = true));
  watch(
    () => form.errors.lines,
    (error) => {
      if (error) isSent.value = true;
    },
  );

  function lineError(line: EditedLine, field: LineField): string | undefined {
    const key = name(line, field);
    const said = refused.value[key];
    if (said && said.text === line[field]) return said.message;
    const place = lines.value.findIndex(({ key: one }) => one === line.key);
    const problem = reckoning.value.rows[place]?.problems[field];
    return problem && (isSent.value || judged.has(key)) ? problemText(problem) : undefined;
  }
  const FIELDS = Object.keys(emptyLine()) as LineField[];

  return {
    ...form,
    lines,
    reckoning,
    lineError,
    lineErrors: (line) => [...new Set(FIELDS.flatMap((field) => lineError(line, field) ?? []))],
    judgeLine: (line, field) => void judged.add(name(line, field)),
  };
}

export const newLine = (): EditedLine => keyed(emptyLine());

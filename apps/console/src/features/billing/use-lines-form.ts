import { ApiError, currentLocale, problems, translate, useForm, type Form } from '@balcao/ui';
import { computed, reactive, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import {
  emptyLine,
  lineFieldOf,
  reckon,
  type DraftLine,
  type LineField,
  type Reckoning,
  type TypedDiscount,
} from './draft.js';
import { problemText } from './typed.js';

/** A line in the editor; its key stays with it wherever it is moved. */
export interface EditedLine extends DraftLine {
  key: number;
}

/** What every form with lines has: what is taken off them all, and they. */
export interface LinesValues extends TypedDiscount, Record<string, unknown> {
  /** All lines, as one text: so that what was changed and changed back counts as unchanged. */
  lines: string;
}

let keys = 0;
const keyed = (line: DraftLine): EditedLine => ({ ...line, key: ++keys });
const written = (lines: readonly EditedLine[]) => JSON.stringify(lines.map(({ key: _key, ...line }) => line));

/** What `LineEditor` draws. */
export interface EditedLines {
  lines: Ref<EditedLine[]>;
  reckoning: ComputedRef<Reckoning>;
  /** What is wrong with a field of a line, in words, once it was left or sent. */
  lineError: (line: EditedLine, field: LineField) => string | undefined;
  lineErrors: (line: EditedLine) => string[];
  judgeLine: (line: EditedLine, field: LineField) => void;
}

export type LinesForm<Values extends LinesValues> = Form<Values> & EditedLines;

/**
 * A form with lines: its own fields, the lines, and what they come to while they are typed. What the API says of a line's
 * field (`lines.3.discount.percent`) stands at that field until it is changed.
 */
export function useLinesForm<Values extends LinesValues>(options: {
  initial: () => Values;
  currency: string;
  /** What is wrong with its other fields. */
  validate: (values: Values) => Partial<Record<keyof Values & string, string | undefined>>;
  /** Whether the lines are part of it; always where absent. */
  hasLines?: (values: Values) => boolean;
  /** @param reckoning what the lines come to, and how they are sent */
  save: (values: Values, reckoning: Reckoning) => Promise<void>;
}): LinesForm<Values> {
  const { currency, hasLines = () => true } = options;
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

  const form: Form<Values> = useForm<Values>({
    initial: options.initial,
    validate: (values) =>
      problems({
        ...options.validate(values),
        ...(hasLines(values) && {
          discount: reckoning.value.discountProblem && problemText(reckoning.value.discountProblem),
          lines: reckoning.value.rows.some((row) => Object.keys(row.problems).length > 0)
            ? translate('billing.editor.linesWrong')
            : undefined,
        }),
      }) as never,
    submit: async (values) => {
      refused.value = {};
      try {
        await options.save(values, reckoning.value);
      } catch (error) {
        throw error instanceof ApiError ? placed(error) : error;
      }
    },
  });

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
      // What acceptance of a proposal brings is asked for field by field.
      if (problem.path.startsWith('outcome.')) return { ...problem, path: problem.path.split('.')[1]! };
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

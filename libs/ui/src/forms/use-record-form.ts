import { computed, shallowRef, type ComputedRef } from 'vue';
import type { Locale } from '../i18n/locales.js';
import type { Mask } from './mask.js';
import { useForm, type Form } from './use-form.js';
import { emailProblem, missingText, problems } from './validators.js';

/** A field of a record: what it begins with and how it is shown. Texts must have something to see unless `optional`. */
export interface RecordField<Value extends string | boolean = string | boolean> {
  value: Value;
  label: string;
  help?: string;
  /**
   * `code` is no word of a language, `number` one that people write with their own marks, `day` one of the calendar
   * (`2026-11-28`); `own` is drawn whole by the slot of the field's name.
   */
  kind?: 'text' | 'email' | 'tel' | 'url' | 'code' | 'number' | 'day' | 'long' | 'own';
  options?: readonly { value: string; label: string }[];
  optional?: boolean;
  /** Of one's `own` or a choice: must have something to see as others do. */
  required?: boolean;
  /** Said where nothing is written. */
  missing?: string;
  /** Said while it is typed, before anything is sent. */
  hint?: string;
  /** What else is wrong with it. */
  problem?: (text: string) => string | undefined;
  /** Codes of the API that are about it. */
  codes?: readonly string[];
  max?: number;
  /** How it looks while it is typed. */
  mask?: Mask;
  disabled?: boolean;
  /** Shown only. */
  readonly?: boolean;
  hidden?: boolean;
  /** Begins a part of the form under this heading. */
  heading?: string;
  /** Across all columns. */
  wide?: boolean;
  /** In a dialog: in half a line, for what is short. */
  half?: boolean;
  lang?: Locale;
  autocomplete?: string;
}

type Fields = Record<string, RecordField>;
/** A text that begins empty may become any. */
type Kept<Value> = [Value] extends [boolean] ? boolean : [Value] extends [''] ? string : Value;
export type RecordValues<F extends Fields> = { [Name in keyof F]: Kept<F[Name]['value']> };

export interface RecordForm<F extends Fields> extends Form<RecordValues<F>> {
  fields: ComputedRef<F>;
}

/** What `RecordForm` draws of any record. */
export interface DrawnRecord extends Pick<Form<Record<string, unknown>>, 'failure' | 'busy' | 'dirty' | 'submit'> {
  fields: ComputedRef<Fields>;
  values: Record<string, string | boolean>;
  errors: Partial<Record<string, string>>;
  reset: () => void;
}

/** What is wrong with what stands in a field. */
function problemOf(
  { kind, label, options, optional, readonly, required, missing, problem }: RecordField,
  value: string | boolean,
) {
  if (typeof value !== 'string' || readonly) return undefined;
  if (kind === 'email') return emailProblem(value, { optional });
  const may = optional || (!required && (options || kind === 'own'));
  const absent = !may && missingText(value, label);
  return absent ? (missing ?? absent) : problem?.(value);
}

/**
 * The form of one record, told by its fields, which `RecordForm` draws. Texts are sent without the space around them.
 * `submit` is given all of them, and those that were changed. What it throws is shown; where it answers `false` nothing was sent.
 * @param describe the fields; it is given what stands in them now, and nothing before they are there
 */
export function useRecordForm<F extends Fields>(
  describe: (now: Partial<Record<string, string | boolean>>) => F,
  submit: (values: RecordValues<F>, changed: Partial<RecordValues<F>>) => Promise<unknown>,
): RecordForm<F> {
  const values = shallowRef<Partial<Record<string, string | boolean>>>({});
  const fields = computed(() => describe(values.value));
  const entries = () => Object.entries(fields.value);
  const each = <To>(to: (field: RecordField, name: string) => To) =>
    Object.fromEntries(entries().map(([name, field]) => [name, to(field, name)]));
  const form: Form<RecordValues<F>> = useForm({
    initial: () => each(({ value }) => value) as RecordValues<F>,
    validate: (typed) => problems(each((field, name) => problemOf(field, typed[name] as string | boolean))) as never,
    fieldOfCode: Object.fromEntries(entries().flatMap(([name, { codes = [] }]) => codes.map((code) => [code, name]))),
    submit: async (typed) => {
      const input = each((_, name) => trimmed(typed[name] as string | boolean)) as RecordValues<F>;
      const changed = Object.entries(input).filter(([name]) => form.isChanged(name));
      if ((await submit(input, Object.fromEntries(changed) as typeof input)) !== false) form.reset(input);
    },
  });
  values.value = form.values;
  return { ...form, fields };
}

const trimmed = (value: string | boolean) => (typeof value === 'string' ? value.trim() : value);

import { computed, nextTick, reactive, ref, shallowRef, toRaw, watch, type Ref, type ShallowRef } from 'vue';
import { ApiError } from '../api/api-error.js';
import { errorText } from '../api/error-text.js';

type Values = Record<string, unknown>;

/** A text for each field that does not fit. */
export type FormErrors<V extends Values> = Partial<Record<keyof V & string, string>>;

export interface FormOptions<V extends Values> {
  /** The values to begin with, and to return to. */
  initial: () => V;
  /** What is wrong before anything is sent; an empty object where all is well. */
  validate?: (values: V) => FormErrors<V>;
  /** Sends the form. What it throws is shown and everything typed stays. */
  submit: (values: V) => Promise<void>;
  /** Codes of the API that are about one field, for example `{ email_taken: 'email' }`. */
  fieldOfCode?: Record<string, keyof V & string>;
}

export interface Form<V extends Values> {
  values: V;
  errors: FormErrors<V>;
  /** What failed beyond single fields; show it above the form. */
  failure: ShallowRef<ApiError | Error | undefined>;
  busy: Ref<boolean>;
  /** Whether anything differs from the beginning. */
  dirty: Readonly<Ref<boolean>>;
  /** Whether this field does. */
  isChanged: (key: string) => boolean;
  /** How many fields do. */
  changes: Readonly<Ref<number>>;
  /** Bind as `@submit.prevent="form.submit"`. */
  submit: (event?: Event) => Promise<void>;
  /** Judges a changed field as it is left, by its control's name: bind as `@focusout="form.judge"` where a form is long. */
  judge: (event: FocusEvent) => void;
  /** Takes the present values, or those given, as the new beginning. */
  reset: (values?: V) => void;
  /**
   * Begins anew with what somebody else has saved. What was typed stays in the fields that they left alone; where both
   * changed one, `ask` decides whether theirs may come. @returns whether it did
   */
  rebase: (theirs: V, ask: () => Promise<boolean>) => Promise<boolean>;
}

/**
 * A form that cannot be sent twice, keeps what was typed, puts the API's field errors beside their fields and moves
 * the focus to the first of them. Nothing is judged before it is sent or left (`judge`); after that a mark goes as soon as
 * its field fits.
 */
export function useForm<V extends Values>(options: FormOptions<V>): Form<V> {
  const beginning = shallowRef(options.initial());
  const values = reactive({ ...beginning.value }) as V;
  const errors = reactive({}) as FormErrors<V>;
  const failure = shallowRef<ApiError | Error>();
  const busy = ref(false);
  /** Fields that are judged while they are mended: all of them from the first sending on. */
  const judged = new Set<string>();

  // Lists and objects come out of `values` as proxies.
  const isChanged = (key: string) => toRaw(values[key]) !== toRaw(beginning.value[key]);
  const fields = Object.keys(beginning.value) as (keyof V & string)[];
  const changes = computed(() => fields.filter(isChanged).length);
  const dirty = computed(() => changes.value > 0);

  function showErrors(found: FormErrors<V>): void {
    for (const key of Object.keys(errors)) delete errors[key as keyof FormErrors<V>];
    Object.assign(errors, found);
  }

  function look(key: keyof V & string): void {
    if (!judged.has(key)) return;
    const problem = options.validate?.(values)[key];
    if (problem) (errors as Record<string, string>)[key] = problem;
    else delete errors[key];
  }

  for (const key of fields) {
    watch(
      () => values[key],
      () => look(key),
      { flush: 'sync' },
    );
  }

  function judge({ target }: FocusEvent): void {
    const key = fields.find((field) => field === (target as HTMLInputElement | null)?.name);
    if (key === undefined || judged.has(key) || !isChanged(key)) return;
    judged.add(key);
    look(key);
  }

  function reset(to: V = options.initial()): void {
    judged.clear();
    beginning.value = { ...to };
    Object.assign(values, to);
    showErrors({});
    failure.value = undefined;
  }

  async function rebase(theirs: V, ask: () => Promise<boolean>): Promise<boolean> {
    const [before, typed] = [beginning.value, { ...toRaw(values) }];
    const mine = Object.keys(before).filter(
      (key) => !isSame(typed[key], before[key]) && !isSame(typed[key], theirs[key]),
    );
    const kept = mine.filter((key) => isSame(theirs[key], before[key]));
    if (kept.length < mine.length && !(await ask())) return false;
    reset(theirs);
    Object.assign(values, Object.fromEntries(kept.map((key) => [key, typed[key]])));
    return true;
  }

  async function submit(event?: Event): Promise<void> {
    if (busy.value) return;
    const element = event?.target instanceof HTMLFormElement ? event.target : undefined;
    failure.value = undefined;
    for (const key of fields) judged.add(key);
    showErrors(options.validate?.(values) ?? {});
    if (Object.keys(errors).length > 0) return showRefusal(element);
    busy.value = true;
    try {
      await options.submit({ ...toRaw(values) });
    } catch (error) {
      failure.value = error instanceof Error ? error : new Error(String(error));
      if (error instanceof ApiError) showErrors(fieldErrors(error));
      return showRefusal(element);
    } finally {
      busy.value = false;
    }
  }

  /** Leads to what is wrong. A problem of a field that the page does not draw is said above the form: there is no other place for it. */
  async function showRefusal(form: HTMLFormElement | undefined): Promise<void> {
    await nextTick();
    const drawn = form?.textContent;
    const unseen = Object.values<string | undefined>(errors).filter((text) => text && drawn?.includes(text) === false);
    if (unseen.length > 0) {
      const { fields = [], detail = undefined } = failure.value instanceof ApiError ? failure.value : {};
      const told = [detail, ...unseen].filter(Boolean).join(' ');
      failure.value = new ApiError({ status: 400, code: 'validation_failed', detail: told, fields });
    }
    return focusFirst(form);
  }

  /** What the API says of single fields; what it says beyond them stays in `failure`. */
  function fieldErrors(error: ApiError): FormErrors<V> {
    const found: FormErrors<V> = {};
    const field = options.fieldOfCode?.[error.code];
    if (field) found[field] = errorText(error);
    for (const problem of error.fields) {
      if (problem.path in values) found[problem.path as keyof V & string] ??= problem.message;
    }
    const told = field ? 1 : error.fields.filter(({ path }) => path in values).length;
    if (told > 0 && told >= error.fields.length) failure.value = undefined;
    return found;
  }

  return { values, errors, failure, busy, dirty, isChanged, changes, submit, judge, reset, rebase };
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Brings the first field that is marked, or the notice that says what failed, to the middle of the screen and focuses it. */
async function focusFirst(form: HTMLFormElement | undefined): Promise<void> {
  await nextTick();
  const marked = form?.querySelector<HTMLElement>('[data-invalid], [aria-invalid="true"], [data-error-banner]');
  // At the edge it would lie under a bar that stays in sight.
  marked?.scrollIntoView({ block: 'center' });
  const within = (selector: string) =>
    marked?.matches('[data-invalid]') ? marked.querySelector<HTMLElement>(selector) : undefined;
  const control =
    within('[aria-invalid="true"]') ??
    within('input:not(.hidden), textarea, select, button') ??
    within('[tabindex]') ??
    marked;
  control?.focus({ preventScroll: true });
}

import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { ApiError } from '../api/api-error.js';
import { useDebounced } from '../forms/use-debounced.js';
import { emailProblem } from '../forms/validators.js';
import { readPeople, type PersonLine } from './people-csv.js';

interface ListSettings<Request> {
  roles?: Readonly<Ref<readonly { id: string; name: string }[]>>;
  reading?: Parameters<typeof readPeople>[2];
  /** What invites people of the list; nothing before it is known whose people they are. */
  requestFor: (people: readonly PersonLine[]) => Request | undefined;
  /** Whether all of them would be invited. @throws ApiError as inviting them does */
  check: (request: Request, signal: AbortSignal) => Promise<unknown>;
  /** How many the API looks at at once, and how many people a list may have. */
  atOnce: number;
  most: number;
}

/** A list of people as it is typed, what was read of it, and what is wrong with its lines, here or in the API's eyes. */
export function usePeopleList<Request>({
  roles = ref([]),
  reading,
  requestFor,
  check: ask,
  atOnce,
  most,
}: ListSettings<Request>) {
  const { t } = useI18n();
  const text = ref('');
  const people = shallowRef<PersonLine[]>([]);
  const taken = shallowRef<string[]>([]);
  /** What the API said of whom it was asked about: what is wrong, or that nothing is. */
  const answers = shallowRef<ReadonlyMap<PersonLine, string | undefined>>(new Map());

  watch([text, roles], async ([typed, known], _before, onCleanup) => {
    let stale = false;
    onCleanup(() => (stale = true));
    const read = await readPeople(typed, known, reading);
    if (stale) return;
    people.value = read.people;
    taken.value = read.taken;
  });

  const sound = computed(() => people.value.filter(({ problem }) => !problem));
  const request = computed(() => requestFor(sound.value));
  watch(request, () => (answers.value = new Map()));
  watch(useDebounced(request), (_request, _before, onCleanup) => {
    const asking = new AbortController();
    onCleanup(() => asking.abort());
    return checkAll(asking.signal);
  });

  async function checkAll(signal: AbortSignal): Promise<void> {
    const all = sound.value;
    if (all.length > most) return;
    for (let from = 0; from < all.length && !signal.aborted; from += atOnce)
      await check(all.slice(from, from + atOnce), signal);
  }

  /** Asks until all who are left would be invited: while the API cannot read a line, it does not look at the others. */
  async function check(some: readonly PersonLine[], signal: AbortSignal): Promise<void> {
    let left = some;
    for (let body = requestFor(left); body && left.length > 0; body = requestFor(left)) {
      try {
        await ask(body, signal);
        if (!signal.aborted) note(left.map((person) => [person, undefined]));
        return;
      } catch (error) {
        const wrong = new Map(signal.aborted ? [] : refusalsIn(error, left));
        if (wrong.size === 0) return;
        note(wrong);
        left = left.filter((person) => !wrong.has(person));
      }
    }
  }

  const note = (said: Iterable<[PersonLine, string | undefined]>) =>
    (answers.value = new Map([...answers.value, ...said]));

  const wrongWith = ({ problem, email }: PersonLine) =>
    problem === 'email' ? (emailProblem(email) ?? t('ui.fields.emailInvalid')) : t(`ui.people.problems.${problem}`);
  const lines = computed(() =>
    people.value.map((person) => {
      const trouble = person.problem ? wrongWith(person) : answers.value.get(person);
      return { ...person, trouble, isChecked: answers.value.has(person) };
    }),
  );
  const troubled = computed(() => lines.value.filter(({ trouble }) => trouble).length);

  /** Takes over what the API says of single lines. @returns whether it spoke of lines only */
  function refuse(error: unknown): boolean {
    const wrong = refusalsIn(error, people.value);
    note(wrong);
    return wrong.length > 0 && wrong.length === (error as ApiError).fields.length;
  }

  return { text, people, lines, taken, troubled, refuse };
}

/** What a refusal says of single people among those it was asked about. */
function refusalsIn(error: unknown, people: readonly PersonLine[]): [PersonLine, string][] {
  if (!(error instanceof ApiError)) return [];
  return error.fields.flatMap(({ path, message }): [PersonLine, string][] => {
    const person = people[Number(/^invitations\.(\d+)\./.exec(path)?.[1])];
    return person ? [[person, message]] : [];
  });
}

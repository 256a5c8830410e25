import type { CreateInvitationsRequest } from '@balcao/api-client';
import { ApiError, emailProblem, useDebounced } from '@balcao/ui';
import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { checkInvitations } from '../../data/invitations.js';
import { MOST_PEOPLE, readPeople, writePeople, type PersonLine } from './people-csv.js';

/**
 * The list as it is typed, what was read of it, and what is wrong with its lines, here or in the API's eyes.
 * @param requestFor what invites people of the list; nothing before it is known whose people they are
 */
export function usePeopleList(
  roles: Readonly<Ref<readonly { id: string; name: string }[]>>,
  requestFor: (people: readonly PersonLine[]) => CreateInvitationsRequest | undefined,
) {
  const { t } = useI18n();
  const text = ref('');
  const people = shallowRef<PersonLine[]>([]);
  const taken = shallowRef<string[]>([]);
  /** What the API said of whom it was asked about: what is wrong, or that nothing is. */
  const answers = shallowRef<ReadonlyMap<PersonLine, string | undefined>>(new Map());

  watch([text, roles], async ([typed, known], _before, onCleanup) => {
    let stale = false;
    onCleanup(() => (stale = true));
    const read = await readPeople(typed, known);
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
    return check(asking.signal);
  });

  /** Asks until all who are left would be invited: while the API cannot read a line, it does not look at the others. */
  async function check(signal: AbortSignal): Promise<void> {
    let left: readonly PersonLine[] = sound.value;
    for (let body = requestFor(left); body && left.length > 0 && left.length <= MOST_PEOPLE; body = requestFor(left)) {
      try {
        await checkInvitations(body, signal);
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
    problem === 'email'
      ? (emailProblem(email) ?? t('ui.fields.emailInvalid'))
      : t(`invitations.many.problems.${problem}`);
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

  async function dropTroubled(): Promise<void> {
    text.value = await writePeople(lines.value.filter(({ trouble }) => !trouble));
  }

  return { text, people, lines, taken, troubled, refuse, dropTroubled };
}

/** What a refusal says of single people among those it was asked about. */
function refusalsIn(error: unknown, people: readonly PersonLine[]): [PersonLine, string][] {
  if (!(error instanceof ApiError)) return [];
  return error.fields.flatMap(({ path, message }): [PersonLine, string][] => {
    const person = people[Number(/^invitations\.(\d+)\./.exec(path)?.[1])];
    return person ? [[person, message]] : [];
  });
}

import { ApiError, emailProblem } from '@balcao/ui';
import { computed, ref, shallowRef, watch, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { readPeople, writePeople, type PersonLine } from './people-csv.js';

/** The list as it is typed, what was read of it, and what is wrong with its lines, here or in the API's eyes. */
export function usePeopleList(roles: Readonly<Ref<readonly { id: string; name: string }[]>>) {
  const { t } = useI18n();
  const text = ref('');
  const people = shallowRef<PersonLine[]>([]);
  const taken = shallowRef<string[]>([]);
  /** What the API said, by place in the list; it holds for the list that was sent. */
  const refusals = shallowRef(new Map<number, string>());

  watch([text, roles], async ([typed, known], _before, onCleanup) => {
    let stale = false;
    onCleanup(() => (stale = true));
    const read = await readPeople(typed, known);
    if (stale) return;
    people.value = read.people;
    taken.value = read.taken;
    refusals.value = new Map();
  });

  const wrongWith = ({ problem, email }: PersonLine) =>
    problem === 'email'
      ? (emailProblem(email) ?? t('ui.fields.emailInvalid'))
      : t(`invitations.many.problems.${problem}`);
  const lines = computed(() =>
    people.value.map((person, index) => ({
      ...person,
      trouble: person.problem ? wrongWith(person) : refusals.value.get(index),
    })),
  );
  const troubled = computed(() => lines.value.filter(({ trouble }) => trouble).length);

  /** Takes over what the API says of single lines. @returns whether it spoke of lines only */
  function refuse(error: unknown): boolean {
    if (!(error instanceof ApiError)) return false;
    const found = new Map<number, string>();
    for (const field of error.fields) {
      const index = /^invitations\.(\d+)\./.exec(field.path)?.[1];
      if (index !== undefined) found.set(Number(index), field.message);
    }
    refusals.value = found;
    return found.size > 0 && found.size >= new Set(error.fields.map(({ path }) => path.split('.')[1])).size;
  }

  async function dropTroubled(): Promise<void> {
    text.value = await writePeople(lines.value.filter(({ trouble }) => !trouble));
  }

  return { text, lines, taken, troubled, refuse, dropTroubled };
}

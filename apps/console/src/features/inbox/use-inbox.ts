import { useAddress } from '@balcao/ui';
import { computed } from 'vue';
import { useRouter } from 'vue-router';
import { useSelection } from './use-selection.js';
import { SORTS, useTickets, VIEWS, type View } from '../../data/tickets.js';

/** The list as its address narrows it, and the steps through it. */
export function useInbox(current: () => string | undefined) {
  const router = useRouter();
  const { filters, page, filtered, clear } = useAddress('q', 'status', 'priority', 'type');
  const { filters: place } = useAddress('view', 'sort');

  const view = computed<View>({
    get: () => VIEWS.find((name) => name === place.view.value) ?? 'mine',
    set: (name) => (place.view.value = name === 'mine' ? '' : name),
  });
  const query = useTickets(() => ({
    view: view.value,
    status: filters.status.value,
    priority: filters.priority.value,
    type: filters.type.value,
    q: filters.q.value,
    sort: SORTS.find((name) => name === place.sort.value),
    page: page.value,
  }));
  const tickets = computed(() => query.data.value?.data ?? []);
  const counts = computed(() => query.data.value?.counts);
  const countsExact = computed(() => query.data.value?.countsExact);
  const pagination = computed(() => query.data.value?.pagination);

  /** Opens the next ticket of the list, or the one before. */
  function step(by: 1 | -1): void {
    const index = tickets.value.findIndex(({ id }) => id === current());
    const next = tickets.value[index === -1 ? 0 : index + by];
    if (!next) return;
    const to = { name: 'ticket', params: { id: next.id }, query: router.currentRoute.value.query };
    void (current() ? router.replace(to) : router.push(to));
  }

  const selection = useSelection(tickets);

  return {
    view,
    sort: place.sort,
    ...filters,
    page,
    filtered,
    clear,
    query,
    tickets,
    counts,
    countsExact,
    pagination,
    step,
    selection,
  };
}

export type Inbox = ReturnType<typeof useInbox>;

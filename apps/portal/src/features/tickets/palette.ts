import { computed } from 'vue';
import { useRouter } from 'vue-router';
import type { PaletteSearch } from '@balcao/ui';
import { useFoundTickets } from '../../data/tickets.js';

/** Tickets in the palette. */
export const search: PaletteSearch = (q) => {
  const router = useRouter();
  const { data, isFetching } = useFoundTickets(q);
  const items = computed(() =>
    (data.value?.data ?? []).map(({ id, subject, number }) => ({
      id: `ticket-${id}`,
      icon: 'i-lucide-message-square',
      label: subject,
      hint: number,
      run: () => void router.push({ name: 'ticket', params: { id } }),
    })),
  );
  return { page: 'tickets', items, busy: isFetching };
};

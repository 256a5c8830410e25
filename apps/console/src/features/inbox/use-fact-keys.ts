import { translate } from '@balcao/ui';
import { computed, ref } from 'vue';
import { usePageActions } from '../../components/page-actions.js';
import { useLetterKeys } from '../../components/use-letter-keys.js';

/** The properties that open a menu by a key. */
export type FactName = 'status' | 'assignee' | 'priority';

/** The letter that began it shall not choose in the menu that it opens. */
const MENU_DELAY = 50;

/**
 * The letters that change what a ticket is, and the same in the palette: of the ticket that is open, or of the marked ones
 * while there are any. `done` and `take` are left out where they make no sense; `edit` opens the menu `openMenu`.
 */
export function useFactKeys(
  ways: () => { done: () => void; doneLabel: string; take?: () => void; edit?: (name: FactName) => void } | undefined,
) {
  const openMenu = ref<FactName>();
  const actions = computed(() => {
    const now = ways();
    if (!now) return [];
    const fact = (name: FactName) => () => {
      now.edit?.(name);
      setTimeout(() => (openMenu.value = name), MENU_DELAY);
    };
    return [
      { id: 'done', icon: 'i-lucide-check', label: now.doneLabel, hint: 'E', run: now.done },
      ...(now.take
        ? [{ id: 'take', icon: 'i-lucide-user-check', label: translate('inbox.take'), hint: 'T', run: now.take }]
        : []),
      {
        id: 'assign',
        icon: 'i-lucide-user',
        label: translate('inbox.palette.assign'),
        hint: 'A',
        run: fact('assignee'),
      },
      {
        id: 'status',
        icon: 'i-lucide-circle-dot',
        label: translate('inbox.palette.status'),
        hint: 'S',
        run: fact('status'),
      },
      {
        id: 'priority',
        icon: 'i-lucide-signal',
        label: translate('inbox.palette.priority'),
        hint: 'P',
        run: fact('priority'),
      },
    ];
  });
  useLetterKeys(() => Object.fromEntries(actions.value.map(({ hint, run }) => [hint.toLowerCase(), run])));
  usePageActions(() => actions.value);
  const menu = (name: FactName) =>
    computed({ get: () => openMenu.value === name, set: (open) => (openMenu.value = open ? name : undefined) });
  return { status: menu('status'), assignee: menu('assignee'), priority: menu('priority') };
}

export type FactMenus = ReturnType<typeof useFactKeys>;

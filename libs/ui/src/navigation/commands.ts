import { folded } from '@balcao/contracts';

/** Something that the palette can open or do. */
export interface CommandItem {
  id: string;
  label: string;
  icon?: string;
  /** Shown at the end of the line: a shortcut or a number. */
  hint?: string;
  /** Further words to be found by. */
  keywords?: string;
  run: () => void;
}

export interface CommandGroup {
  id: string;
  label: string;
  items: readonly CommandItem[];
  /** Set where a server has searched already. */
  searched?: boolean;
}

/** Groups with the items in which every typed word occurs, whatever its accents and case. */
export function searchCommands(groups: readonly CommandGroup[], term: string): CommandGroup[] {
  const words = folded(term).split(/\s+/).filter(Boolean);
  const fits = (item: CommandItem) => {
    const text = folded(`${item.label} ${item.keywords ?? ''}`);
    return words.every((word) => text.includes(word));
  };
  return groups
    .map((group) => (group.searched ? group : { ...group, items: group.items.filter(fits) }))
    .filter((group) => group.items.length > 0);
}

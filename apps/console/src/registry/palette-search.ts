import type { CommandItem, Word } from '@balcao/ui';

/** What the palette asks the API for; a feature offers it by its `search.ts`. */
export interface PaletteSearch {
  id: string;
  heading: Word;
  /** The page that shows what was found; who may not open it does not search. */
  page: string;
  find: (query: { q: string; limit: number }, signal: AbortSignal) => Promise<Omit<CommandItem, 'run'>[]>;
}

import type { RouteLocationRaw } from 'vue-router';

/** One column of a table, told by what its cells say; that is also what is exported and what a phone shows. */
export interface Column<Item> {
  label: string;
  text?: (item: Item) => string | null | undefined;
  /** A time instead of a text, and what stands where there is none yet. */
  at?: (item: Item) => string | null | undefined;
  none?: string;
  /** Without the time of day. */
  date?: boolean;
  /** How the text looks as a pill. */
  badge?: (item: Item) => { tone: 'neutral' | 'success' | 'warning' | 'danger' | 'info'; icon: string };
  /** The page of the row. */
  to?: (item: Item) => RouteLocationRaw;
  /** A second line, in small. */
  below?: (item: Item) => string | false | null | undefined;
  /** What that line says, as columns of their own in a file; without it, one that has no name. */
  filed?: readonly { label: string; text: (item: Item) => string | null | undefined }[];
  number?: boolean;
  /** A number that a phone shows, too. */
  amount?: boolean;
  /** Its texts are of any length. */
  wraps?: boolean;
  /** The slot that draws the cell, and whether that is a pill. */
  slot?: string;
  pill?: boolean;
}

/** What can be done with a row. */
export interface RowAction {
  label: string;
  icon: string;
  color?: 'error';
  onSelect: () => void;
}

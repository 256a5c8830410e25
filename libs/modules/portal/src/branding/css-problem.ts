import type { FieldError } from '@balcao/platform-errors';

/** Why a line of a tenant's stylesheet is refused. */
export type CssProblemReason =
  | 'syntax'
  | 'escape'
  | 'comment'
  | 'character'
  | 'nesting'
  | 'at_rule'
  | 'selector'
  | 'property'
  | 'url'
  | 'function'
  | 'animation'
  | 'depth';

export interface CssProblem {
  /** Counted from 1. */
  line: number;
  /** Counted from 1. */
  column: number;
  reason: CssProblemReason;
  /** What was found there, cut to a few characters. */
  found: string;
}

/** What stands against one place of a stylesheet that the request has at `path`. */
export const cssRefusal = (path: string, { line, column, reason, found }: CssProblem): FieldError => ({
  path,
  code: `css_${reason}`,
  params: { found, column },
  line,
});

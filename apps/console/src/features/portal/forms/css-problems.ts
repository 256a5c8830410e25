import { ApiError } from '@balcao/ui';

/** A line of the stylesheet that the API refuses. */
export interface CssProblem {
  line: number;
  /** Key of its text below `portal.style.reasons`. */
  reason: string;
}

const CODE = /^css_(\w+)$/;

/** What the API found in a stylesheet, line by line; nothing where it refused something else. */
export function cssProblemsOf(error: unknown): CssProblem[] {
  if (!(error instanceof ApiError)) return [];
  return error.fields.flatMap(({ code, line }) => {
    const reason = CODE.exec(code)?.[1];
    return reason && line ? [{ line, reason }] : [];
  });
}

/** Where a line of a text begins and ends, for selecting it. */
export function lineRange(text: string, line: number): [start: number, end: number] {
  const lines = text.split('\n');
  const start = lines.slice(0, line - 1).reduce((length, each) => length + each.length + 1, 0);
  return [start, start + (lines[line - 1]?.length ?? 0)];
}

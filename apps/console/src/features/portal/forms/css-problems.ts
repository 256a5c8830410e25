import { ApiError, type FieldError } from '@balcao/ui';

/** A place of the stylesheet that the API refuses, and why. */
export interface CssProblem {
  line: number;
  column: number;
  message: string;
}

/** What the API found in a stylesheet, place by place; nothing where it refused something else. */
export function cssProblemsOf(error: unknown): CssProblem[] {
  if (!(error instanceof ApiError)) return [];
  return cssProblemsIn(error.fields);
}

/** Those of a list that are about a stylesheet. */
export function cssProblemsIn(fields: readonly FieldError[]): CssProblem[] {
  return fields.flatMap(({ code, line, params, message }) =>
    code.startsWith('css_') && line ? [{ line, column: Number(params?.['column'] ?? 1), message }] : [],
  );
}

/** A place of a text, to the end of its line, for selecting it. */
export function rangeOf(text: string, { line, column }: CssProblem): [start: number, end: number] {
  const lines = text.split('\n');
  const start = lines.slice(0, line - 1).reduce((length, each) => length + each.length + 1, 0);
  return [start + column - 1, start + (lines[line - 1]?.length ?? 0)];
}

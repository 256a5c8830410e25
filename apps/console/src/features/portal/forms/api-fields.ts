import { ApiError, type FieldError } from '@balcao/ui';

const THEME_PATH = /^settings\.branding\.theme\.(light|dark)\.(\w+)/;
const TEXT_PATH = /^settings\.\w+\.(\w+)\.([a-z]{2}-[A-Z]{2})$/;

/** The field of these forms that a path of the API's body stands for. */
export function fieldOfPath(path: string): string {
  const [, mode, kind] = THEME_PATH.exec(path) ?? [];
  if (mode) return `${kind}${mode === 'light' ? 'Light' : 'Dark'}`;
  const [, text, locale] = TEXT_PATH.exec(path) ?? [];
  if (text) return `${text}-${locale}`;
  return path.replace(/^settings\.\w+\./, '').replace(/[.[].*$/, '');
}

/** The same refusal, about fields as the forms name them. */
export function aboutForm(error: unknown): unknown {
  if (!(error instanceof ApiError) || error.fields.length === 0) return error;
  const fields: FieldError[] = error.fields.map((field) => ({ ...field, path: fieldOfPath(field.path) }));
  return new ApiError({ ...error, fields }, { cause: error });
}

import { ApiError, type FieldError } from '@balcao/ui';

const THEME_PATH = /^branding\.theme\.(light|dark)\.(\w+)/;

/** The field of these forms that a path of the API's body stands for. */
export function fieldOfPath(path: string): string {
  const [, mode, kind] = THEME_PATH.exec(path) ?? [];
  if (mode) return `${kind}${mode === 'light' ? 'Light' : 'Dark'}`;
  return path.replace(/^(branding|settings\.\w+)\./, '').replace(/[.[].*$/, '');
}

/** The same refusal, about fields as the forms name them. */
export function aboutForm(error: unknown): unknown {
  if (!(error instanceof ApiError) || error.fields.length === 0) return error;
  const fields: FieldError[] = error.fields.map((field) => ({ ...field, path: fieldOfPath(field.path) }));
  return new ApiError({ ...error, fields }, { cause: error });
}

import { ERROR_CATALOGUE, fieldErrorText, type Locale } from '@balcao/contracts';
import type { DomainError, FieldError } from '@balcao/platform-errors';

interface Circumstances {
  locale: Locale;
  requestId: string;
  /** Path that was asked for; unknown where the request could not be read. */
  instance?: string;
}

/** What stands against single fields, with the words for it. */
export const fieldErrorsInWords = (fields: readonly FieldError[], locale: Locale) =>
  fields.map((field) => ({ ...field, message: fieldErrorText(field.code, locale, field.params) }));

/** An error as RFC 9457 describes it, in one language. */
export function problemDocument(error: DomainError, { locale, requestId, instance }: Circumstances) {
  const { status, text } = ERROR_CATALOGUE[error.code];
  return {
    type: 'application/problem+json; charset=utf-8',
    body: JSON.stringify({
      type: `urn:balcao:error:${error.code}`,
      title: text['en-US'],
      status,
      detail: text[locale],
      instance,
      code: error.code,
      errors: fieldErrorsInWords(error.fields, locale),
      requestId,
      error: text['en-US'],
      ...error.extensions,
    }),
  };
}

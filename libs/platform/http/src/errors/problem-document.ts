import { ERROR_CATALOGUE, fieldErrorText, type Locale } from '@balcao/contracts';
import type { DomainError } from '@balcao/platform-errors';

interface Circumstances {
  locale: Locale;
  requestId: string;
  /** Path that was asked for; unknown where the request could not be read. */
  instance?: string;
}

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
      errors: error.fields.map((field) => ({ ...field, message: fieldErrorText(field.code, locale, field.params) })),
      requestId,
      error: text['en-US'],
      ...error.extensions,
    }),
  };
}

import { hasText, i18n, translate } from '../i18n/i18n.js';
import { ApiError } from './api-error.js';

const DEFAULT_WAIT = 60;

/**
 * Says what happened and what to do, in the reader's language: this library's text for the code where it knows more
 * than the API (the wait, the request's number, the network), else the API's own sentence.
 */
export function errorText(error: unknown): string {
  if (!(error instanceof ApiError)) return translate('errors.unexpected');
  const wait = error.status === 429 ? waitText(error.retryAfter ?? DEFAULT_WAIT) : '';
  const values = { requestId: error.requestId ?? '—', wait };
  if (hasText(`errors.${error.code}`)) return translate(`errors.${error.code}`, values);
  return error.detail ?? translate('errors.unexpected');
}

function waitText(seconds: number): string {
  const { t } = i18n.global;
  return seconds < 90 ? t('errors.wait.seconds', seconds) : t('errors.wait.minutes', Math.ceil(seconds / 60));
}

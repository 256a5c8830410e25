import { isTelephone } from '@balcao/brazil';
import { wrongTelephone } from '@balcao/contracts';
import { currentLocale } from '../i18n/i18n.js';

/** What is wrong with a telephone, where one is written, in the API's own words. */
export const telephoneProblem = (text: string): string | undefined =>
  text.trim() === '' || isTelephone(text) ? undefined : wrongTelephone(currentLocale());

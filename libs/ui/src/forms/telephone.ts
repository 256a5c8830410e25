import { isTelephone } from '@balcao/brazil';
import { translate } from '../i18n/i18n.js';

/** What is wrong with a telephone, where one is written. */
export const telephoneProblem = (text: string): string | undefined =>
  text.trim() === '' || isTelephone(text) ? undefined : translate('ui.fields.telephoneInvalid');

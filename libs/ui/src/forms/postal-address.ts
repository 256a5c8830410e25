import { isUf } from '@balcao/brazil';
import { translate } from '../i18n/i18n.js';

/** What is wrong with a CEP, where one is written. */
export const postalCodeProblem = (text: string): string | undefined =>
  text.trim() === '' || text.replace(/\D/g, '').length === 8 ? undefined : translate('ui.fields.postalCode');

/** What is wrong with the abbreviation of a state, where one is written. */
export const stateProblem = (text: string): string | undefined =>
  text.trim() === '' || isUf(text.trim().toUpperCase()) ? undefined : translate('ui.fields.state');

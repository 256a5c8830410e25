import { isTelephone } from '@balcao/brazil';

/** What is wrong with a telephone, where one is written; said in the words of the form, since the first page needs none. */
export const telephoneProblem = (text: string, words: string): string | undefined =>
  text.trim() === '' || isTelephone(text) ? undefined : words;

import { translate } from '@balcao/ui';

const MOST = 20;
const LONGEST = 50;

/** Tags as they were typed, between commas, each once. */
export const tagsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
  ),
];

/** What is wrong with the tags. */
export function tagsProblem(text: string): string | undefined {
  const tags = tagsOf(text);
  const fits = tags.length <= MOST && tags.every((tag) => tag.length <= LONGEST);
  return fits ? undefined : translate('articles.fields.tagsInvalid', { most: MOST, longest: LONGEST });
}

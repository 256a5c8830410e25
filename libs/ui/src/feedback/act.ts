import { hasText, translate } from '../i18n/i18n.js';
import { attempt } from './attempt.js';
import { confirm } from './confirm.js';

/**
 * Does what a button is for, in the words below one key: `done` says that it was; where there is a `title` it is asked
 * first, with `text`, `confirm` and, for the way back, `keep`. @returns whether it was done
 */
export async function act(
  key: string,
  facts: Record<string, unknown>,
  run: () => Promise<unknown>,
  tone: 'primary' | 'danger' = 'danger',
): Promise<boolean> {
  const word = (name: string) => translate(`${key}.${name}`, facts);
  if (hasText(`${key}.title`)) {
    const cancelLabel = hasText(`${key}.keep`) ? word('keep') : undefined;
    const words = { title: word('title'), description: word('text'), confirmLabel: word('confirm'), cancelLabel };
    if (!(await confirm({ ...words, tone }))) return false;
  }
  return attempt(run, word('done'));
}

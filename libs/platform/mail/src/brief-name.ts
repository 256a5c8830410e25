import { plainName } from './plain-name.js';

const MOST = 60;

/**
 * A name that anybody may have typed, as mails to others say it: one line, not longer than names are, and nothing in it of
 * which a mail program would make a link (dots are the layout's business).
 */
export function briefName(name: string): string {
  const line = (plainName(name) ?? '').replace(/:\/\//g, ' ').replace(/@/g, ' ').replace(/ {2,}/g, ' ').trim();
  const characters = [...line];
  return characters.length > MOST
    ? `${characters
        .slice(0, MOST - 1)
        .join('')
        .trimEnd()}…`
    : line;
}

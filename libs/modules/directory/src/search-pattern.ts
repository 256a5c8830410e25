/** A LIKE pattern that finds `text` anywhere, accents and case apart; its wildcards are taken literally. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

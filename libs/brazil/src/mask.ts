/** Characters with the marks of a mask between them, never at their end; `#` stands for one of the characters. */
export function withMarks(mask: string, characters: string): string {
  let taken = 0;
  let written = '';
  for (const place of mask) {
    if (taken === characters.length) break;
    written += place === '#' ? characters[taken++] : place;
  }
  return written;
}

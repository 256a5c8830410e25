/** The first letters of a name's first and last word; small words such as "da" do not count. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u);
  const proper = words.filter((word) => /^[\p{Lu}\p{N}]/u.test(word));
  const [first = '', last = ''] = proper.length > 1 ? [proper[0], proper.at(-1)] : [proper[0] ?? words[0]];
  return [first, last]
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}

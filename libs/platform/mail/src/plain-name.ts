/** A person's name fit for a header: one line, without control characters, at most 200 characters. */
export function plainName(name: string | null | undefined): string | null {
  const plain = name
    ?.toWellFormed()
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .trim()
    .slice(0, 200)
    .toWellFormed();
  return plain ? plain : null;
}

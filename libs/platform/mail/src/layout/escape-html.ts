const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text that stays text in HTML and MJML, in content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** The same with line breaks kept. */
export function escapeLines(text: string): string {
  return escapeHtml(text).replace(/\r\n|\r|\n/g, '<br />');
}

/** Text without control characters (except line breaks and tabs) and without lone surrogates. */
export function printable(text: string): string {
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '');
}

/**
 * Text around names, broken by a mark without width where a mail program would make a link of "Cia.Ltda". Addresses
 * that the mail itself writes have an @ or a scheme.
 */
export function unlinked(text: string): string {
  return text.replace(/\S+/g, (word) =>
    /@|:\/\//.test(word) ? word : word.replace(/(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}])/gu, '.\u2060'),
  );
}

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

/** Digits with what divides them, as in a CPF, but in an address such as 10.0.0.1. */
const DIGITS = /^(?!\d{1,3}(?:\.\d{1,3}){3}(?!\d))\d[\d.,/-]*$/;
/** A CNPJ with letters, but where its third group could be the end of a name in the web, which has no digits. */
const CNPJ = /^[\dA-Z]{2}\.[\dA-Z]{3}\.(?![A-Z]{3})[\dA-Z]{3}\/[\dA-Z]{4}-\d{2}$/;

/**
 * Text around names, broken by a mark without width where a mail program would make a link of "Cia.Ltda". Addresses
 * that the mail itself writes have an @ or a scheme. Numbers are copied, and stay as they are.
 */
export function unlinked(text: string): string {
  const stays = (word: string) => {
    const bare = word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
    return /@|:\/\//.test(word) || DIGITS.test(bare) || CNPJ.test(bare);
  };
  return text.replace(/\S+/g, (word) =>
    stays(word) ? word : word.replace(/(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}])/gu, '.\u2060'),
  );
}

/** Text of a file as spreadsheets save it: UTF-8, UTF-16 ("Unicode text") or Windows' own encoding; without its mark. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || second === 0) return new TextDecoder('utf-16le').decode(bytes);
  if ((first === 0xfe && second === 0xff) || first === 0) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** How files begin that are no text though they may hold a table: workbooks (new, old, as a page or XML), PDF, RTF, pictures, archives. */
const NO_TEXT =
  /^(?:PK[\x03\x05]|\xd0\xcf\x11\xe0|%PDF|\{\\rtf|\x1f\x8b|\x89PNG|\xff\xd8\xff|GIF8|Rar!|7z\xbc|(?:\xef\xbb\xbf)?\s*<(?:!|\?xml|html|table|meta))/i;

/** Whether a file is of a kind that is no text, by how it begins. */
export const isForeignFile = (bytes: Uint8Array): boolean =>
  NO_TEXT.test(String.fromCharCode(...bytes.subarray(0, 64)));

const TOKEN_SHAPE = /^([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/;

/** The text of a link: the id of its row, and a MAC of 32 bytes that says that we made it. */
export const tokenText = (id: string, mac: Buffer): string =>
  `${Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')}.${mac.toString('base64url')}`;

/** What such a text says; undefined where it has another shape. Whether the MAC fits, its maker knows. */
export function readTokenText(text: string): { id: string; mac: Buffer } | undefined {
  const [, encodedId, mac] = TOKEN_SHAPE.exec(text) ?? [];
  if (!encodedId || !mac) return undefined;
  const id = Buffer.from(encodedId, 'base64url')
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { id, mac: Buffer.from(mac, 'base64url') };
}

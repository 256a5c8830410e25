/** Longest web address of a picture. */
const LONGEST_ADDRESS = 2_000;
/** Longest picture inside a setting, as text: some 12 kB of file, for it travels with every answer about the portal. */
export const LONGEST_DATA_PICTURE = 16_384;

/** How files of each kind begin (their "magic" bytes, Latin-1), so that a name alone proves nothing. */
const BEGINNINGS: Readonly<Record<string, RegExp>> = {
  'image/png': /^\u0089PNG\r\n\u001a\n/,
  'image/jpeg': /^\u00ff\u00d8\u00ff/,
  'image/webp': /^RIFF[^]{4}WEBP/,
  'image/gif': /^GIF8[79]a/,
  'image/x-icon': /^\u0000\u0000\u0001\u0000/,
};
const DATA = /^data:(image\/(?:png|jpeg|webp|gif|x-icon));base64,([A-Za-z0-9+/]+={0,2})$/;

/** A picture inside a text. */
export interface DataPicture {
  mediaType: string;
  /** The file, one character for each byte. */
  bytes: string;
}

/** Reads a `data:` address of a raster picture whose content is what it says; SVG is none, since it can carry scripts. */
export function dataPicture(address: string): DataPicture | undefined {
  if (address.length > LONGEST_DATA_PICTURE) return undefined;
  const [, mediaType = '', base64 = ''] = DATA.exec(address) ?? [];
  const beginning = BEGINNINGS[mediaType];
  if (!beginning || base64.length % 4 !== 0) return undefined;
  const bytes = atob(base64);
  return beginning.test(bytes) ? { mediaType, bytes } : undefined;
}

export const isDataPicture = (address: string): boolean => dataPicture(address) !== undefined;

/** Whether a setting may name this picture: one of the web over https, or a small one inside the address itself. */
export function isPictureAddress(address: string): boolean {
  if (/^data:/i.test(address)) return isDataPicture(address);
  if (address.length > LONGEST_ADDRESS || /[\s\\<>"'`]/.test(address) || !URL.canParse(address)) return false;
  const { protocol, username, password, hostname } = new URL(address);
  return protocol === 'https:' && username === '' && password === '' && hostname !== '';
}

import { parsedUrl } from './parsed-url.js';

/** Longest web address of a picture. */
const LONGEST_ADDRESS = 2_000;
/** Longest picture inside a stylesheet, as text: some 12 kB of file, for it travels with every answer about the portal. */
export const LONGEST_DATA_PICTURE = 16_384;
/** Largest file of a picture that a setting takes, in bytes: with the rest of a request, it stays below what one may hold. */
export const LARGEST_PICTURE = 180 * 1_024;
/** Largest file of a picture that is uploaded, or fetched from its address, in bytes. */
export const LARGEST_UPLOAD = 5 * 1_024 * 1_024;

/** What a picture of a portal is for: the setting that it is going to be. */
export const PICTURE_PURPOSES = ['logoUrl', 'logoDarkUrl', 'faviconUrl'] as const;
export type PicturePurpose = (typeof PICTURE_PURPOSES)[number];
/** A picture that is `waiting` is being looked at; one that is `ready` may be named by a setting. */
export const PICTURE_STATUSES = ['waiting', 'ready', 'refused'] as const;
export type PictureStatus = (typeof PICTURE_STATUSES)[number];

/** Icons of a portal, which stand beside one another under one name: for tabs, home screens, and what a device cuts to its shape. */
export const ICON_NAMES = ['32', '180', '192', '512', 'maskable'] as const;
export type IconName = (typeof ICON_NAMES)[number];

/** How files of each kind begin (their "magic" bytes, Latin-1), so that a name alone proves nothing, and what they are called. */
const KINDS: Readonly<Record<string, { beginning: RegExp; extension: string }>> = {
  'image/png': { beginning: /^\u0089PNG\r\n\u001a\n/, extension: 'png' },
  'image/jpeg': { beginning: /^\u00ff\u00d8\u00ff/, extension: 'jpg' },
  'image/webp': { beginning: /^RIFF[^]{4}WEBP/, extension: 'webp' },
  'image/gif': { beginning: /^GIF8[79]a/, extension: 'gif' },
  'image/x-icon': { beginning: /^\u0000\u0000\u0001\u0000/, extension: 'ico' },
  // What may stand before the root, of a sensible length.
  'image/svg+xml': {
    beginning: /^(?:\u00ef\u00bb\u00bf)?\s*<(?:svg[\s>]|[?!][^]{0,4000}?<svg[\s>])/i,
    extension: 'svg',
  },
};
const DATA = /^data:(image\/(?:png|jpeg|webp|gif|x-icon|svg\+xml));base64,([A-Za-z0-9+/]+={0,2})$/;

/** A picture inside a text. */
export interface DataPicture {
  mediaType: string;
  extension: string;
  /** The file, one character for each byte. */
  bytes: string;
}

/** Reads a `data:` address of a picture whose content is what it says. */
export function dataPicture(address: string, longest = LONGEST_DATA_PICTURE): DataPicture | undefined {
  if (address.length > longest) return undefined;
  const [, mediaType = '', base64 = ''] = DATA.exec(address) ?? [];
  const kind = KINDS[mediaType];
  if (!kind || base64.length % 4 !== 0) return undefined;
  const bytes = atob(base64);
  return kind.beginning.test(withoutZeros(bytes)) ? { mediaType, extension: kind.extension, bytes } : undefined;
}

/** The media type of a file as its beginning tells; undefined where that is of no picture. */
export function pictureKind(beginning: string): string | undefined {
  const read = withoutZeros(beginning);
  return Object.keys(KINDS).find((mediaType) => KINDS[mediaType]!.beginning.test(read));
}

/** What begins as UTF-16 does (its byte order mark) is a text whose plain letters have a zero beside them. */
const withoutZeros = (beginning: string): string =>
  /^(?:\u00ff\u00fe|\u00fe\u00ff)/.test(beginning) ? beginning.slice(2).replaceAll('\0', '') : beginning;

/** How names of files of a kind end. */
export const pictureExtension = (mediaType: string): string => KINDS[mediaType]!.extension;

const KEPT =
  /^\/(pictures\/([0-9a-f-]{36})\/[0-9a-f]{32}(?:-(?:mail|32|180|192|512|maskable))?\.(png|jpg|webp|gif|ico|svg))$/;

/** The same logo for readers of mail: a small PNG, whatever the picture is. */
export const mailPicture = (address: string): string => address.replace(/\.\w+$/, '-mail.png');

/** A picture that the installation keeps, by its address: a path of every host. */
export function keptPicture(address: string): { key: string; organizationId: string; mediaType: string } | undefined {
  const [, key, organizationId, extension] = KEPT.exec(address) ?? [];
  const mediaType = Object.keys(KINDS).find((each) => KINDS[each]!.extension === extension);
  return key && organizationId && mediaType ? { key, organizationId, mediaType } : undefined;
}

/** Whether a setting may name this picture: one of the web over https, one that is kept here, or a whole one in itself. */
export function isPictureAddress(address: string): boolean {
  if (/^data:/i.test(address)) return dataPicture(address, Infinity) !== undefined;
  if (address.startsWith('/')) return keptPicture(address) !== undefined;
  if (address.length > LONGEST_ADDRESS || /[\s\\<>"'`]/.test(address)) return false;
  const url = parsedUrl(address);
  return url?.protocol === 'https:' && !url.username && !url.password && url.hostname !== '';
}

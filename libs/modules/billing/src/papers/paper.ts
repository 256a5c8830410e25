import { createHash } from 'node:crypto';
import { formatPostalCode } from '@balcao/brazil';
import { keptPicture, mailPicture, type Locale } from '@balcao/contracts';
import {
  brandingSettings,
  type AddressablePortal,
  type PostalAddress,
  type StoredSettings,
} from '@balcao/module-directory';
import { hslToHex } from '@balcao/theming';
import type { DocumentFrame, Issuer as PrintedIssuer, Party as PrintedParty } from '../documents/document-parts.js';
import type { Issuer, Party } from '../persistence/billing.entities.js';

/** Raised when the same is drawn otherwise: documents of earlier drawings are then made anew. */
const DRAWING = 3;

/** The portal whose brand a document has. */
export interface PaperPortal extends AddressablePortal {
  settings: StoredSettings;
}

/** A document before it is drawn. */
export interface Paper<Document extends DocumentFrame = DocumentFrame> {
  document: Document;
  /** Of platform/storage; its bytes are read when it is drawn. */
  logoKey: string | undefined;
  /** SHA-256 of all that stands in it, in hexadecimal digits. */
  hash: string;
  /** What its file is called: `F-2026-000123.pdf`. */
  name: string;
}

/** What a document takes from the brand of a portal; logos of the web are not fetched. */
export function paperBrand(portal: Pick<PaperPortal, 'settings'> | undefined): {
  brandColour: string;
  logoKey: string | undefined;
} {
  const { theme, logoUrl } = brandingSettings.of(portal?.settings ?? {});
  return {
    brandColour: hslToHex(theme.light.primary),
    logoKey: logoUrl ? keptPicture(mailPicture(logoUrl))?.key : undefined,
  };
}

/** What every document of an organization begins with, and for whom it is. */
export function frameOf(
  locale: Locale,
  portal: PaperPortal | undefined,
  { issuer, billTo }: { issuer: Issuer | null; billTo: Party },
): DocumentFrame & { billTo: PrintedParty } {
  return {
    locale,
    issuer: issuer ? printedIssuer(issuer) : { ...printedParty(billTo), name: '', legalName: '', taxId: '' },
    brandColour: paperBrand(portal).brandColour,
    billTo: printedParty(billTo),
  };
}

/** @param called what the file is called, without its ending */
export function paperOf<Document extends DocumentFrame>(
  document: Document,
  portal: PaperPortal | undefined,
  called: string,
): Paper<Document> {
  const { logoKey } = paperBrand(portal);
  // Of the name what every file system takes.
  const name = `${called.replace(/[^\p{L}\p{N}._-]+/gu, '-')}.pdf`;
  return { document, logoKey, hash: hashOf({ DRAWING, logoKey, document }), name };
}

const hashOf = (inputs: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(inputs, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)))
    .digest('hex');

const printedParty = ({ name, legalName, taxId, address }: Party): PrintedParty => ({
  name,
  legalName: legalName ?? name,
  taxId: taxId ?? '',
  addressLines: addressLines(address),
});

const printedIssuer = (issuer: Issuer): PrintedIssuer => ({
  ...printedParty(issuer),
  ...(issuer.email && { email: issuer.email }),
  ...(issuer.phone && { phone: issuer.phone }),
  ...(issuer.municipalRegistration && { municipalRegistration: issuer.municipalRegistration }),
});

/** `Rua das Laranjeiras, 120, loja 2`; `22240-003 Rio de Janeiro, RJ`. */
function addressLines(address: PostalAddress | null): string[] {
  if (!address) return [];
  const { street, number, complement, district, postalCode, city, state } = address;
  const said = (separator: string, ...parts: (string | null)[]) => parts.filter(Boolean).join(separator);
  return [
    said(', ', street, number, complement),
    district ?? '',
    said(' ', postalCode && formatPostalCode(postalCode), said(', ', city, state)),
  ].filter((line) => line !== '');
}

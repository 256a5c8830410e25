import type { Locale } from '@balcao/contracts';
import type { MailBrand } from '../mail-branding.js';
import type { MailBlock, MailContent } from '../mail-content.js';
import { printable } from './escape-html.js';
import { LAYOUT_TEXTS } from './layout-texts.js';
import { webAddress } from './web-address.js';

/** The plain text of a mail, from the same blocks as its HTML; the footer stands below a signature line (RFC 3676 §4.3). */
export function textPart(content: MailContent, brand: MailBrand, locale: Locale): string {
  const texts = LAYOUT_TEXTS[locale];
  const contacts = [brand.supportEmail, brand.supportPhone].filter(Boolean).join(' · ');
  const footer = [
    texts.sentBy(brand.organizationName),
    contacts && `${texts.support} ${contacts}`,
    brand.footerText,
    content.unsubscribeUrl && `${texts.unsubscribe}: ${webAddress(content.unsubscribeUrl)}`,
    brand.showBalcaoMark !== false && texts.withBalcao,
  ].filter(Boolean);
  const body = [content.heading, ...content.blocks.map((block) => blockText(block, locale))].join('\n\n');
  return `${printable(body)}\n\n-- \n${printable(footer.join('\n'))}\n`;
}

function blockText(block: MailBlock, locale: Locale): string {
  switch (block.kind) {
    case 'paragraph':
    case 'note':
      return block.text;
    case 'button':
      return `${block.label}:\n${webAddress(block.url)}`;
    case 'quote': {
      const quoted = block.text.replace(/^/gm, '> ');
      return block.author ? `${LAYOUT_TEXTS[locale].wrote(block.author)}\n${quoted}` : quoted;
    }
    case 'facts':
      return block.rows.map(([label, value]) => `${label}: ${value}`).join('\n');
  }
}

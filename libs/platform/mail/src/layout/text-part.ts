import { contactsOf, type Locale } from '@balcao/contracts';
import { said, type MailBrand } from '../mail-branding.js';
import { saysHours, type MailBlock, type MailContent } from '../mail-content.js';
import { printable } from './escape-html.js';
import { LAYOUT_TEXTS } from './layout-texts.js';
import { webAddress } from './web-address.js';

/** The plain text of a mail, from the same blocks as its HTML; the footer stands below a signature line (RFC 3676 §4.3). */
export function textPart(content: MailContent, brand: MailBrand, locale: Locale): string {
  const texts = LAYOUT_TEXTS[locale];
  const contacts = contactsOf(brand)
    .map((contact) => contact.text)
    .join(' · ');
  const hours = said(brand.supportHours, brand, locale);
  const footer = [
    texts.sentBy(brand.organizationName),
    contacts && `${texts.support} ${contacts}`,
    hours && !saysHours(content) && `${texts.hours}: ${hours}`,
    said(brand.footerText, brand, locale),
    content.unsubscribeUrl && `${texts.unsubscribe}: ${webAddress(content.unsubscribeUrl)}`,
    brand.showBalcaoMark !== false && texts.withBalcao,
  ].filter(Boolean);
  const body = [
    brand.isSandbox && texts.testNotice,
    content.heading,
    ...content.blocks.map((block) => blockText(block, brand, locale)),
  ]
    .filter(Boolean)
    .join('\n\n');
  return `${printable(body)}\n\n-- \n${printable(footer.join('\n'))}\n`;
}

function blockText(block: MailBlock, brand: MailBrand, locale: Locale): string {
  switch (block.kind) {
    case 'paragraph':
      return block.text;
    case 'button':
      return `${block.label}:\n${webAddress(block.url)}`;
    case 'quote': {
      const quoted = block.text.replace(/^/gm, '> ');
      return block.author ? `${LAYOUT_TEXTS[locale].wrote(block.author)}\n${quoted}` : quoted;
    }
    case 'hours': {
      const hours = said(brand.supportHours, brand, locale);
      return hours ? `${LAYOUT_TEXTS[locale].hours}: ${hours}` : '';
    }
    case 'facts':
      return block.rows.map(([label, value]) => `${label}: ${value}`).join('\n');
  }
}

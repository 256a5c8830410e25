import type { Locale } from '@balcao/contracts';
import { plainName } from '../plain-name.js';
import type { MailBrand } from '../mail-branding.js';
import type { MailContent } from '../mail-content.js';
import { unlinked } from './escape-html.js';
import { htmlPart } from './html-part.js';
import { LAYOUT_TEXTS } from './layout-texts.js';
import { textPart } from './text-part.js';

export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
}

/** A mail's subject, HTML and text. Everything that people typed is escaped here and nowhere else. */
export async function renderMail(content: MailContent, brand: MailBrand, locale: Locale): Promise<RenderedMail> {
  const named = plainName(content.subject) ?? brand.organizationName;
  const subject = brand.isSandbox ? `${LAYOUT_TEXTS[locale].test} ${named}` : named;
  const heading = unlinked(content.heading);
  const blocks = content.blocks.map((block) =>
    block.kind === 'paragraph' ? { ...block, text: unlinked(block.text) } : block,
  );
  const safe = { ...content, subject, heading, blocks };
  const sender = { ...brand, organizationName: unlinked(brand.organizationName) };
  return {
    subject,
    html: await htmlPart(safe, sender, locale),
    text: textPart(safe, sender, locale),
  };
}

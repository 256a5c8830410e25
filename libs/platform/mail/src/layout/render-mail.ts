import type { Locale } from '@balcao/contracts';
import { plainName } from '../plain-name.js';
import type { MailBrand } from '../mail-branding.js';
import type { MailContent } from '../mail-content.js';
import { htmlPart } from './html-part.js';
import { textPart } from './text-part.js';

export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
}

/** A mail's subject, HTML and text. Everything that people typed is escaped here and nowhere else. */
export async function renderMail(content: MailContent, brand: MailBrand, locale: Locale): Promise<RenderedMail> {
  const subject = plainName(content.subject) ?? brand.organizationName;
  return {
    subject,
    html: await htmlPart({ ...content, subject }, brand, locale),
    text: textPart(content, brand, locale),
  };
}

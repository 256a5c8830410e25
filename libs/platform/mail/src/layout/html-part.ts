import mjml2html from 'mjml';
import { contactsOf, initialsOf, type Locale } from '@balcao/contracts';
import { brandTokens, neutrals } from '@balcao/theming';
import { said, type MailBrand } from '../mail-branding.js';
import { saysHours, type MailBlock, type MailContent } from '../mail-content.js';
import { escapeHtml, escapeLines } from './escape-html.js';
import { LAYOUT_TEXTS } from './layout-texts.js';
import { webAddress } from './web-address.js';

/** Fonts that every mail reader has; nothing is fetched to read a mail except the organization's logo. */
const FONTS = "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const LINE = { light: '#e7e5e4', dark: '#44403c' };

/** The branded HTML of a mail: one column, readable in light and dark readers. */
export async function htmlPart(content: MailContent, brand: MailBrand, locale: Locale): Promise<string> {
  const light = brandTokens(brand.theme.light.primary, 'light');
  const { text, textMuted, bg, surface } = neutrals.light;
  const markup = `
<mjml lang="${locale}">
  <mj-head>
    <mj-title>${escapeHtml(content.subject)}</mj-title>
    <mj-preview>${escapeHtml(content.preheader)}</mj-preview>
    <mj-raw>
      <meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no" />
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
    </mj-raw>
    <mj-attributes>
      <mj-all font-family="${FONTS}" />
      <mj-text color="${text}" font-size="16px" line-height="1.5" padding="8px 24px" />
      <mj-section padding="0" />
      <mj-class name="card" background-color="${surface}" />
      <mj-class name="small" color="${textMuted}" font-size="13px" />
    </mj-attributes>
    <mj-style>${darkStyles(brand)}</mj-style>
  </mj-head>
  <mj-body background-color="${bg}" css-class="page" width="600px">
    <mj-section padding="24px 0 16px"><mj-column>${notice(brand, locale)}${header(brand)}</mj-column></mj-section>
    <mj-section mj-class="card" css-class="card" padding="16px 0 24px" border-top="4px solid ${light.line}">
      <mj-column>
        <mj-text css-class="text" font-size="22px" line-height="1.3" font-weight="600" padding="16px 24px 8px">
          <h1 style="margin:0;font-size:22px;line-height:1.3;font-weight:600">${escapeHtml(content.heading)}</h1>
        </mj-text>
        ${content.blocks.map((block) => blockMarkup(block, brand, locale)).join('\n')}
      </mj-column>
    </mj-section>
    <mj-section padding="16px 0 32px"><mj-column>${footer(content, brand, locale)}</mj-column></mj-section>
  </mj-body>
</mjml>`;
  const { html } = await mjml2html(markup, { validationLevel: 'strict', fonts: {} });
  return html;
}

function notice({ isSandbox }: MailBrand, locale: Locale): string {
  if (!isSandbox) return '';
  return `<mj-text mj-class="small" css-class="muted">${escapeHtml(LAYOUT_TEXTS[locale].testNotice)}</mj-text>`;
}

function header(brand: MailBrand): string {
  const name = escapeHtml(brand.organizationName);
  if (!brand.logoUrl) {
    const { brand: fill, fg } = brandTokens(brand.theme.light.primary, 'light');
    const monogram = `<span style="display:inline-block;min-width:32px;line-height:32px;margin-right:10px;border-radius:8px;color:${fg};background:${fill};font-size:13px;text-align:center" aria-hidden="true">${escapeHtml(initialsOf(brand.organizationName))}</span>`;
    return `<mj-text css-class="text" font-weight="600" font-size="18px">${monogram}${name}</mj-text>`;
  }
  const source = escapeHtml(webAddress(brand.logoUrl));
  // Readers that know dark mode and nothing of this show the first.
  const dark = brand.logoDarkUrl
    ? `<source media="(prefers-color-scheme: dark)" srcset="${escapeHtml(webAddress(brand.logoDarkUrl))}">`
    : '';
  // As tall as a line of the header, whatever its proportions: `mj-image` knows widths only.
  const style = 'height:40px;width:auto;max-width:200px;font-size:18px';
  return `<mj-text css-class="text" padding="8px 24px"><picture>${dark}<img src="${source}" alt="${name}" height="40" style="${style}"></picture></mj-text>`;
}

/** A number such as T-2026-000123, a CNPJ or a CPF stands in one line. */
const numbersWhole = (html: string) =>
  html.replace(
    /\b(?:[A-Z]{1,4}(-\d{2,8}){1,3}|(?:[\dA-Z]{2,3}\.){2}[\dA-Z]{3}(?:\/[\dA-Z]{4})?-\d{2})\b/g,
    '<span style="white-space:nowrap">$&</span>',
  );

function blockMarkup(block: MailBlock, brand: MailBrand, locale: Locale): string {
  const texts = LAYOUT_TEXTS[locale];
  const { brand: fill, fg, edge, text } = brandTokens(brand.theme.light.primary, 'light');
  switch (block.kind) {
    case 'paragraph':
      return `<mj-text css-class="text">${numbersWhole(escapeLines(block.text))}</mj-text>`;
    case 'button': {
      const url = escapeHtml(webAddress(block.url));
      return `<mj-button href="${url}" align="left" background-color="${fill}" color="${fg}" border="1px solid ${edge}" border-radius="8px"
          font-size="16px" font-weight="600" inner-padding="14px 24px" padding="16px 24px">${escapeHtml(block.label)}</mj-button>
        <mj-text mj-class="small" css-class="muted">${texts.buttonFallback}<br />
          <a href="${url}" class="link" style="color:${text};word-break:break-all">${url}</a></mj-text>`;
    }
    case 'quote': {
      const author = block.author ? `<strong>${escapeHtml(texts.wrote(block.author))}</strong><br />` : '';
      return `<mj-text css-class="text"><blockquote class="quote" style="margin:0;padding:4px 0 4px 16px;border-left:3px solid ${LINE.light}">
        ${author}${escapeLines(block.text)}</blockquote></mj-text>`;
    }
    case 'hours': {
      const hours = said(brand.supportHours, brand, locale);
      return hours ? `<mj-text css-class="text">${texts.hours}: ${escapeHtml(hours)}</mj-text>` : '';
    }
    case 'facts': {
      const rows = block.rows.map(
        ([label, value]) =>
          `<span class="faint" style="color:${neutrals.light.textMuted}">${escapeHtml(label)}:</span> ${escapeHtml(value)}`,
      );
      return `<mj-text css-class="text">${rows.join('<br />')}</mj-text>`;
    }
  }
}

function footer(content: MailContent, brand: MailBrand, locale: Locale): string {
  const texts = LAYOUT_TEXTS[locale];
  const link = brandTokens(brand.theme.light.primary, 'light').text;
  const contacts = contactsOf(brand).map(({ kind, text, href }) => {
    const style = `color:${link}${kind === 'phone' ? ';white-space:nowrap' : ''}`;
    return `<a href="${escapeHtml(href)}" class="link" style="${style}">${escapeHtml(text)}</a>`;
  });
  const [hours, footerText] = [brand.supportHours, brand.footerText].map((text) => said(text, brand, locale));
  const lines = [
    escapeHtml(texts.sentBy(brand.organizationName)),
    contacts.length > 0 && `${texts.support} ${contacts.join(' · ')}`,
    hours && !saysHours(content) && `${texts.hours}: ${escapeHtml(hours)}`,
    footerText && escapeLines(footerText),
    content.unsubscribeUrl &&
      `<a href="${escapeHtml(webAddress(content.unsubscribeUrl))}" class="link" style="color:${link}">${texts.unsubscribe}</a>`,
    brand.showBalcaoMark !== false && texts.withBalcao,
  ].filter(Boolean);
  return `<mj-text mj-class="small" css-class="muted">${lines.join('<br />')}</mj-text>`;
}

/** Readers that know dark mode get the dark scheme; the button keeps its colours, which are readable on both. */
function darkStyles(brand: MailBrand): string {
  const { bg, surface, text, textMuted } = neutrals.dark;
  const tokens = brandTokens(brand.theme.dark.primary, 'dark');
  return `
    :root { color-scheme: light dark; supported-color-schemes: light dark; }
    @media (prefers-color-scheme: dark) {
      body, .page, .page > div { background-color: ${bg} !important; }
      .card, .card > table { background-color: ${surface} !important; background: ${surface} !important; }
      .text > div, .text > div h1 { color: ${text} !important; }
      .muted > div, .faint { color: ${textMuted} !important; }
      .quote { border-left-color: ${LINE.dark} !important; }
      a.link { color: ${tokens.text} !important; }
    }`;
}

import { describe, expect, it } from '@jest/globals';
import { LOCALES } from '@balcao/contracts';
import { contrast, defaultTheme, hexToHsl } from '@balcao/theming';
import type { MailBrand } from '../mail-branding.js';
import type { MailContent } from '../mail-content.js';
import { renderMail } from './render-mail.js';

const URL = 'https://portal.example/o/aurora/portal/accept-invitation?a=1&b=2#token=AbC.dEf';
const content: MailContent = {
  subject: 'Aurora convidou você',
  preheader: 'O convite vale por 7 dias.',
  heading: 'Boas-vindas, Ana',
  blocks: [
    { kind: 'paragraph', text: 'Primeira linha\nsegunda linha' },
    { kind: 'button', label: 'Aceitar convite', url: URL },
    { kind: 'quote', author: 'Bruno', text: 'Uma\nresposta' },
    { kind: 'facts', rows: [['Chamado', 'T-2026-000123']] },
  ],
};
const brand: MailBrand = {
  organizationName: 'Aurora',
  theme: defaultTheme,
  supportEmail: 'ajuda@aurora.example',
  supportPhone: '+55 11 4000-0000',
  footerText: { 'pt-BR': 'Rua das Flores, 1' },
  supportHours: { 'pt-BR': 'Das 8h às 20h', 'en-US': 'From 8 to 8' },
};

describe('renderMail', () => {
  it.each([
    ['pt-BR', '[Teste] Aurora convidou você', 'Ambiente de teste: nada aqui vale de verdade.'],
    ['en-US', '[Test] Aurora convidou você', 'Test environment: nothing here is for real.'],
  ] as const)(
    'B.10 says in %s that it is a test, before anything else, where it is one',
    async (locale, subject, notice) => {
      const mail = await renderMail(content, { ...brand, isSandbox: true }, locale);
      expect(mail.subject).toBe(subject);
      expect(mail.text.startsWith(notice)).toBe(true);
      expect(mail.html.indexOf(notice)).toBeGreaterThan(0);
      expect(mail.html.indexOf(notice)).toBeLessThan(mail.html.indexOf('<h1'));
      const real = await renderMail(content, brand, locale);
      expect(real.subject).toBe(content.subject);
      for (const part of [real.text, real.html]) expect(part).not.toContain(notice);
    },
  );

  it('leaves nothing of a name that a mail program would make a link of', async () => {
    const invited: MailContent = {
      ...content,
      heading: 'Boas-vindas, Silva & Cia.Ltda',
      blocks: [
        { kind: 'paragraph', text: 'Ana M.de Souza, de Padaria.com.br (10.0.0.1), escreve a ana@padaria.example.' },
      ],
    };
    const mail = await renderMail(invited, { ...brand, organizationName: 'Aurora.net' }, 'pt-BR');
    const { text, html } = mail;
    for (const part of [text, html]) {
      for (const link of ['Cia.Ltda', 'M.de', 'Padaria.com', 'com.br', '10.0', 'Aurora.net'])
        expect(part.slice(part.indexOf('<body') + 1)).not.toContain(link);
      expect(part).toContain('ana@padaria.example.');
    }
    expect(text.replaceAll('\u2060', '')).toContain('Boas-vindas, Silva & Cia.Ltda');
  });

  it.each([
    ['12.345.678/0001-95', true],
    ['12.ABC.345/01DE-35', true],
    ['123.456.789-09', true],
    ['1.234,56', true],
    ['EV.IL1.COM/0001-95', false],
    ['192.168.0.17', false],
    ['10.0.0.1/24', false],
    ['12.345.com', false],
  ])('B.5 leaves %s as it is to be copied: %s', async (number, whole) => {
    const about: MailContent = { ...content, blocks: [{ kind: 'paragraph', text: `Do CNPJ (${number}), de Ana.` }] };
    const { text, html } = await renderMail(about, brand, 'pt-BR');
    for (const part of [text, html]) expect(part.includes(number)).toBe(whole);
    expect(text.includes('\u2060')).toBe(!whole);
    const inOneLine = html.includes(`<span style="white-space:nowrap">${number}</span>`);
    expect(inOneLine).toBe(whole && number.includes('-'));
  });

  it.each(LOCALES)('says the same in HTML and in text (%s)', async (locale) => {
    const { html, text } = await renderMail(content, brand, locale);
    for (const words of [
      'Boas-vindas, Ana',
      'segunda linha',
      'Aceitar convite',
      'resposta',
      'T-2026-000123',
      'ajuda@aurora.example',
      'Rua das Flores, 1',
      'Bruno',
    ]) {
      expect(html).toContain(words);
      expect(text).toContain(words);
    }
    expect(html).toContain(`lang="${locale}"`);
    expect(html).toContain('O convite vale por 7 dias.');
    expect(text).toContain(URL);
    expect(text).toContain('> Uma\n> resposta');
  });

  it('speaks the language that it is asked for', async () => {
    expect((await renderMail(content, brand, 'pt-BR')).text).toContain('Precisa de ajuda?');
    expect((await renderMail(content, brand, 'en-US')).text).toContain('Need help?');
    expect((await renderMail(content, brand, 'en-US')).html).toContain('If the button does not open');
  });

  it('keeps the link whole in the button and in words', async () => {
    const { html } = await renderMail(content, brand, 'pt-BR');
    const escaped = URL.replace('&', '&amp;');
    expect(html.split(`href="${escaped}"`)).toHaveLength(3);
    expect(html).toContain(`>${escaped}</a>`);
  });

  it('never takes what people typed for markup', async () => {
    const attack = `<img src=x onerror=alert(1)>"'&<mj-raw><script>alert(2)</script></mj-raw><mj-include path="/etc/passwd" />{{x}}]]>-->`;
    const { html } = await renderMail(
      {
        subject: attack,
        preheader: attack,
        heading: attack,
        blocks: [
          { kind: 'paragraph', text: attack },
          { kind: 'quote', text: attack, author: attack },
          { kind: 'facts', rows: [[attack, attack]] },
          { kind: 'button', label: attack, url: `https://x.example/?q="><script>alert(3)</script>` },
        ],
        unsubscribeUrl: `https://x.example/?"onmouseover="alert(4)`,
      },
      {
        ...brand,
        organizationName: attack,
        footerText: { 'pt-BR': attack },
        supportHours: { 'pt-BR': attack },
        supportPhone: attack,
        supportEmail: `a"onclick="alert(5)@x.example`,
      },
      'pt-BR',
    );
    expect(html).not.toMatch(/<(img|script|mj-)/i);
    // Outside of quoted values no handler stands in a tag.
    expect(html.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\son\w+\s*=/i);
    expect(html).not.toContain('root:');
    expect(html).toContain('&lt;script&gt;alert(2)');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '/relative', 'ftp://x.example', ''])(
    'refuses to link to %j',
    async (url) => {
      const blocks = [{ kind: 'button' as const, label: 'x', url }];
      await expect(renderMail({ ...content, blocks }, brand, 'pt-BR')).rejects.toThrow(/http and https/);
    },
  );

  it('fetches nothing: no fonts, no pixels, only the logo where there is one', async () => {
    const addresses = (html: string) =>
      [...html.matchAll(/(?:src|@import|url\()\s*=?\s*["']?(https?:[^"')\s]+)/g)].map(([, address]) => address);
    expect(addresses((await renderMail(content, brand, 'pt-BR')).html)).toEqual([]);
    expect((await renderMail(content, brand, 'pt-BR')).html).not.toMatch(/googleapis|<link/);
    const logoUrl = 'https://cdn.example/logo.png';
    expect(addresses((await renderMail(content, { ...brand, logoUrl }, 'pt-BR')).html)).toEqual([logoUrl]);
    const logoDarkUrl = 'https://cdn.example/logo-dark.png';
    const { html } = await renderMail(content, { ...brand, logoUrl, logoDarkUrl }, 'pt-BR');
    expect(html).toContain(`<source media="(prefers-color-scheme: dark)" srcset="${logoDarkUrl}">`);
  });

  it.each(['#ffff00', '#000000', '#ffffff', '#808080', '#13725c'])(
    'keeps the button readable in %s',
    async (colour) => {
      const theme = { light: { primary: hexToHsl(colour) }, dark: { primary: hexToHsl(colour) } };
      const { html } = await renderMail(content, { ...brand, theme }, 'pt-BR');
      const [, background, foreground] = /style="[^"]*background:(#[0-9a-f]{6});color:(#[0-9a-f]{6});/i.exec(html)!;
      expect(contrast(background!, foreground!)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('tells readers that it knows dark mode', async () => {
    const { html } = await renderMail(content, brand, 'pt-BR');
    expect(html).toContain('<meta name="color-scheme" content="light dark"');
    expect(html).toContain('prefers-color-scheme: dark');
  });

  it('says in the footer when somebody answers, and how to call; without a logo the initials stand above', async () => {
    const { html, text } = await renderMail(content, brand, 'en-US');
    expect(html).toMatch(/<a href="tel:\+551140000000"[^>]*white-space:nowrap[^>]*>\+55 11 4000-0000<\/a>/);
    for (const part of [html, text]) expect(part).toContain('Support hours: From 8 to 8');
    // In the one language that it has.
    expect(text).toContain('Rua das Flores, 1');
    expect(html).toMatch(/aria-hidden="true">A<\/span>/);
  });

  it('keeps the number of a ticket in one line', async () => {
    const told: MailContent = {
      ...content,
      blocks: [{ kind: 'paragraph', text: 'O chamado T-2026-000014, "A-1 <b>".' }],
    };
    const { html, text } = await renderMail(told, brand, 'pt-BR');
    expect(html).toContain(
      'O chamado <span style="white-space:nowrap">T-2026-000014</span>, &quot;A-1 &lt;b&gt;&quot;.',
    );
    expect(text).toContain('O chamado T-2026-000014, "A-1 <b>".');
  });

  it('says the hours once, in the text where a mail asks for them, if there are any', async () => {
    const asking: MailContent = { ...content, blocks: [{ kind: 'hours' }] };
    const { html, text } = await renderMail(asking, brand, 'pt-BR');
    for (const part of [html, text]) expect(part.split('Atendimento: Das 8h às 20h')).toHaveLength(2);
    expect(text.indexOf('Atendimento')).toBeLessThan(text.indexOf('-- '));
    const silent = await renderMail(asking, { ...brand, supportHours: undefined }, 'pt-BR');
    expect(`${silent.text}${silent.html}`).not.toContain('Atendimento');
  });

  it('S3.42 says the hours at its foot where there is neither telephone nor address beside them', async () => {
    const { html, text } = await renderMail(content, { ...brand, supportEmail: null, supportPhone: null }, 'pt-BR');
    for (const part of [html, text]) expect(part.split('Atendimento: Das 8h às 20h')).toHaveLength(2);
    expect(text.indexOf('Atendimento')).toBeGreaterThan(text.indexOf('-- '));
  });

  it('makes one line of the subject', async () => {
    const { subject } = await renderMail({ ...content, subject: 'Olá\r\nBcc: x@y.example' }, brand, 'pt-BR');
    expect(subject).toBe('Olá Bcc: x@y.example');
  });
});

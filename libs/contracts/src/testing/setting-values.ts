const long = (length: number) => 'x'.repeat(length);
const number = (min: number, max: number) => ({ good: [min, max], bad: [min - 1, max + 1, min + 0.5] });
const line = (max: number) => ({ good: [long(max), 'a', null], bad: [long(max + 1), 'a\u200bb', 'a\u202eb'] });
const companyName = (max: number) => {
  const { good, bad } = line(max);
  return {
    good: [...good, 'Loja.com.br', '"Aurora", ação'],
    bad: [...bad, 'sac@aurora.example', 'seguranca\uff20banco.com.br', 'www.aurora.example', '=?utf-8?q?Aurora?='],
  };
};
const EMAIL = {
  good: ['oi@aurora.example', 'Oi@Aurora.EXAMPLE', null],
  bad: ['oi', 'oi@aurora', 'oi@', 'a b@aurora.example'],
};
const TELEPHONE = {
  good: ['0800 765 4321', '(11) 4002-8922, ramal 12', '+351 21 123 4567', null],
  bad: ['banana', '0800', '3555-0142', '+55 11 1234'],
};
const LINK = {
  good: ['https://aurora.example/termos', null],
  bad: ['http://aurora.example', 'aurora.example', 'javascript:alert(1)', 'https://localhost', 'https://a:b@c.example'],
};
const texts = (max: number) => ({
  good: [
    { 'pt-BR': long(max), 'en-US': null },
    { 'pt-BR': 'Oi', 'en-US': 'Hi' },
  ],
  bad: [
    { 'pt-BR': long(max + 1), 'en-US': null },
    { 'pt-BR': 'Oi', 'en-US': 'a\u0000b' },
  ],
});

/**
 * Values of settings that people type, as the API takes them: what is good, and what is bad, for the API and for the
 * console's forms alike.
 */
export const SETTING_VALUES: Record<string, { good: readonly unknown[]; bad: readonly unknown[] }> = {
  'branding.welcomeMessage': texts(500),
  'branding.supportEmail': EMAIL,
  'branding.supportPhone': TELEPHONE,
  'branding.supportHours': texts(100),
  'branding.footerText': texts(500),
  'branding.termsUrl': LINK,
  'branding.privacyUrl': LINK,
  'branding.termsVersion': line(50),
  'security.sessionAbsoluteDays': number(1, 365),
  'security.lockThreshold': number(3, 100),
  'security.lockMinutes': number(0, 10_080),
  'invitations.allowedDomains': {
    good: [[], ['padaria.example', 'oficina.example']],
    bad: [['padaria'], ['-x.example'], Array.from({ length: 101 }, (_, place) => `a${place}.example`)],
  },
  'payments.pixMinutes': number(5, 1440),
  'payments.boletoDays': number(0, 59),
  'payments.invoicePixDays': number(0, 59),
  'subscriptions.longestPauseDays': number(1, 730),
  'tickets.firstAnswerHours': number(0, 720),
  'tickets.autoCloseDays': number(0, 365),
  'mail.senderName': companyName(100),
  'mail.replyTo': EMAIL,
};

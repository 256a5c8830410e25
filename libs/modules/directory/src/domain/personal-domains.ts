/** Mail services where anybody has an address, of those that are used in Brazil. */
const PERSONAL = new Set([
  ...['gmail.com', 'googlemail.com', 'hotmail.com', 'hotmail.com.br', 'outlook.com', 'outlook.com.br', 'live.com'],
  ...['msn.com', 'yahoo.com', 'yahoo.com.br', 'ymail.com', 'rocketmail.com', 'icloud.com', 'me.com', 'mac.com'],
  ...['uol.com.br', 'bol.com.br', 'terra.com.br', 'ig.com.br', 'globo.com', 'globomail.com', 'r7.com', 'oi.com.br'],
  ...['zipmail.com.br', 'pop.com.br', 'superig.com.br', 'ibest.com.br', 'proton.me', 'protonmail.com', 'pm.me'],
  ...['aol.com', 'gmx.com', 'gmx.net', 'mail.com', 'zoho.com', 'yandex.com', 'tutanota.com', 'fastmail.com'],
]);

/** Whether a domain belongs to a mail service that anybody uses, and so to no company. */
export const isPersonalDomain = (domain: string): boolean => PERSONAL.has(domain);

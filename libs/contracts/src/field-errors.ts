import type { Locale } from './locales.js';

/** What a rule was set to, and other facts that its text names: `{max}` becomes `params.max`. */
export type FieldErrorParams = Readonly<Record<string, string | number>>;

type Texts = Readonly<Record<Locale, string>>;

/** The rules that a field may break. Codes are stable; texts may be improved at any time. */
export const FIELD_ERRORS = {
  // Presence and kind
  required: { 'pt-BR': 'Preencha este campo.', 'en-US': 'Fill in this field.' },
  whitelistValidation: { 'pt-BR': 'Este campo não existe aqui.', 'en-US': 'There is no such field here.' },
  isString: { 'pt-BR': 'Preencha este campo com texto.', 'en-US': 'Fill in this field with text.' },
  isBoolean: { 'pt-BR': 'Escolha sim ou não.', 'en-US': 'Choose yes or no.' },
  isInt: { 'pt-BR': 'Use um número inteiro.', 'en-US': 'Use a whole number.' },
  isArray: { 'pt-BR': 'Envie uma lista.', 'en-US': 'Send a list.' },
  isObject: { 'pt-BR': 'Envie um objeto.', 'en-US': 'Send an object.' },
  nestedValidation: { 'pt-BR': 'Envie um objeto.', 'en-US': 'Send an object.' },
  isUuid: {
    'pt-BR': 'Escolha de novo: este item não foi reconhecido.',
    'en-US': 'Choose again: this item was not recognized.',
  },
  isIn: { 'pt-BR': 'Escolha uma das opções.', 'en-US': 'Choose one of the options.' },
  // Sizes
  minLength: { 'pt-BR': 'Está curto demais: o mínimo é {min}.', 'en-US': 'Too short: the minimum is {min}.' },
  maxLength: { 'pt-BR': 'Está longo demais: o máximo é {max}.', 'en-US': 'Too long: the maximum is {max}.' },
  maxBytes: {
    'pt-BR': 'Está longo demais: use no máximo {max} bytes.',
    'en-US': 'Too long: use at most {max} bytes.',
  },
  min: { 'pt-BR': 'O menor número possível é {min}.', 'en-US': 'The smallest possible number is {min}.' },
  max: { 'pt-BR': 'O maior número possível é {max}.', 'en-US': 'The largest possible number is {max}.' },
  arrayMinSize: { 'pt-BR': 'São itens de menos: o mínimo é {min}.', 'en-US': 'Too few items: at least {min}.' },
  arrayMaxSize: { 'pt-BR': 'São itens demais: o máximo é {max}.', 'en-US': 'Too many items: at most {max}.' },
  arrayUnique: {
    'pt-BR': 'Há itens repetidos: deixe um de cada.',
    'en-US': 'Some items are repeated: keep one of each.',
  },
  maxDepth: {
    'pt-BR': 'O corpo tem mais de {max} níveis.',
    'en-US': 'The body has more than {max} levels.',
  },
  maxMembers: {
    'pt-BR': 'Um objeto do corpo tem mais de {max} membros.',
    'en-US': 'An object of the body has more than {max} members.',
  },
  maxValues: {
    'pt-BR': 'O corpo tem mais de {max} valores.',
    'en-US': 'The body has more than {max} values.',
  },
  maxParameters: {
    'pt-BR': 'O endereço tem mais de {max} parâmetros.',
    'en-US': 'The address has more than {max} parameters.',
  },
  // Form
  isCleanText: {
    'pt-BR': 'Há um caractere invisível aqui. Apague e digite de novo.',
    'en-US': 'There is an invisible character here. Delete it and type again.',
  },
  isName: {
    'pt-BR': 'Use só o nome, sem endereços da web nem e-mail.',
    'en-US': 'Use the name only, without web addresses or e-mail.',
  },
  isOneLine: { 'pt-BR': 'Escreva em uma só linha.', 'en-US': 'Write on a single line.' },
  matches: {
    'pt-BR': 'Há um caractere que não serve aqui. Use letras, números e hífen.',
    'en-US': 'A character does not fit here. Use letters, digits and hyphens.',
  },
  format: {
    'pt-BR': 'Use de 1 a {max} caracteres ASCII visíveis.',
    'en-US': 'Use 1 to {max} visible ASCII characters.',
  },
  isEmail: {
    'pt-BR': 'Falta algo neste e-mail. O formato é nome@empresa.com.br.',
    'en-US': 'Something is missing in this e-mail. It looks like name@company.com.',
  },
  isEmailDomain: {
    'pt-BR': 'Um destes domínios não existe em e-mails. O formato é empresa.com.br.',
    'en-US': 'One of these is no domain of e-mails. It looks like company.com.',
  },
  isUrl: {
    'pt-BR': 'Falta algo neste endereço. O formato é https://exemplo.com.br.',
    'en-US': 'Something is missing in this address. It looks like https://example.com.',
  },
  isPicture: {
    'pt-BR': 'Isto não é uma imagem PNG, JPEG, WebP, GIF, ICO ou SVG, nem um endereço https:// de uma.',
    'en-US': 'This is no PNG, JPEG, WebP, GIF, ICO or SVG picture, nor the https:// address of one.',
  },
  isHarmlessSvg: {
    'pt-BR': 'Este SVG tem scripts ou entidades. Exporte-o sem eles, ou como PNG.',
    'en-US': 'This SVG has scripts or entities. Export it without them, or as PNG.',
  },
  pictureSides: {
    'pt-BR': 'A imagem pode ter no máximo {max} pixels de lado.',
    'en-US': 'The picture may have at most {max} pixels on a side.',
  },
  pictureSize: {
    'pt-BR': 'A imagem pode ter no máximo {max} kB.',
    'en-US': 'The picture may have at most {max} kB.',
  },
  isTimeZone: {
    'pt-BR': 'Este fuso horário não foi reconhecido. Escolha outro.',
    'en-US': 'This time zone was not recognized. Choose another one.',
  },
  isTaxId: {
    'pt-BR': 'Os números não conferem. Veja no cartão do CNPJ ou no CPF.',
    'en-US': 'The digits do not match. Look at the tax card.',
  },
  isColour: {
    'pt-BR': 'Esta cor não foi reconhecida. Tente algo como #13725C.',
    'en-US': 'This colour was not recognized. Try something like #13725C.',
  },
  cursor: {
    'pt-BR': 'Use o nextCursor de uma lista na mesma ordem.',
    'en-US': 'Use the nextCursor of a list in the same order.',
  },
  // What the field names, and what it would do
  exists: {
    'pt-BR': 'Este item não existe mais. Escolha outro.',
    'en-US': 'This item no longer exists. Choose another one.',
  },
  exactlyOne: { 'pt-BR': 'Envie {fields}: só um deles.', 'en-US': 'Send {fields}: just one of them.' },
  isOffered: { 'pt-BR': 'Escolha um idioma que esteja ligado.', 'en-US': 'Choose a language that is on.' },
  mismatch: { 'pt-BR': 'A senha atual não confere.', 'en-US': 'The current password does not match.' },
  common: {
    'pt-BR': 'Esta senha é fácil de adivinhar. Escolha outra.',
    'en-US': 'This password is easy to guess. Choose another one.',
  },
  notGrantable: {
    'pt-BR': 'Este papel não pode ser dado por você. Escolha outro.',
    'en-US': 'This role is not yours to give. Choose another one.',
  },
  defaultRole: {
    'pt-BR': 'Faça antes de outro papel o padrão.',
    'en-US': 'Make another role the default first.',
  },
  pending: {
    'pt-BR': 'Quem foi convidado passa a ativo pelo link do e-mail.',
    'en-US': 'Whoever was invited becomes active through the link in the e-mail.',
  },
  locked: {
    'pt-BR': 'Este acesso está bloqueado: termina com uma nova senha ou com o tempo.',
    'en-US': 'This access is locked: a new password or time ends that.',
  },
  email_taken: {
    'pt-BR': 'Este e-mail já tem acesso ou já foi convidado.',
    'en-US': 'This e-mail has access already, or is invited.',
  },
  domain: {
    'pt-BR': 'O portal não aceita convites para este domínio.',
    'en-US': 'The portal does not accept invitations to this domain.',
  },
  repeated: { 'pt-BR': 'Este e-mail já está em outra linha.', 'en-US': 'This e-mail is on another line already.' },
  // Texts in Markdown
  markdown_headings: { 'pt-BR': 'São títulos demais: o máximo é {max}.', 'en-US': 'Too many headings: at most {max}.' },
  markdown_cells: {
    'pt-BR': 'As tabelas são grandes demais: o máximo é de {max} células.',
    'en-US': 'The tables are too large: at most {max} cells.',
  },
  markdown_links: {
    'pt-BR': 'São links e imagens demais: o máximo é {max}.',
    'en-US': 'Too many links and pictures: at most {max}.',
  },
  markdown_depth: {
    'pt-BR': 'São listas, citações ou marcas demais umas dentro das outras: o máximo é {max}.',
    'en-US': 'Too many lists, quotes or marks in one another: at most {max}.',
  },
  // Lines of a tenant's stylesheet
  css_syntax: { 'pt-BR': 'Isto não pode ser lido como CSS: {found}', 'en-US': 'This cannot be read as CSS: {found}' },
  css_escape: {
    'pt-BR': 'Barras invertidas só podem estar em textos: {found}',
    'en-US': 'A backslash may stand in strings only: {found}',
  },
  css_nesting: {
    'pt-BR': 'Uma regra não pode estar dentro de outra: {found}',
    'en-US': 'A rule may not stand in another one: {found}',
  },
  css_at_rule: {
    'pt-BR': 'Só valem @media, @supports, @container e @keyframes: {found}',
    'en-US': 'Only @media, @supports, @container and @keyframes may be used: {found}',
  },
  css_selector: {
    'pt-BR': 'Isto sairia da página do portal: {found}',
    'en-US': 'This would reach outside of the page of the portal: {found}',
  },
  css_property: {
    'pt-BR': 'Esta propriedade não pode ser usada: {found}',
    'en-US': 'This property may not be used: {found}',
  },
  css_url: {
    'pt-BR': 'Só valem endereços data: de imagens PNG, JPEG, WebP, GIF ou ICO: {found}',
    'en-US': 'Only data: addresses of PNG, JPEG, WebP, GIF or ICO pictures may be used: {found}',
  },
  css_function: {
    'pt-BR': 'Esta função não pode ser usada: {found}',
    'en-US': 'This function may not be used: {found}',
  },
  css_animation: {
    'pt-BR': 'O nome de uma animação começa com "portal-": {found}',
    'en-US': 'The name of an animation begins with "portal-": {found}',
  },
  css_depth: { 'pt-BR': 'Há parênteses demais: {found}', 'en-US': 'Too many brackets in brackets: {found}' },
} as const satisfies Readonly<Record<string, Texts>>;

export type FieldErrorCode = keyof typeof FIELD_ERRORS;

const UNKNOWN: Texts = { 'pt-BR': 'Este valor não serve aqui.', 'en-US': 'This value does not fit here.' };

/** What is wrong with a field, for the person who filled it in. */
export function fieldErrorText(code: FieldErrorCode, locale: Locale, params: FieldErrorParams = {}): string {
  // A text that is too short for one character is none.
  const rule = code === 'minLength' && params['min'] === 1 ? 'required' : code;
  const texts: Texts = Object.hasOwn(FIELD_ERRORS, rule) ? FIELD_ERRORS[rule] : UNKNOWN;
  return texts[locale].replace(/\{(\w+)\}/g, (_all, name: string) => String(params[name] ?? '')).trim();
}

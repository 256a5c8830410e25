import { inEveryLocale, type EveryLocale, type Texts } from './every-locale.js';
import type { Locale } from './locales.js';
import { WRONG_TELEPHONE } from './telephone-words.js';

/** What a rule was set to, and other facts that its text names: `{max}` becomes `params.max`. */
export type FieldErrorParams = Readonly<Record<string, string | number>>;

const TEXTS = {
  // Presence and kind
  required: ['Preencha este campo.', 'Fill in this field.'],
  whitelistValidation: ['Este campo não existe aqui.', 'There is no such field here.'],
  isString: ['Preencha este campo com texto.', 'Fill in this field with text.'],
  isBoolean: ['Escolha sim ou não.', 'Choose yes or no.'],
  isInt: ['Use um número inteiro.', 'Use a whole number.'],
  isArray: ['Envie uma lista.', 'Send a list.'],
  isObject: ['Envie um objeto.', 'Send an object.'],
  nestedValidation: ['Envie um objeto.', 'Send an object.'],
  isUuid: ['Escolha de novo: este item não foi reconhecido.', 'Choose again: this item was not recognized.'],
  isIn: ['Escolha uma das opções.', 'Choose one of the options.'],
  // Sizes
  minLength: ['Está curto demais: o mínimo é {min}.', 'Too short: the minimum is {min}.'],
  maxLength: ['Está longo demais: o máximo é {max}.', 'Too long: the maximum is {max}.'],
  maxBytes: ['Está longo demais: use no máximo {max} bytes.', 'Too long: use at most {max} bytes.'],
  min: ['O menor número possível é {min}.', 'The smallest possible number is {min}.'],
  max: ['O maior número possível é {max}.', 'The largest possible number is {max}.'],
  arrayMinSize: ['São itens de menos: o mínimo é {min}.', 'Too few items: at least {min}.'],
  arrayMaxSize: ['São itens demais: o máximo é {max}.', 'Too many items: at most {max}.'],
  arrayUnique: ['Há itens repetidos: deixe um de cada.', 'Some items are repeated: keep one of each.'],
  maxDepth: ['O corpo tem mais de {max} níveis.', 'The body has more than {max} levels.'],
  maxMembers: ['Um objeto do corpo tem mais de {max} membros.', 'An object of the body has more than {max} members.'],
  maxValues: ['O corpo tem mais de {max} valores.', 'The body has more than {max} values.'],
  maxParameters: ['O endereço tem mais de {max} parâmetros.', 'The address has more than {max} parameters.'],
  isUtf8: ['O corpo não está em UTF-8.', 'The body is not in UTF-8.'],
  // Form
  isCleanText: [
    'Há um caractere invisível aqui. Apague e digite de novo.',
    'There is an invisible character here. Delete it and type again.',
  ],
  isName: ['Use só o nome, sem endereços da web nem e-mail.', 'Use the name only, without web addresses or email.'],
  isOneLine: ['Escreva em uma só linha.', 'Write on a single line.'],
  matches: [
    'Há um caractere que não serve aqui. Use letras, números e hífen.',
    'A character does not fit here. Use letters, digits and hyphens.',
  ],
  format: ['Use de 1 a {max} caracteres ASCII visíveis.', 'Use 1 to {max} visible ASCII characters.'],
  credentialForm: [
    'Isto não parece esta credencial: ela começa com {begins}.',
    'This does not look like this credential: it begins with {begins}.',
  ],
  credentialUnknown: [
    'O serviço não aceita esta credencial: ela está errada, venceu ou foi revogada. Copie-a de novo do painel dele.',
    'The service does not take this credential: it is wrong, has expired or was revoked. Copy it again from its dashboard.',
  ],
  credentialRights: [
    'O serviço conhece esta credencial, mas ela não pode ler {what}. Dê a ela este direito no painel dele.',
    'The service knows this credential, but it may not read {what}. Grant it that right in its dashboard.',
  ],
  isDay: ['Este dia não existe no calendário.', 'There is no such day in the calendar.'],
  isDecimal: ['Use um número, como 1.5.', 'Use a number, such as 1.5.'],
  // Money
  moneyNotPositive: ['Precisa ser maior que zero.', 'It has to be more than zero.'],
  moneyNotAPercentage: ['Use uma porcentagem de 0 a 100.', 'Use a percentage from 0 to 100.'],
  moneyExceedsPrice: ['O desconto passa do valor de que é tirado.', 'The discount is more than what it is taken from.'],
  notOfSubscription: [
    'Uma assinatura é proposta pelo preço do plano. Tire o desconto.',
    'A subscription is proposed at the price of its plan. Take the discount off.',
  ],
  askedForAlready: [
    'Isto já foi cobrado, uma vez. Deixe como está e acrescente outro item.',
    'This was asked for already, once. Leave it as it is and add another item.',
  ],
  moneyTooLarge: ['O valor é grande demais.', 'The amount is too large.'],
  moneyTooManyDecimals: ['São casas decimais demais.', 'Too many decimals.'],
  isCurrency: ['Esta moeda não é conhecida.', 'This currency is not known.'],
  dayFar: ['Use um dia dos anos 1900 a 2098.', 'Use a day of the years 1900 to 2098.'],
  notBeforeToday: ['Este dia já passou.', 'This day has passed.'],
  notAfterToday: ['Este dia ainda não chegou.', 'This day has not come yet.'],
  numbersBegun: [
    'Os números de {year} já começaram, e o próximo é {next}: ele só pode mudar antes da primeira fatura de um ano.',
    'The numbers of {year} have begun, and the next one is {next}: it can change only before the first invoice of a year.',
  ],
  startIsSaid: [
    'A proposta já diz quando começa. Deixe o dia em branco.',
    'The proposal says already when it begins. Leave the day empty.',
  ],
  startIsChosen: [
    'O cliente escolhe o dia. Deixe este em branco, ou não o deixe escolher.',
    'The customer chooses the day. Leave this one empty, or let them choose none.',
  ],
  startTooLate: ['Passa do último dia em que pode começar.', 'It is past the last day on which it can begin.'],
  pauseTooLong: ['Uma pausa dura no máximo {max} dias.', 'A pause takes {max} days at most.'],
  afterStart: ['Precisa vir depois do começo.', 'It has to come after the start.'],
  isEmail: [
    'Falta algo neste e-mail. O formato é nome@empresa.com.br.',
    'Something is missing in this email. It looks like name@company.com.',
  ],
  isEmailDomain: [
    'Um destes domínios não existe em e-mails. O formato é empresa.com.br.',
    'One of these is not an email domain. It looks like company.com.',
  ],
  isUrl: [
    'Falta algo neste endereço. O formato é https://exemplo.com.br.',
    'Something is missing in this address. It looks like https://example.com.',
  ],
  isLinkAddress: [
    'Este endereço precisa ser inteiro e começar com https://, como em https://empresa.com.br/termos.',
    'This address has to be whole and begin with https://, as in https://company.com/terms.',
  ],
  isDomainName: [
    'Escreva só o domínio, como portal.suaempresa.com.br: sem https://, sem barra e sem porta.',
    'Write the domain alone, such as portal.yourcompany.com: no https://, no slash and no port.',
  ],
  isPublicSuffix: [
    'Este final de endereço é de todos. Escreva um domínio da empresa, como portal.suaempresa.com.br.',
    'This ending belongs to everybody. Write a domain of the company, such as portal.yourcompany.com.',
  ],
  isOfInstallation: [
    'Este domínio é da própria instalação. Use um da sua empresa.',
    'This domain belongs to the installation itself. Use one of your company.',
  ],
  isPersonalDomain: [
    'Este domínio é de um serviço de e-mail que qualquer pessoa usa, e ninguém pode provar que é seu. Use um da sua empresa.',
    'This domain belongs to a mail service that anybody uses, and nobody can prove it to be theirs. Use one of your company.',
  ],
  isPicture: [
    'Isto não é uma imagem PNG, JPEG, WebP, GIF, ICO ou SVG, nem um endereço https:// de uma.',
    'This is no PNG, JPEG, WebP, GIF, ICO or SVG picture, nor the https:// address of one.',
  ],
  isProofFile: ['Envie uma foto (JPEG, PNG ou WebP) ou um PDF.', 'Send a photo (JPEG, PNG or WebP) or a PDF.'],
  isSignature: ['Assine de novo: o desenho não veio inteiro.', 'Sign again: the drawing did not come whole.'],
  isTrue: ['Confirme para continuar.', 'Confirm to go on.'],
  isHarmlessSvg: [
    'Este SVG tem algo que uma imagem não pode ter: {found}. Exporte-o sem isso, ou como PNG.',
    'This SVG has something that no picture may have: {found}. Export it without, or as PNG.',
  ],
  svgEffort: [
    'Este SVG é complexo demais para um logotipo. Simplifique-o, ou exporte como PNG.',
    'This SVG is too complex for a logo. Make it simpler, or export it as PNG.',
  ],
  nfseBroken: [
    'Este arquivo não abre como XML. Baixe o XML da nota de novo, sem abrir nem salvar em outro programa.',
    'This file does not open as XML. Download the XML of the note again, without opening or saving it in another program.',
  ],
  nfseUnsafe: [
    'Este XML tem algo que nenhuma nota tem, ou é grande demais. Baixe o XML da nota de novo.',
    'This XML has something that no note has, or is too large. Download the XML of the note again.',
  ],
  nfseOther: [
    'Este XML não é de uma NFS-e do padrão nacional. Notas no formato só do município são anotadas pelo número.',
    'This XML is not of an NFS-e of the national standard. Notes in a format of the municipality alone are written down by number.',
  ],
  nfseRequest: [
    'Este XML é só a declaração ou o pedido. Envie o que a autoridade devolveu: o XML da NFS-e, ou do evento.',
    'This XML is only the declaration or the request. Send what the authority answered: the XML of the NFS-e, or of the event.',
  ],
  nfseEventOther: [
    'Este evento não muda a situação da nota: só cancelamento e substituição.',
    'This event leaves the status of the note as it is: only cancellation and replacement change it.',
  ],
  nfseIncomplete: [
    'Falta algo neste XML que toda NFS-e tem: número, datas, valor ou chave.',
    'Something is missing in this XML that every NFS-e has: number, dates, amount or key.',
  ],
  nfseKeyWrong: [
    'A chave de acesso neste XML não confere: o arquivo foi alterado ou está incompleto.',
    'The access key in this XML does not fit: the file was changed or is incomplete.',
  ],
  nfseKey: [
    'A chave de acesso não confere: são 50 caracteres, e o último confere os outros.',
    'The access key does not fit: it has 50 characters, and the last one checks the others.',
  ],
  svgBlank: [
    'Este SVG não mostra nada: o desenho está fora da área da página, ou não tem cor. Ajuste a página ao desenho e exporte de novo.',
    'This SVG shows nothing: the drawing is outside of its page, or has no colour. Fit the page to the drawing and export it again.',
  ],
  pictureSides: [
    'A imagem pode ter no máximo {max} pixels de lado.',
    'The picture may have at most {max} pixels on a side.',
  ],
  pictureSize: ['A imagem pode ter no máximo {max} kB.', 'The picture may have at most {max} kB.'],
  pictureKilobytes: ['O arquivo pode ter no máximo {max} kB.', 'The file may have at most {max} kB.'],
  pictureBytes: ['O arquivo pode ter no máximo {max} MB.', 'The file may have at most {max} MB.'],
  pictureEmpty: ['O arquivo está vazio. Escolha outro.', 'The file is empty. Choose another one.'],
  pictureCrop: ['O recorte sai da imagem. Marque de novo.', 'The crop reaches outside of the picture. Mark it again.'],
  pictureBroken: [
    'A imagem não pôde ser aberta. Exporte-a de novo, como PNG.',
    'The picture could not be opened. Export it again, as PNG.',
  ],
  pictureAddress: [
    'Este endereço não serve. O formato é https://exemplo.com.br/logo.png.',
    'This address does not work. It looks like https://example.com/logo.png.',
  ],
  picturePrivate: [
    'Este endereço não está na internet pública. Envie o arquivo.',
    'This address is not on the public internet. Upload the file.',
  ],
  pictureRedirected: [
    'O endereço leva a outro. Abra-o no navegador e copie o endereço final da imagem.',
    'The address leads to another one. Open it in a browser and copy the final address of the picture.',
  ],
  pictureSlow: [
    'O servidor da imagem demorou demais. Tente de novo ou envie o arquivo.',
    'The server of the picture took too long. Try again or upload the file.',
  ],
  pictureUnreachable: [
    'O servidor da imagem não respondeu. Confira o endereço ou envie o arquivo.',
    'The server of the picture did not answer. Check the address or upload the file.',
  ],
  pictureStatus: [
    'O servidor da imagem respondeu {status}: não há imagem neste endereço.',
    'The server of the picture answered {status}: there is no picture at this address.',
  ],
  isTimeZone: [
    'Este fuso horário não foi reconhecido. Escolha outro.',
    'This time zone was not recognized. Choose another one.',
  ],
  isLocalTime: [
    'Informe data e hora que existam, como 2026-12-15T09:30.',
    'Give a date and a time that exist, such as 2026-12-15T09:30.',
  ],
  clockForward: [
    'O relógio só anda para a frente: escolha um momento depois do atual.',
    'The clock goes forward only: choose a moment after the present one.',
  ],
  clockFar: ['São no máximo {max} anos de cada vez.', 'It is {max} years at most at once.'],
  isTaxId: [
    'Os números não conferem. Veja no cartão do CNPJ ou no CPF.',
    'The digits do not match. Look at the tax card.',
  ],
  isCnpj: ['Informe um CNPJ válido: aqui só empresas se cadastram.', 'Give a valid CNPJ: only companies sign up here.'],
  isTelephone: WRONG_TELEPHONE,
  isPixKey: [
    'Isto não é uma chave PIX: use um CPF, CNPJ, e-mail, celular com DDD ou chave aleatória.',
    'This is no PIX key: use a CPF, CNPJ, email, mobile phone with its area code, or random key.',
  ],
  isPersonalEmail: [
    'Use o e-mail da empresa: endereços pessoais não são aceitos aqui.',
    'Use the company’s email: personal addresses are not accepted here.',
  ],
  isDisposableEmail: [
    'Use um e-mail permanente: este é de um serviço descartável.',
    'Use a permanent email: this one is from a disposable service.',
  ],
  mustAgree: ['Para seguir, é preciso concordar.', 'To go on, you need to agree.'],
  slug_taken: ['Este endereço já está em uso. Escolha outro.', 'This address is already in use. Choose another one.'],
  isColour: [
    'Esta cor não foi reconhecida ou não é opaca. Tente algo como #13725C.',
    'This color was not recognized or is not opaque. Try something like #13725C.',
  ],
  cursor: ['Use o nextCursor de uma lista na mesma ordem.', 'Use the nextCursor of a list in the same order.'],
  // What the field names, and what it would do
  exists: ['Este item não existe mais. Escolha outro.', 'This item no longer exists. Choose another one.'],
  exactlyOne: ['Envie {fields}: só um deles.', 'Send {fields}: just one of them.'],
  isOffered: ['Escolha um idioma que esteja ligado.', 'Choose a language that is on.'],
  mismatch: ['A senha atual não confere.', 'The current password does not match.'],
  common: ['Esta senha é fácil de adivinhar. Escolha outra.', 'This password is easy to guess. Choose another one.'],
  notGrantable: [
    'Este papel não pode ser dado por você. Escolha outro.',
    'This role is not yours to give. Choose another one.',
  ],
  role_not_on_portal: [
    'O portal do convite não está aberto a este papel. Escolha outro papel, ou outro portal.',
    'The portal of the invitation is not open to this role. Choose another role, or another portal.',
  ],
  tooManyAddresses: [
    'Este portal já mudou de endereço {max} vezes em 90 dias. Volte a um dos anteriores, ou espere.',
    'This portal has changed its address {max} times in 90 days. Go back to an earlier one, or wait.',
  ],
  defaultRole: ['Faça antes de outro papel o padrão.', 'Make another role the default first.'],
  pending: [
    'Quem foi convidado passa a ativo pelo link do e-mail.',
    'Whoever was invited becomes active through the link in the email.',
  ],
  locked: [
    'Este acesso está bloqueado: quem o tem redefine a senha.',
    'This access is locked: whoever has it resets the password.',
  ],
  email_taken: ['Este e-mail já tem acesso a esta conta.', 'This email already has access to this account.'],
  invitation_waiting: [
    'Esta pessoa já foi convidada, e o convite espera resposta.',
    'This person is invited already, and the invitation awaits an answer.',
  ],
  domain: ['O portal não aceita convites para este domínio.', 'The portal does not accept invitations to this domain.'],
  repeated: ['Este e-mail já está em outra linha.', 'This email is on another line already.'],
  // Lines of a list of people
  isRole: ['Este papel não existe.', 'There is no such role.'],
  openQuote: [
    'As aspas (") abrem aqui e não fecham. Apague ou feche as aspas.',
    'The quotes (") open here and do not close. Delete or close them.',
  ],
  severalEmails: [
    'Há mais de um e-mail aqui. Deixe uma pessoa por linha.',
    'There is more than one email here. Keep one person per line.',
  ],
  invitationLimit: [
    'O limite de convites foi atingido, para este endereço ou para hoje. Envie esta linha de novo amanhã.',
    'The limit of invitations was reached, for this address or for today. Send this line again tomorrow.',
  ],
  invitationStopped: [
    'O envio foi parado antes desta linha. Envie de novo para convidar.',
    'Sending was stopped before this line. Send it again to invite.',
  ],
  invitationFailed: [
    'Não deu para convidar agora. Envie esta linha de novo.',
    'Inviting did not work this time. Send this line again.',
  ],
  // Files of customers and invoices
  csvEmpty: ['O arquivo não tem linhas para importar.', 'The file has no rows to import.'],
  csvRows: [
    'O arquivo tem linhas demais: o máximo é {max}. Divida-o em dois.',
    'The file has too many rows: at most {max}. Split it in two.',
  ],
  csvColumns: ['Faltam colunas no arquivo: {columns}.', 'The file lacks columns: {columns}.'],
  csvRepeatedColumns: [
    'Há mais de uma coluna para o mesmo dado: {columns}. Deixe uma.',
    'More than one column says the same: {columns}. Keep one.',
  ],
  csvManyLines: ['Esta fatura tem linhas demais.', 'This invoice has too many rows.'],
  csvForeign: [
    'Isto não é um CSV. Na planilha, salve como CSV e escolha esse arquivo.',
    'This is no CSV. Save as CSV from the spreadsheet and choose that file.',
  ],
  isPostalCode: ['O CEP tem 8 dígitos.', 'A CEP has 8 digits.'],
  isUf: ['Use a sigla do estado, como SP.', 'Use the two letters of the state, such as SP.'],
  rowRepeated: ['Este cliente já está em outra linha.', 'This customer is on another row already.'],
  accountsDiffer: [
    'O documento é de um cliente, e o código de outro.',
    'The tax id belongs to one customer, and the external id to another.',
  ],
  isWrittenDay: [
    'Esta data não existe. Use dia/mês/ano, como 31/12/2026, ou 2026-12-31.',
    'There is no such day. Use day/month/year, such as 31/12/2026, or 2026-12-31.',
  ],
  amountNotANumber: ['Isto não é um valor.', 'This is no amount.'],
  amountMisgrouped: ['Os pontos e vírgulas não formam um número.', 'The points and commas do not make a number.'],
  amountAmbiguous: [
    'Este número está no outro formato. Confira o formato dos números.',
    'This number is in the other format. Check the format of numbers.',
  ],
  amountOtherCurrency: ['Este valor está em outra moeda.', 'This amount is in another currency.'],
  amountNegative: ['O valor não pode ser negativo.', 'The amount cannot be negative.'],
  isDepositMethod: [
    'Use PIX, boleto, cartão, transferência, dinheiro, cheque ou outro.',
    'Use PIX, boleto, card, transfer, cash, check or other.',
  ],
  customerUnknown: ['Nenhum cliente tem este documento ou código.', 'No customer has this tax id or external id.'],
  customerAmbiguous: [
    'Um cliente tem isto como documento, e outro como código.',
    'One customer has this as tax id, and another as external id.',
  ],
  rowsDiffer: [
    'As linhas desta fatura dizem coisas diferentes nesta coluna.',
    'The rows of this invoice differ in this column.',
  ],
  rowBeside: ['Outra linha desta fatura tem um problema.', 'Another row of this invoice has a problem.'],
  dueBeforeIssue: ['O vencimento vem antes da emissão.', 'It is due before it was issued.'],
  paidBeforeIssue: ['O pagamento vem antes da emissão.', 'It was paid before it was issued.'],
  paidIncomplete: [
    'O valor pago precisa da data do pagamento, e a data do valor.',
    'An amount paid needs its date, and a date needs its amount.',
  ],
  paidExceedsTotal: [
    'O valor pago passa do total da fatura. Lance o excedente como crédito do cliente.',
    'More was paid than the invoice is over. Record the rest as credit of the customer.',
  ],
  importStopped: ['A importação foi parada antes desta linha.', 'The import was stopped before this row.'],
  importFailed: [
    'Não deu para importar esta linha agora. Importe-a de novo.',
    'This row could not be imported this time. Import it again.',
  ],
  invoiceNumberTaken: ['Já existe uma fatura com este número.', 'There is an invoice with this number already.'],
  // Texts in Markdown
  markdown_headings: ['São títulos demais: o máximo é {max}.', 'Too many headings: at most {max}.'],
  markdown_cells: [
    'As tabelas são grandes demais: o máximo é de {max} células.',
    'The tables are too large: at most {max} cells.',
  ],
  markdown_links: ['São links e imagens demais: o máximo é {max}.', 'Too many links and pictures: at most {max}.'],
  markdown_depth: [
    'São listas, citações ou marcas demais umas dentro das outras: o máximo é {max}.',
    'Too many lists, quotes or marks in one another: at most {max}.',
  ],
  // Lines of a tenant's stylesheet
  css_syntax: ['Isto não pode ser lido como CSS: “{found}”', 'This cannot be read as CSS: “{found}”'],
  css_escape: [
    'Barras invertidas só podem estar em textos: “{found}”',
    'A backslash may stand in strings only: “{found}”',
  ],
  css_comment: [
    'Falta o */ que fecha este comentário: “{found}”',
    'The */ that ends this comment is missing: “{found}”',
  ],
  css_character: [
    'Este caractere só parece um do CSS. Apague e digite de novo: {found}',
    'This character only looks like one of CSS. Delete it and type again: {found}',
  ],
  css_nesting: [
    'Uma regra não pode estar dentro de outra: “{found}”',
    'A rule may not stand in another one: “{found}”',
  ],
  css_at_rule: [
    'Só valem @media, @supports, @container e @keyframes: “{found}”',
    'Only @media, @supports, @container and @keyframes may be used: “{found}”',
  ],
  css_selector: [
    'Isto sairia da página do portal: “{found}”',
    'This would reach outside of the page of the portal: “{found}”',
  ],
  css_property: ['Esta propriedade não pode ser usada: “{found}”', 'This property may not be used: “{found}”'],
  css_url: [
    'Só valem endereços data: de imagens PNG, JPEG, WebP, GIF ou ICO: “{found}”',
    'Only data: addresses of PNG, JPEG, WebP, GIF or ICO pictures may be used: “{found}”',
  ],
  css_function: ['Esta função não pode ser usada: “{found}”', 'This function may not be used: “{found}”'],
  css_animation: [
    'O nome de uma animação começa com "portal-": “{found}”',
    'The name of an animation begins with "portal-": “{found}”',
  ],
  css_depth: ['Há parênteses demais: “{found}”', 'Too many brackets in brackets: “{found}”'],
} as const satisfies Readonly<Record<string, EveryLocale>>;

export type FieldErrorCode = keyof typeof TEXTS;

/** The rules that a field may break. Codes are stable; texts may be improved at any time. */
export const FIELD_ERRORS = Object.fromEntries(
  Object.entries(TEXTS).map(([code, texts]) => [code, inEveryLocale(texts)]),
) as Record<FieldErrorCode, Texts>;

const UNKNOWN = inEveryLocale(['Este valor não serve aqui.', 'This value does not fit here.']);

/** What is wrong with a field, for the person who filled it in. */
export function fieldErrorText(code: FieldErrorCode, locale: Locale, params: FieldErrorParams = {}): string {
  // A text that is too short for one character is none.
  const rule = code === 'minLength' && params['min'] === 1 ? 'required' : code;
  const texts = Object.hasOwn(FIELD_ERRORS, rule) ? FIELD_ERRORS[rule] : UNKNOWN;
  return texts[locale].replace(/\{(\w+)\}/g, (_all, name: string) => String(params[name] ?? '')).trim();
}

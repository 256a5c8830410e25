import type { Locale } from '@balcao/contracts';

interface LayoutTexts {
  /** Before the subject of a sandbox organization's mails, and above their text. */
  test: string;
  testNotice: string;
  /** Before the address of a button, in words. */
  buttonFallback: string;
  wrote: (author: string) => string;
  support: string;
  hours: string;
  sentBy: (organization: string) => string;
  withBalcao: string;
  unsubscribe: string;
}

/** What the layout itself says. */
export const LAYOUT_TEXTS: Record<Locale, LayoutTexts> = {
  'pt-BR': {
    test: '[Teste]',
    testNotice: 'Ambiente de teste: nada aqui vale de verdade.',
    buttonFallback: 'Se o botão não abrir, copie este endereço para o navegador:',
    wrote: (author) => `${author} escreveu:`,
    support: 'Precisa de ajuda?',
    hours: 'Atendimento',
    sentBy: (organization) => `Enviado por ${organization}`,
    withBalcao: 'Portal do cliente feito com Balcão',
    unsubscribe: 'Não quero mais receber estes avisos',
  },
  'en-US': {
    test: '[Test]',
    testNotice: 'Test environment: nothing here is for real.',
    buttonFallback: 'If the button does not open, copy this address into your browser:',
    wrote: (author) => `${author} wrote:`,
    support: 'Need help?',
    hours: 'Support hours',
    sentBy: (organization) => `Sent by ${organization}`,
    withBalcao: 'Customer portal made with Balcão',
    unsubscribe: 'Stop receiving these notices',
  },
};

import type { Locale } from '@balcao/ui';
import type { Signup } from '../../data/signups.js';

interface RefusalMail {
  subject: string;
  body: string;
}

/** What the mail says, in whichever language its reader has. */
const WORDS: Record<Locale, (company: string | undefined, reason: string) => RefusalMail> = {
  'pt-BR': (company, reason) => ({
    subject: company === undefined ? 'Seu cadastro não seguiu' : `O cadastro de ${company} não seguiu`,
    body: `Motivo: ${reason}`,
  }),
  'en-US': (company, reason) => ({
    subject: company === undefined ? 'Your signup went no further' : `The signup of ${company} went no further`,
    body: `Reason: ${reason}`,
  }),
};

/** The mail that a person gets whose signup is refused, as far as it is shown beforehand. */
export const refusalMail = ({ locale, kind }: Pick<Signup, 'locale' | 'kind'>, company: string, reason: string) =>
  WORDS[locale](kind === 'cpf' ? undefined : company, reason);

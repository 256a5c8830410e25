import type { Locale } from '@balcao/contracts';
import type { MailText } from '@balcao/platform-mail';
import type { Refusal } from '../domain/signup.js';

/** What the mails about a signup tell. */
export interface SignupMailFacts {
  organization: string;
  /** By the register's name, or by its number where only a stranger may have written the name. */
  company: string;
  /** The same with its number. */
  numbered: string;
  /** Whether a person has signed up, who reads of themselves. */
  isPerson: boolean;
  number: string;
  /** Whether a person looks at it; otherwise the register is asked. */
  inReview: boolean;
  refusal: Refusal | null;
  reason: string | null;
  /** Day since which the company stands as it does, as `2026-11-26`. */
  since: string | null;
}

type Texts = Record<Locale, (facts: SignupMailFacts) => MailText>;

const dayIn = (locale: Locale, day: string | null) =>
  day && new Intl.DateTimeFormat(locale, { timeZone: 'UTC', dateStyle: 'short' }).format(new Date(`${day}T00:00:00Z`));

const STANDINGS: Record<Locale, Partial<Record<Refusal, string>>> = {
  'pt-BR': { null: 'nula', suspended: 'suspensa', unfit: 'inapta', closed: 'baixada' },
  'en-US': { null: 'null', suspended: 'suspended', unfit: 'unfit', closed: 'closed' },
};

const refused: Record<Locale, (facts: SignupMailFacts) => string[]> = {
  'pt-BR': ({ numbered, isPerson, refusal, reason, since }) => {
    if (refusal === 'already_registered')
      return [
        `${numbered} já é cliente, por isso o cadastro não seguiu. Peça acesso a quem administra a conta pela página abaixo.`,
      ];
    const standing = refusal && STANDINGS['pt-BR'][refusal];
    if (!standing)
      return [
        isPerson ? 'Seu cadastro não foi aceito.' : `O cadastro de ${numbered} não foi aceito.`,
        ...(reason ? [`Motivo: ${reason}`] : []),
      ];
    const day = dayIn('pt-BR', since);
    return [
      `No registro público, ${numbered} está ${standing}${day ? ` desde ${day}` : ''}. Só empresas ativas podem se cadastrar.`,
      ...(reason ? [`Motivo no registro: ${reason}`] : []),
      'Se o registro está errado, peça pela página abaixo que uma pessoa confira.',
    ];
  },
  'en-US': ({ numbered, isPerson, refusal, reason, since }) => {
    if (refusal === 'already_registered')
      return [
        `${numbered} is a customer already, so the signup went no further. Ask whoever manages the account for access on the page below.`,
      ];
    const standing = refusal && STANDINGS['en-US'][refusal];
    if (!standing)
      return [
        isPerson ? 'Your signup was not accepted.' : `The signup of ${numbered} was not accepted.`,
        ...(reason ? [`Reason: ${reason}`] : []),
      ];
    const day = dayIn('en-US', since);
    return [
      `In the public register, ${numbered} is ${standing}${day ? ` since ${day}` : ''}. Only active companies can sign up.`,
      ...(reason ? [`Reason in the register: ${reason}`] : []),
      'If the register is wrong, ask for a person to look on the page below.',
    ];
  },
};

export const TEXTS: Record<'signup-received' | 'signup-refused' | 'signup-approved', Texts> = {
  'signup-received': {
    'pt-BR': ({ organization, company, numbered, isPerson, number, inReview }) => ({
      subject: `${inReview ? 'Uma pessoa confere' : 'Recebemos'} ${isPerson ? 'seu cadastro' : `o cadastro de ${company}`} (${number})`,
      preheader: 'Nada precisa ser digitado de novo.',
      // Another mail than the one that said that the register is asked, where both come.
      heading: inReview ? 'Uma pessoa confere seu cadastro' : 'Recebemos seu cadastro',
      body: [
        inReview
          ? `Uma pessoa de ${organization} confere ${isPerson ? 'seus dados' : `os dados de ${numbered}`}. Depois você recebe um e-mail com o link para entrar.`
          : `O registro público ainda não respondeu sobre ${numbered}. Tentamos de novo sozinhos, e depois você recebe um e-mail com o link para entrar.`,
        ['Ver como está'],
        `O protocolo é ${number}. Este link continua o cadastro em qualquer aparelho: não o repasse. Se você não se cadastrou, ignore esta mensagem ou desista do cadastro pela página.`,
      ],
    }),
    'en-US': ({ organization, company, numbered, isPerson, number, inReview }) => ({
      subject: `${inReview ? 'A person is checking' : 'We received'} ${isPerson ? 'your signup' : `the signup of ${company}`} (${number})`,
      preheader: 'Nothing needs to be typed again.',
      heading: inReview ? 'A person is checking your signup' : 'We received your signup',
      body: [
        inReview
          ? `A person at ${organization} is checking ${isPerson ? 'your data' : `the data of ${numbered}`}. Then you get an email with the link to come in.`
          : `The public register has not answered about ${numbered} yet. We try again by ourselves, and then you get an email with the link to come in.`,
        ['See how it stands'],
        `The number is ${number}. This link goes on with the signup on any device: do not pass it on. If you did not sign up, ignore this message or end the signup on the page.`,
      ],
    }),
  },
  'signup-refused': {
    'pt-BR': (facts) => ({
      subject: facts.isPerson ? 'Seu cadastro não seguiu' : `O cadastro de ${facts.company} não seguiu`,
      preheader: 'O motivo está nesta mensagem.',
      heading: 'O cadastro não seguiu',
      body: [...refused['pt-BR'](facts), ['Ver o cadastro']],
    }),
    'en-US': (facts) => ({
      subject: facts.isPerson ? 'Your signup went no further' : `The signup of ${facts.company} went no further`,
      preheader: 'The reason is in this message.',
      heading: 'The signup went no further',
      body: [...refused['en-US'](facts), ['See the signup']],
    }),
  },
  'signup-approved': {
    'pt-BR': ({ organization, company, isPerson }) => ({
      subject: `${isPerson ? 'Você' : company} agora é cliente de ${organization}`,
      preheader: 'Confirme o e-mail para entrar; o link vale por 24 horas.',
      heading: 'Cadastro aprovado',
      body: [
        `${organization} conferiu ${isPerson ? 'seus dados' : `os dados de ${company}`} e aprovou o cadastro. Falta confirmar que este e-mail é seu.`,
        ['Confirmar e-mail e entrar'],
        'O link vale por 24 horas. Se você não se cadastrou, ignore esta mensagem.',
      ],
    }),
    'en-US': ({ organization, company, isPerson }) => ({
      subject: `${isPerson ? 'You are' : `${company} is`} a customer of ${organization} now`,
      preheader: 'Confirm the email to come in; the link is valid for 24 hours.',
      heading: 'Signup approved',
      body: [
        `${organization} looked at ${isPerson ? 'your data' : `the data of ${company}`} and approved the signup. What is left is confirming that this email is yours.`,
        ['Confirm email and come in'],
        'The link is valid for 24 hours. If you did not sign up, ignore this message.',
      ],
    }),
  },
};

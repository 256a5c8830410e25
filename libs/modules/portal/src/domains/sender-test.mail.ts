import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { MailLinks } from '@balcao/module-auth';
import {
  MailTemplateFor,
  mailOf,
  type MailContent,
  type MailFacts,
  type MailTemplate,
  type MailText,
} from '@balcao/platform-mail';
import type { OrganizationContext } from '@balcao/platform-tenancy';

const TEXTS: Record<Locale, MailText> = {
  'pt-BR': {
    subject: 'Teste: é assim que seus e-mails chegam',
    preheader: 'Confira o remetente desta mensagem.',
    heading: 'É assim que seus e-mails chegam',
    body: [
      'Você pediu este teste no console. O remetente, as cores e o rodapé são os mesmos das mensagens que seus clientes recebem.',
      'Se o remetente não é o endereço da sua empresa, ele ainda não foi confirmado, ou o servidor de e-mail não o aceitou. Se a mensagem caiu no spam, veja no console o que falta no DNS.',
      ['Ver o remetente no console'],
    ],
  },
  'en-US': {
    subject: 'Test: this is how your mails arrive',
    preheader: 'Look at the sender of this message.',
    heading: 'This is how your mails arrive',
    body: [
      'You asked for this test in the console. Sender, colors and footer are those of the messages that your customers get.',
      'If the sender is not your company’s address, it is not confirmed yet, or the mail server did not accept it. If the message went to spam, see in the console what DNS lacks.',
      ['See the sender in the console'],
    ],
  },
};

/** To whoever asked to see how mails arrive. */
@Injectable()
@MailTemplateFor('sender-test')
export class SenderTestMail implements MailTemplate {
  constructor(private readonly links: MailLinks) {}

  async compose(_context: OrganizationContext, { locale }: MailFacts): Promise<MailContent> {
    return { ...mailOf(TEXTS[locale], this.links.console('portal/mail', { locale })), forStaff: true };
  }
}

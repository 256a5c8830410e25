import { invoiceMail } from './invoice-mail.js';
import { fullDay } from './mail-words.js';

/** Tells whoever sent a proof of payment why it was refused. */
export const PaymentProofRefusedMail = invoiceMail(
  'payment-proof-refused',
  ({ proof }) => proof?.status === 'refused',
  {
    'pt-BR': (invoice) => ({
      subject: `Não conseguimos confirmar o pagamento da fatura ${invoice.number}`,
      preheader: invoice.proof!.reason!,
      heading: 'Seu comprovante não foi aceito',
      body: [
        `${invoice.organizationName} conferiu o comprovante que você enviou da fatura ${invoice.number} e não conseguiu confirmar o pagamento.`,
        { kind: 'quote', text: invoice.proof!.reason!, author: invoice.organizationName },
        ...(invoice.owed > 0n
          ? [
              {
                kind: 'facts' as const,
                rows: [
                  ['Falta pagar', invoice.amount(invoice.owed)] as const,
                  ['Vencimento', fullDay(invoice.dueOn, 'pt-BR')] as const,
                ],
              },
              'Se você pagou, envie outro comprovante pela página da fatura.',
            ]
          : []),
        ['Ver a fatura'],
      ],
    }),
    'en-US': (invoice) => ({
      subject: `We could not confirm the payment of invoice ${invoice.number}`,
      preheader: invoice.proof!.reason!,
      heading: 'Your proof was not accepted',
      body: [
        `${invoice.organizationName} looked at the proof that you sent for invoice ${invoice.number} and could not confirm the payment.`,
        { kind: 'quote', text: invoice.proof!.reason!, author: invoice.organizationName },
        ...(invoice.owed > 0n
          ? [
              {
                kind: 'facts' as const,
                rows: [
                  ['Left to pay', invoice.amount(invoice.owed)] as const,
                  ['Due', fullDay(invoice.dueOn, 'en-US')] as const,
                ],
              },
              'If you have paid, send another proof from the page of the invoice.',
            ]
          : []),
        ['View the invoice'],
      ],
    }),
  },
);

import type { Locale } from './locales.js';

type Words<Key extends string> = Record<Locale, Record<Key, string>>;

const INVOICE_STATUSES = {
  'pt-BR': {
    draft: 'Rascunho',
    open: 'Em aberto',
    partially_paid: 'Parte paga',
    overdue: 'Vencida',
    paid: 'Paga',
    credited: 'Creditada',
    refunded: 'Devolvida',
    void: 'Anulada',
  },
  'en-US': {
    draft: 'Draft',
    open: 'Open',
    partially_paid: 'Partly paid',
    overdue: 'Overdue',
    paid: 'Paid',
    credited: 'Credited',
    refunded: 'Refunded',
    void: 'Voided',
  },
} satisfies Words<string>;

/** What an invoice is called by its status, on pages and in files alike: one that was given up, to each in their own words. */
export const INVOICE_STATUS_WORDS = {
  customers: {
    'pt-BR': { ...INVOICE_STATUSES['pt-BR'], written_off: 'Encerrada' },
    'en-US': { ...INVOICE_STATUSES['en-US'], written_off: 'Closed' },
  },
  staff: {
    'pt-BR': { ...INVOICE_STATUSES['pt-BR'], written_off: 'Baixada por perda' },
    'en-US': { ...INVOICE_STATUSES['en-US'], written_off: 'Written off' },
  },
} satisfies Record<keyof typeof ENTRY_WORDS, Words<string>>;

type EntryKindName =
  | 'invoice'
  | 'late_charge'
  | 'refund'
  | 'chargeback'
  | 'write_off_reversal'
  | 'adjustment_debit'
  | 'payment'
  | 'deposit'
  | 'credit_note'
  | 'void'
  | 'write_off'
  | 'adjustment_credit';

/** What a line of the books is called: to customers in words of every day, to staff in those of their trade. */
export const ENTRY_WORDS: Record<'customers' | 'staff', Words<EntryKindName>> = {
  customers: {
    'pt-BR': {
      invoice: 'Fatura',
      late_charge: 'Multa e juros',
      refund: 'Devolução',
      chargeback: 'Pagamento contestado',
      write_off_reversal: 'Dispensa desfeita',
      adjustment_debit: 'Acerto a pagar',
      payment: 'Pagamento',
      deposit: 'Pagamento recebido',
      credit_note: 'Nota de crédito',
      void: 'Fatura anulada',
      write_off: 'Valor dispensado',
      adjustment_credit: 'Acerto a favor',
    },
    'en-US': {
      invoice: 'Invoice',
      late_charge: 'Late charges',
      refund: 'Refund',
      chargeback: 'Disputed payment',
      write_off_reversal: 'Waiver taken back',
      adjustment_debit: 'Adjustment to pay',
      payment: 'Payment',
      deposit: 'Payment received',
      credit_note: 'Credit note',
      void: 'Voided invoice',
      write_off: 'Waived amount',
      adjustment_credit: 'Adjustment in your favor',
    },
  },
  staff: {
    'pt-BR': {
      invoice: 'Fatura',
      late_charge: 'Multa e juros',
      refund: 'Devolução',
      chargeback: 'Contestação',
      write_off_reversal: 'Baixa desfeita',
      adjustment_debit: 'Ajuste a débito',
      payment: 'Pagamento',
      deposit: 'Recebimento',
      credit_note: 'Nota de crédito',
      void: 'Anulação',
      write_off: 'Baixa por perda',
      adjustment_credit: 'Ajuste a crédito',
    },
    'en-US': {
      invoice: 'Invoice',
      late_charge: 'Fine and interest',
      refund: 'Refund',
      chargeback: 'Chargeback',
      write_off_reversal: 'Write-off taken back',
      adjustment_debit: 'Debit adjustment',
      payment: 'Payment',
      deposit: 'Money received',
      credit_note: 'Credit note',
      void: 'Voiding',
      write_off: 'Write-off',
      adjustment_credit: 'Credit adjustment',
    },
  },
};

/** How money comes in outside of the product. */
export const DEPOSIT_METHOD_WORDS = {
  'pt-BR': {
    pix: 'PIX',
    transfer: 'Transferência',
    boleto: 'Boleto',
    card: 'Cartão',
    cash: 'Dinheiro',
    check: 'Cheque',
    other: 'Outro',
  },
  'en-US': {
    pix: 'PIX',
    transfer: 'Transfer',
    boleto: 'Boleto',
    card: 'Card',
    cash: 'Cash',
    check: 'Check',
    other: 'Other',
  },
} satisfies Words<string>;

import type { Locale } from '@balcao/contracts';
import type { FailureCode } from '@balcao/platform-gateways';

const REASONS: Record<Locale, Record<FailureCode, string>> = {
  'pt-BR': {
    declined: 'o banco do cartão recusou a cobrança, sem dizer por quê',
    insufficient_funds: 'não havia limite ou saldo suficiente',
    expired_card: 'o cartão está vencido',
    incorrect_number: 'o número do cartão não confere',
    incorrect_code: 'o código de segurança não confere',
    authentication_required: 'o banco pede que você confirme a compra',
    lost_or_stolen: 'o banco diz que o cartão foi perdido ou roubado',
    suspected_fraud: 'o banco suspeitou de fraude',
    limit_exceeded: 'a cobrança passa do limite do cartão',
    amount_out_of_range: 'o valor não pode ser cobrado em cartão',
    payer_incomplete: 'faltam dados do seu cadastro',
    method_unavailable: 'a cobrança em cartão não está disponível agora',
    method_gone: 'o cartão não está mais salvo no serviço de pagamento',
    refund_refused: 'o serviço de pagamento recusou',
    misconfigured: 'houve um problema do nosso lado',
    other: 'o serviço de pagamento não disse por quê',
  },
  'en-US': {
    declined: "the card's bank declined it without saying why",
    insufficient_funds: 'there was not enough limit or balance',
    expired_card: 'the card has expired',
    incorrect_number: "the card's number is not right",
    incorrect_code: 'the security code is not right',
    authentication_required: 'the bank wants you to confirm the purchase',
    lost_or_stolen: 'the bank says that the card was lost or stolen',
    suspected_fraud: 'the bank suspected fraud',
    limit_exceeded: "it exceeds the card's limit",
    amount_out_of_range: 'this amount cannot be charged to a card',
    payer_incomplete: 'some of your details are missing',
    method_unavailable: 'cards cannot be charged now',
    method_gone: 'the card is no longer saved at the payment service',
    refund_refused: 'the payment service refused',
    misconfigured: 'there was a problem on our side',
    other: 'the payment service did not say why',
  },
};

/** Why a card was not charged, in the middle of a sentence. */
export const reasonOf = (failure: FailureCode | null, locale: Locale): string => REASONS[locale][failure ?? 'other'];

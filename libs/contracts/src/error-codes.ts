import { inEveryLocale, type EveryLocale, type Texts } from './every-locale.js';

export interface ErrorText {
  /** HTTP status that the code answers with. */
  status: number;
  /** Cause and remedy, for the person at the other end. */
  text: Texts;
}

/** Every error code of the API, by the HTTP status that it answers with. Codes are stable: clients switch on them. */
const CODES = {
  400: {
    event_unproved: ['Este aviso não prova de onde vem.', 'This event does not prove where it comes from.'],
    validation_failed: ['Alguns campos precisam de correção.', 'Some fields need to be corrected.'],
    malformed_body: ['O corpo da requisição não pôde ser lido.', 'The request body could not be read.'],
    malformed_request: ['A requisição não pôde ser lida.', 'The request could not be read.'],
    tenant_mismatch: ['Este endereço pertence a outra organização.', 'This address belongs to another organization.'],
    multiple_accounts: [
      'Este e-mail tem mais de uma conta. Escolha em qual deseja entrar.',
      'Multiple portal accounts found',
    ],
    token_used: [
      'Este link já foi usado. Entre na sua conta, ou peça outro.',
      'This link has been used already. Sign in, or ask for another one.',
    ],
    token_invalid: ['Este link não vale mais. Peça um novo.', 'This link is no longer valid. Ask for a new one.'],
    invitation_expired: [
      'Este convite passou do prazo. Peça um novo a quem convidou você.',
      'This invitation was not answered in time. Ask whoever invited you for a new one.',
    ],
    password_too_common: [
      'Esta senha é fácil de adivinhar. Escolha outra.',
      'This password is easy to guess. Choose another one.',
    ],
    proof_invalid: [
      'A verificação contra robôs não valeu. Tente de novo.',
      'The check against robots did not count. Try again.',
    ],
    invitation_domain_not_allowed: [
      'O domínio deste e-mail não está entre os permitidos.',
      'The domain of this email is not among the allowed ones.',
    ],
  },
  401: {
    unauthenticated: ['Entre na sua conta para continuar.', 'Sign in to continue.'],
    invalid_credentials: ['E-mail ou senha não conferem.', 'E-mail or password do not match.'],
  },
  403: {
    csrf_failed: [
      'A página ficou aberta tempo demais. Recarregue e tente de novo.',
      'This page was open for too long. Reload it and try again.',
    ],
    cross_site_request: ['A requisição veio de outro site.', 'The request came from another site.'],
    permission_denied: [
      'Seu acesso não permite isto. Peça a quem administra os acessos.',
      'Your access does not allow this. Ask whoever manages access.',
    ],
    staff_owner_only: [
      'Só um titular pode convidar, mudar ou suspender titulares.',
      'Only an owner can invite, change or suspend owners.',
    ],
    wrong_current_password: ['A senha atual não confere.', 'The current password does not match.'],
    account_locked: [
      'Acesso bloqueado por excesso de tentativas. Redefina a senha para entrar.',
      'Access is locked after too many attempts. Reset the password to sign in.',
    ],
    account_suspended: [
      'Este acesso está suspenso. Fale com quem administra os acessos.',
      'This access is suspended. Ask whoever manages access.',
    ],
    account_not_active: [
      'Este acesso ainda não foi ativado. Abra o link que enviamos por e-mail.',
      'This access is not active yet. Open the link that we sent by email.',
    ],
    sso_required: ['Entre com o acesso da sua empresa.', 'Sign in with your company account.'],
    portal_role_not_allowed: [
      'Este portal não é para o seu acesso. Entre em um dos portais abertos a ele.',
      'This portal is not for your access. Use one of those that are open to it.',
    ],
    organization_suspended: ['Este portal está suspenso.', 'This portal is suspended.'],
    payment_link_expired: [
      'O prazo deste link passou. Peça a segunda via, ou fale com quem emitiu a fatura.',
      'The time of this link has passed. Ask for a second copy, or speak to whoever issued the invoice.',
    ],
    payment_link_revoked: [
      'Este link foi cancelado por quem emitiu a fatura. Se ainda há o que pagar, fale com eles.',
      'Whoever issued the invoice has revoked this link. If something is still to pay, speak to them.',
    ],
    proposal_link_expired: [
      'O prazo deste link passou. Fale com quem enviou a proposta.',
      'The time of this link has passed. Speak to whoever sent the proposal.',
    ],
    proposal_link_revoked: [
      'Este link foi cancelado por quem enviou a proposta. Se ela ainda interessa, fale com eles.',
      'Whoever sent the proposal has revoked this link. If it still matters to you, speak to them.',
    ],
    role_not_grantable: [
      'Seu papel não permite cuidar de quem tem este papel. Peça a quem administra os acessos.',
      'Your role does not let you manage people with this role. Ask whoever manages access.',
    ],
    subscription_action_not_allowed: [
      'Este portal não deixa fazer isto com a assinatura. Fale com quem cuida da sua conta.',
      'This portal does not let you do this with the subscription. Speak to whoever looks after your account.',
    ],
    PORTAL_TICKETS_DISABLED: ['Os chamados estão desligados neste portal.', 'Tickets are switched off in this portal.'],
    PORTAL_PASSWORD_RESET_DISABLED: [
      'A redefinição de senha está desligada neste portal.',
      'Password reset is switched off in this portal.',
    ],
    PORTAL_INVITATIONS_DISABLED: [
      'Os convites estão desligados neste portal.',
      'Invitations are switched off in this portal.',
    ],
    PORTAL_SIGNUP_DISABLED: ['Este portal não recebe cadastros.', 'This portal takes no signups.'],
    PORTAL_KNOWLEDGE_BASE_DISABLED: [
      'A base de conhecimento está desligada neste portal.',
      'The knowledge base is switched off in this portal.',
    ],
    PORTAL_BILLING_DISABLED: ['As faturas estão desligadas neste portal.', 'Invoices are switched off in this portal.'],
    PORTAL_BILL_CHECK_DISABLED: [
      'A conferência de cobranças está desligada neste portal.',
      'Checking bills is switched off in this portal.',
    ],
    PORTAL_SECOND_COPY_DISABLED: [
      'A segunda via sem senha está desligada neste portal.',
      'Second copies without a password are switched off in this portal.',
    ],
    PORTAL_PUBLIC_ARTICLES_DISABLED: [
      'Neste portal os artigos são lidos depois de entrar.',
      'In this portal articles are read after signing in.',
    ],
  },
  404: {
    not_found: ['Não encontramos o que você procura.', 'We could not find what you are looking for.'],
    payment_link_unknown: [
      'Este link não abre nenhuma fatura. Confira se ele veio inteiro.',
      'This link opens no invoice. Check that all of it came along.',
    ],
    proposal_link_unknown: [
      'Este link não abre nenhuma proposta. Confira se ele veio inteiro.',
      'This link opens no proposal. Check that all of it came along.',
    ],
  },
  405: {
    method_not_allowed: ['Este endereço não aceita este método.', 'This address does not accept this method.'],
  },
  408: {
    request_timeout: ['A requisição demorou demais para chegar.', 'The request took too long to arrive.'],
  },
  409: {
    invoice_changed: [
      'Alguém mudou esta fatura enquanto você a editava. Recarregue para ver o que mudou.',
      'Somebody changed this invoice while you were editing it. Reload to see what changed.',
    ],
    invoice_not_draft: [
      'Esta fatura já foi emitida e não muda mais. Emita uma nota de crédito, ou anule a fatura.',
      'This invoice has been issued and no longer changes. Issue a credit note, or void it.',
    ],
    invoice_not_open: [
      'Esta fatura não está em aberto, e isto só vale para faturas em aberto.',
      'This invoice is not open, and this is for open invoices only.',
    ],
    invoice_has_payments: [
      'Esta fatura já recebeu um pagamento ou crédito. Emita uma nota de crédito em vez de anular.',
      'This invoice has received a payment or credit. Issue a credit note instead of voiding it.',
    ],
    invoice_not_owed: [
      'Não há nada a pagar em uma das faturas. Recarregue para ver o que está em aberto.',
      'Nothing is owed of one of the invoices. Reload to see what is open.',
    ],
    payment_method_unavailable: [
      'Esta forma de pagamento não está disponível agora. Escolha outra.',
      'This way to pay is not available now. Choose another one.',
    ],
    payment_amount_out_of_range: [
      'Este valor não pode ser pago desta forma. Escolha outra forma ou outro valor.',
      'This amount cannot be paid this way. Choose another way or another amount.',
    ],
    partial_payment_not_allowed: ['Esta fatura só pode ser paga inteira.', 'This invoice can only be paid in full.'],
    payment_not_paid: [
      'Ainda não recebemos este pagamento: o recibo fica pronto quando ele chegar.',
      'This payment has not come yet: its receipt is there once it has.',
    ],
    payment_not_open: [
      'Este pagamento já terminou. Recarregue para ver como ele está.',
      'This payment has ended. Reload to see how it stands.',
    ],
    payment_method_in_use: [
      'Este cartão ainda paga as suas faturas. Escolha outro para o lugar dele, ou desligue o pagamento automático.',
      'This card still pays your invoices. Name another one in its place, or switch automatic payment off.',
    ],
    payment_method_removed: [
      'Este cartão já foi removido. Recarregue para ver os que estão salvos.',
      'This card was removed already. Reload to see those that are saved.',
    ],
    payment_method_missing: [
      'Salve um cartão primeiro: é com ele que as faturas são pagas.',
      'Save a card first: invoices are paid with it.',
    ],
    saving_cards_unavailable: ['Cartões não podem ser salvos aqui agora.', 'Cards cannot be saved here now.'],
    stray_payment_decided: [
      'Alguém já decidiu sobre este dinheiro. Recarregue para ver o que foi decidido.',
      'Somebody has decided about this money already. Reload to see what was decided.',
    ],
    refund_exceeds_payment: [
      'O estorno passa do que foi recebido neste pagamento.',
      'The refund is more than what this payment brought.',
    ],
    refund_not_possible: [
      'Pagamentos feitos assim não podem ser estornados por aqui. Devolva por transferência e registre um ajuste.',
      'Payments made this way cannot be refunded here. Send the money by transfer and write down an adjustment.',
    ],
    gateway_unreachable: [
      'O serviço de pagamento não respondeu. Tente de novo em alguns minutos.',
      'The payment service did not answer. Try again in some minutes.',
    ],
    subscription_changed: [
      'A assinatura mudou enquanto você olhava. Recarregue para ver como ela está.',
      'The subscription changed while you were looking at it. Reload to see how it stands.',
    ],
    subscription_price_changed: [
      'O valor mudou desde que foi mostrado. Confira o novo antes de confirmar.',
      'The price has changed since it was shown. Look at the new one before you confirm.',
    ],
    subscription_state: [
      'Isto não serve para uma assinatura nesta situação. Recarregue para ver como ela está.',
      'This is not for a subscription in this state. Reload to see how it stands.',
    ],
    subscription_nothing_planned: [
      'Não há nada a desfazer: já valeu, ou já foi desfeito.',
      'There is nothing to undo: it has taken effect, or was undone already.',
    ],
    subscription_unpaid: [
      'Há faturas atrasadas de uma assinatura encerrada. Pague o que está em aberto para retomá-la.',
      'Invoices of a subscription that has ended are late. Pay what is open to take it up again.',
    ],
    subscription_same_plan: ['A assinatura já é assim.', 'The subscription is like this already.'],
    subscription_offer_gone: ['Esta oferta não vale mais.', 'This offer no longer stands.'],
    plan_archived: [
      'Um dos planos não é mais vendido. Escolha outro.',
      'One of the plans is no longer sold. Choose another one.',
    ],
    plans_do_not_fit: [
      'Os preços de uma assinatura têm a mesma moeda e o mesmo ciclo. Escolha preços iguais nisso.',
      'The prices of a subscription have one currency and one cycle. Choose prices that agree in both.',
    ],
    usage_key_taken: ['Esta chave já registrou outro consumo.', 'This key has recorded other usage already.'],
    usage_period_billed: [
      'Este dia já foi cobrado. Registre o consumo em um dia do período atual.',
      'This day has been billed already. Record the usage on a day of the current period.',
    ],
    invoice_number_taken: ['Já existe uma fatura com este número.', 'There is an invoice with this number already.'],
    fiscal_note_taken: ['Esta chave já é de outra fatura.', 'This key belongs to another invoice already.'],
    fiscal_note_from_xml: [
      'Os dados desta nota vêm do XML dela. Só a situação muda por aqui.',
      'The data of this note come from its XML. Only its status changes here.',
    ],
    fiscal_issuer_unknown: [
      'Diga primeiro o CNPJ da sua empresa nos ajustes da cobrança: a nota é comparada com ele.',
      "Say your company's CNPJ in the billing settings first: the note is compared with it.",
    ],
    fiscal_issuer_other: [
      'Esta nota foi emitida por outra empresa: o CNPJ do prestador não é o seu.',
      'This note was issued by another company: the CNPJ of the provider is not yours.',
    ],
    fiscal_taker_other: [
      'O tomador desta nota não é o cliente desta fatura, ou um dos dois não diz CNPJ nem CPF. Confirme se a nota é mesmo desta fatura.',
      'The taker of this note is not the customer of this invoice, or one of them says no CNPJ or CPF. Confirm that the note belongs to this invoice.',
    ],
    fiscal_note_absent: [
      'Este evento é de uma nota que não está nesta fatura. Envie primeiro o XML da nota.',
      'This event is about a note that is not on this invoice. Send the XML of the note first.',
    ],
    credit_exceeds_invoice: [
      'As notas de crédito não podem passar do total da fatura, menos o que já foi baixado.',
      'Credit notes cannot exceed the total of the invoice, less what was written off.',
    ],
    write_off_taken_back: [
      'Esta baixa já foi desfeita. Recarregue para ver como a fatura está.',
      'This write-off was taken back already. Reload to see how the invoice stands.',
    ],
    payment_proof_waiting: [
      'Você já enviou um comprovante desta fatura, e ele está em conferência.',
      'You have sent a proof of this invoice already, and it is being checked.',
    ],
    payment_proof_decided: [
      'Este comprovante já foi conferido ou retirado. Recarregue para ver o que foi decidido.',
      'This proof was decided or withdrawn already. Reload to see what was decided.',
    ],
    proposal_changed: [
      'Alguém mudou esta proposta enquanto você a editava. Recarregue para ver o que mudou.',
      'Somebody changed this proposal while you were editing it. Reload to see what changed.',
    ],
    proposal_not_draft: [
      'Esta versão já foi enviada e não muda mais. Comece uma nova versão.',
      'This version was sent and no longer changes. Begin a new version.',
    ],
    proposal_draft_exists: [
      'Já há uma nova versão em rascunho. Recarregue para continuar nela.',
      'There is a draft of a new version already. Reload to go on with it.',
    ],
    proposal_decided: [
      'Esta proposta já terminou: foi decidida ou retirada. Recarregue para ver como.',
      'This proposal has ended: it was decided or withdrawn. Reload to see how.',
    ],
    proposal_superseded: [
      'Há uma versão mais nova desta proposta, e só ela pode ser decidida. Recarregue para ler o que mudou.',
      'There is a newer version of this proposal, and only that one can be decided. Reload to read what changed.',
    ],
    proposal_expired: [
      'A validade desta proposta passou. Peça uma nova versão a quem a enviou.',
      'This proposal is no longer valid. Ask whoever sent it for a new version.',
    ],
    proposal_too_many_files: ['Uma proposta leva no máximo 10 anexos.', 'A proposal has at most 10 attachments.'],
    amount_exceeds_owed: ['O valor passa do que falta pagar.', 'The amount is more than what is still owed.'],
    email_taken: ['Este e-mail já tem acesso a esta conta.', 'This email already has access to this account.'],
    invitation_waiting: [
      'Esta pessoa já foi convidada, e o convite espera resposta.',
      'This person is invited already, and the invitation awaits an answer.',
    ],
    username_taken: ['Este nome de usuário já está em uso.', 'This username is already in use.'],
    external_id_taken: ['Este identificador externo já está em uso.', 'This external id is already in use.'],
    tax_id_taken: ['Este CNPJ ou CPF já está cadastrado.', 'This tax id is already registered.'],
    slug_taken: ['Este endereço já está em uso.', 'This address is already in use.'],
    name_taken: ['Este nome já está em uso.', 'This name is already in use.'],
    signup_step_not_allowed: [
      'Este cadastro já passou deste ponto. Recarregue para ver onde ele está.',
      'This signup is past this point. Reload to see where it stands.',
    ],
    signup_already_registered: [
      'Enquanto o cadastro esperava a confirmação, a empresa se tornou cliente. Entre com o seu acesso, ou peça um convite a quem administra a conta.',
      'While the signup waited for its confirmation, the company became a customer. Sign in, or ask whoever manages the account for an invitation.',
    ],
    export_too_long: [
      'São mais de 1.000.000 de linhas. Escolha um período menor.',
      'There are more than 1,000,000 rows. Choose a shorter time.',
    ],
    statement_too_long: [
      'Há lançamentos demais para um extrato. Escolha um período menor.',
      'There are more entries than a statement holds. Choose a shorter time.',
    ],
    import_running: [
      'Outra lista ainda está em andamento. Espere ela terminar, ou pare-a.',
      'Another list is still under way. Wait until it is done, or stop it.',
    ],
    import_not_ready: [
      'Esta importação já começou ou foi descartada.',
      'This import has begun already, or was discarded.',
    ],
    portal_is_default: [
      'O portal padrão não pode ser arquivado. Torne outro o padrão antes.',
      'The default portal cannot be archived. Make another one the default first.',
    ],
    portal_archived: ['Este portal está arquivado. Reative-o antes.', 'This portal is archived. Bring it back first.'],
    too_many_portals: [
      'São portais demais: 20 podem estar ativos, e 100 ao todo. Arquive um antes.',
      'Too many portals: 20 may be active, and 100 in all. Archive one first.',
    ],
    role_not_on_portal: [
      'Nenhum portal está aberto ao papel desta pessoa. Abra um, ou dê outro papel a ela.',
      'No portal is open to the role of this person. Open one, or give them another role.',
    ],
    invitation_not_pending: [
      'Este convite já foi aceito ou cancelado.',
      'This invitation was already accepted or canceled.',
    ],
    own_access: [
      'Ninguém muda o próprio acesso. Peça a outra pessoa da equipe.',
      'Nobody changes their own access. Ask somebody else of the team.',
    ],
    last_user_manager: [
      'A conta ficaria sem ninguém que cuide da equipe. Dê antes esse acesso a outra pessoa.',
      'Nobody would be left to manage the team. Give somebody else that access first.',
    ],
    organization_has_owner: [
      'Esta organização já tem um titular ativo, e é ele que convida os outros.',
      'This organization has an active owner already, who invites the others.',
    ],
    ticket_closed: ['Este chamado está encerrado. Abra um novo.', 'This ticket is closed. Open a new one.'],
    ticket_transition_not_allowed: [
      'O chamado não pode passar para esta situação. Um chamado encerrado só pode ser reaberto.',
      'The ticket cannot take this status. A closed ticket can only be reopened.',
    ],
    ticket_changed: [
      'Este chamado mudou enquanto você o via. Recarregue, ou mantenha a sua mudança.',
      'This ticket changed while you were looking at it. Reload it, or keep your change.',
    ],
    comment_answered: [
      'Esta mensagem já foi respondida e fica como está. Escreva outra.',
      'This message was answered already and stays as it is. Write another one.',
    ],
    comment_already_sent: [
      'Esta resposta já saiu por e-mail e fica como está. Escreva outra.',
      'This answer already went out by email and stays as it is. Write another one.',
    ],
    no_test_clock: [
      'Aqui passa o tempo real: só uma organização de teste tem um relógio que se avança.',
      'The real time passes here: only a test organization has a clock that is moved.',
    ],
    clock_advancing: [
      'O relógio já está avançando. Espere ele chegar e tente de novo.',
      'The clock is advancing already. Wait until it arrives and try again.',
    ],
    conflict: [
      'Alguém mudou isto ao mesmo tempo. Recarregue e tente de novo.',
      'Somebody changed this at the same time. Reload and try again.',
    ],
    category_in_use: [
      'Há artigos nesta categoria. Mova-os antes.',
      'There are articles in this category. Move them first.',
    ],
    session_changed: [
      'Neste navegador entrou outra pessoa. Nada foi feito: recarregue a página, ou entre de novo.',
      'Somebody else has signed in on this browser. Nothing was done: reload the page, or sign in again.',
    ],
    idempotency_mismatch: [
      'Esta chave de idempotência já foi usada com outros dados.',
      'This idempotency key was used with other data.',
    ],
    idempotency_in_progress: ['A mesma requisição ainda está em andamento.', 'The same request is still in progress.'],
    idempotency_carried_out: [
      'Esta requisição já foi executada, mas a resposta se perdeu. Confira o resultado antes de enviar outra.',
      'This request was already carried out, but its answer was lost. Look at the result before you send another.',
    ],
  },
  413: {
    body_too_large: ['O conteúdo enviado é grande demais.', 'What was sent is too large.'],
  },
  414: {
    uri_too_long: ['O endereço é longo demais.', 'The address is too long.'],
  },
  415: {
    unsupported_media_type: ['Envie JSON (application/json).', 'Send JSON (application/json).'],
  },
  421: {
    misdirected_request: [
      'Nada responde neste endereço. Quem cuida da instalação define o dela em PUBLIC_URL.',
      'Nothing answers at this host. Whoever runs the installation sets its own in PUBLIC_URL.',
    ],
  },
  429: {
    rate_limited: [
      'Muitas tentativas. Aguarde um pouco e tente de novo.',
      'Too many attempts. Wait a little and try again.',
    ],
    daily_limit_reached: [
      'O limite do que se pode gravar em um dia foi atingido. Ler continua possível; grave o restante amanhã.',
      'The limit of what can be saved in a day is reached. You can go on reading; save the rest tomorrow.',
    ],
    access_requests_spent: [
      'Já foram enviados muitos pedidos de acesso a esta empresa hoje. O seu não foi enviado: tente de novo amanhã, ou fale com quem a administra.',
      'Many requests for access to this company have been sent today. Yours was not sent: try again tomorrow, or speak to whoever manages it.',
    ],
  },
  431: {
    headers_too_large: ['Os cabeçalhos da requisição são grandes demais.', 'The headers of the request are too large.'],
  },
  500: {
    internal_error: [
      'Algo falhou do nosso lado. Tente de novo; se continuar, informe o número da requisição.',
      'Something failed on our side. Try again; if it persists, quote the request number.',
    ],
  },
  503: {
    service_unavailable: ['Serviço temporariamente indisponível.', 'Service temporarily unavailable'],
  },
} as const satisfies Record<number, Record<string, EveryLocale>>;

type Codes = typeof CODES;
export type ErrorCode = { [Status in keyof Codes]: keyof Codes[Status] }[keyof Codes];

/** What each code answers with. Texts may be improved at any time. */
export const ERROR_CATALOGUE = Object.fromEntries(
  Object.entries(CODES).flatMap(([status, codes]) =>
    Object.entries<EveryLocale>(codes).map(([code, texts]) => [
      code,
      { status: Number(status), text: inEveryLocale(texts) },
    ]),
  ),
) as Record<ErrorCode, ErrorText>;

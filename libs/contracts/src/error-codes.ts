import type { Locale } from './locales.js';

export interface ErrorText {
  /** HTTP status that the code answers with. */
  status: number;
  /** Cause and remedy, for the person at the other end. */
  text: Record<Locale, string>;
}

/**
 * Every error code of the API. Codes are stable: clients switch on them. Texts may be improved at any time.
 */
export const ERROR_CATALOGUE = {
  validation_failed: {
    status: 400,
    text: { 'pt-BR': 'Alguns campos precisam de correção.', 'en-US': 'Some fields need to be corrected.' },
  },
  malformed_body: {
    status: 400,
    text: { 'pt-BR': 'O corpo da requisição não pôde ser lido.', 'en-US': 'The request body could not be read.' },
  },
  malformed_request: {
    status: 400,
    text: { 'pt-BR': 'A requisição não pôde ser lida.', 'en-US': 'The request could not be read.' },
  },
  tenant_mismatch: {
    status: 400,
    text: {
      'pt-BR': 'Este endereço pertence a outra organização.',
      'en-US': 'This address belongs to another organization.',
    },
  },
  multiple_accounts: {
    status: 400,
    text: {
      'pt-BR': 'Este e-mail tem mais de uma conta. Escolha em qual deseja entrar.',
      'en-US': 'Multiple portal accounts found',
    },
  },
  token_invalid: {
    status: 400,
    text: {
      'pt-BR': 'Este link não vale mais. Peça um novo.',
      'en-US': 'This link is no longer valid. Ask for a new one.',
    },
  },
  password_too_common: {
    status: 400,
    text: {
      'pt-BR': 'Esta senha é fácil de adivinhar. Escolha outra.',
      'en-US': 'This password is easy to guess. Choose another one.',
    },
  },
  unauthenticated: {
    status: 401,
    text: { 'pt-BR': 'Entre na sua conta para continuar.', 'en-US': 'Sign in to continue.' },
  },
  invalid_credentials: {
    status: 401,
    text: { 'pt-BR': 'E-mail ou senha não conferem.', 'en-US': 'E-mail or password do not match.' },
  },
  csrf_failed: {
    status: 403,
    text: {
      'pt-BR': 'A página ficou aberta tempo demais. Recarregue e tente de novo.',
      'en-US': 'This page was open for too long. Reload it and try again.',
    },
  },
  cross_site_request: {
    status: 403,
    text: { 'pt-BR': 'A requisição veio de outro site.', 'en-US': 'The request came from another site.' },
  },
  permission_denied: {
    status: 403,
    text: {
      'pt-BR': 'Seu acesso não permite isto. Peça a quem administra a conta.',
      'en-US': 'Your access does not allow this. Ask whoever manages the account.',
    },
  },
  staff_owner_only: {
    status: 403,
    text: {
      'pt-BR': 'Só um titular pode convidar, mudar ou suspender titulares.',
      'en-US': 'Only an owner can invite, change or suspend owners.',
    },
  },
  wrong_current_password: {
    status: 403,
    text: { 'pt-BR': 'A senha atual não confere.', 'en-US': 'The current password does not match.' },
  },
  account_locked: {
    status: 403,
    text: {
      'pt-BR': 'Acesso bloqueado por excesso de tentativas. Redefina a senha ou aguarde.',
      'en-US': 'Access is locked after too many attempts. Reset the password or wait.',
    },
  },
  account_suspended: {
    status: 403,
    text: {
      'pt-BR': 'Este acesso está suspenso. Fale com a empresa.',
      'en-US': 'This access is suspended. Contact the company.',
    },
  },
  account_not_active: {
    status: 403,
    text: {
      'pt-BR': 'Este acesso ainda não foi ativado. Abra o link que enviamos por e-mail.',
      'en-US': 'This access is not active yet. Open the link that we sent by e-mail.',
    },
  },
  sso_required: {
    status: 403,
    text: { 'pt-BR': 'Entre com o acesso da sua empresa.', 'en-US': 'Sign in with your company account.' },
  },
  organization_suspended: {
    status: 403,
    text: { 'pt-BR': 'Este portal está suspenso.', 'en-US': 'This portal is suspended.' },
  },
  invitation_domain_not_allowed: {
    status: 400,
    text: {
      'pt-BR': 'O domínio deste e-mail não está entre os permitidos.',
      'en-US': 'The domain of this e-mail is not among the allowed ones.',
    },
  },
  role_not_grantable: {
    status: 403,
    text: {
      'pt-BR': 'Seu papel não permite cuidar de quem tem este papel. Peça à empresa.',
      'en-US': 'Your role does not let you manage people with this role. Ask the company.',
    },
  },
  PORTAL_TICKETS_DISABLED: {
    status: 403,
    text: {
      'pt-BR': 'Os chamados estão desligados neste portal.',
      'en-US': 'Tickets are switched off in this portal.',
    },
  },
  PORTAL_PASSWORD_RESET_DISABLED: {
    status: 403,
    text: {
      'pt-BR': 'A redefinição de senha está desligada neste portal.',
      'en-US': 'Password reset is switched off in this portal.',
    },
  },
  PORTAL_INVITATIONS_DISABLED: {
    status: 403,
    text: {
      'pt-BR': 'Os convites estão desligados neste portal.',
      'en-US': 'Invitations are switched off in this portal.',
    },
  },
  PORTAL_KNOWLEDGE_BASE_DISABLED: {
    status: 403,
    text: {
      'pt-BR': 'A base de conhecimento está desligada neste portal.',
      'en-US': 'The knowledge base is switched off in this portal.',
    },
  },
  PORTAL_PUBLIC_ARTICLES_DISABLED: {
    status: 403,
    text: {
      'pt-BR': 'Neste portal os artigos são lidos depois de entrar.',
      'en-US': 'In this portal articles are read after signing in.',
    },
  },
  not_found: {
    status: 404,
    text: { 'pt-BR': 'Não encontramos o que você procura.', 'en-US': 'We could not find what you are looking for.' },
  },
  request_timeout: {
    status: 408,
    text: { 'pt-BR': 'A requisição demorou demais para chegar.', 'en-US': 'The request took too long to arrive.' },
  },
  misdirected_request: {
    status: 421,
    text: {
      'pt-BR': 'Nada responde neste endereço. Quem cuida da instalação define o dela em PUBLIC_URL.',
      'en-US': 'Nothing answers at this host. Whoever runs the installation sets its own in PUBLIC_URL.',
    },
  },
  headers_too_large: {
    status: 431,
    text: {
      'pt-BR': 'Os cabeçalhos da requisição são grandes demais.',
      'en-US': 'The headers of the request are too large.',
    },
  },
  method_not_allowed: {
    status: 405,
    text: { 'pt-BR': 'Este endereço não aceita este método.', 'en-US': 'This address does not accept this method.' },
  },
  email_taken: {
    status: 409,
    text: {
      'pt-BR': 'Este e-mail já tem acesso a esta conta.',
      'en-US': 'This e-mail already has access to this account.',
    },
  },
  username_taken: {
    status: 409,
    text: { 'pt-BR': 'Este nome de usuário já está em uso.', 'en-US': 'This username is already in use.' },
  },
  external_id_taken: {
    status: 409,
    text: { 'pt-BR': 'Este identificador externo já está em uso.', 'en-US': 'This external id is already in use.' },
  },
  tax_id_taken: {
    status: 409,
    text: { 'pt-BR': 'Este CNPJ ou CPF já está cadastrado.', 'en-US': 'This tax id is already registered.' },
  },
  slug_taken: {
    status: 409,
    text: { 'pt-BR': 'Este endereço já está em uso.', 'en-US': 'This address is already in use.' },
  },
  name_taken: { status: 409, text: { 'pt-BR': 'Este nome já está em uso.', 'en-US': 'This name is already in use.' } },
  invitation_not_pending: {
    status: 409,
    text: {
      'pt-BR': 'Este convite já foi aceito ou cancelado.',
      'en-US': 'This invitation was already accepted or canceled.',
    },
  },
  own_access: {
    status: 409,
    text: {
      'pt-BR': 'Ninguém muda o próprio acesso. Peça a outra pessoa da equipe.',
      'en-US': 'Nobody changes their own access. Ask somebody else of the team.',
    },
  },
  last_user_manager: {
    status: 409,
    text: {
      'pt-BR': 'A conta ficaria sem ninguém que cuide da equipe. Dê antes esse acesso a outra pessoa.',
      'en-US': 'Nobody would be left to manage the team. Give somebody else that access first.',
    },
  },
  organization_has_owner: {
    status: 409,
    text: {
      'pt-BR': 'Esta organização já tem um titular ativo, e é ele que convida os outros.',
      'en-US': 'This organization has an active owner already, who invites the others.',
    },
  },
  ticket_closed: {
    status: 409,
    text: { 'pt-BR': 'Este chamado está encerrado. Abra um novo.', 'en-US': 'This ticket is closed. Open a new one.' },
  },
  ticket_transition_not_allowed: {
    status: 409,
    text: {
      'pt-BR': 'O chamado não pode passar para esta situação. Um chamado encerrado só pode ser reaberto.',
      'en-US': 'The ticket cannot take this status. A closed ticket can only be reopened.',
    },
  },
  ticket_changed: {
    status: 409,
    text: {
      'pt-BR': 'Este chamado mudou enquanto você o via. Recarregue, ou mantenha a sua mudança.',
      'en-US': 'This ticket changed while you were looking at it. Reload it, or keep your change.',
    },
  },
  comment_answered: {
    status: 409,
    text: {
      'pt-BR': 'Esta mensagem já foi respondida e fica como está. Escreva outra.',
      'en-US': 'This message was answered already and stays as it is. Write another one.',
    },
  },
  comment_already_sent: {
    status: 409,
    text: {
      'pt-BR': 'Esta resposta já saiu por e-mail e fica como está. Escreva outra.',
      'en-US': 'This answer already went out by e-mail and stays as it is. Write another one.',
    },
  },
  conflict: {
    status: 409,
    text: {
      'pt-BR': 'Alguém mudou isto ao mesmo tempo. Recarregue e tente de novo.',
      'en-US': 'Somebody changed this at the same time. Reload and try again.',
    },
  },
  category_in_use: {
    status: 409,
    text: {
      'pt-BR': 'Há artigos nesta categoria. Mova-os antes.',
      'en-US': 'There are articles in this category. Move them first.',
    },
  },
  idempotency_mismatch: {
    status: 409,
    text: {
      'pt-BR': 'Esta chave de idempotência já foi usada com outros dados.',
      'en-US': 'This idempotency key was used with other data.',
    },
  },
  idempotency_in_progress: {
    status: 409,
    text: { 'pt-BR': 'A mesma requisição ainda está em andamento.', 'en-US': 'The same request is still in progress.' },
  },
  idempotency_carried_out: {
    status: 409,
    text: {
      'pt-BR': 'Esta requisição já foi executada, mas a resposta se perdeu. Confira o resultado antes de enviar outra.',
      'en-US':
        'This request was already carried out, but its answer was lost. Look at the result before you send another.',
    },
  },
  body_too_large: {
    status: 413,
    text: { 'pt-BR': 'O conteúdo enviado é grande demais.', 'en-US': 'What was sent is too large.' },
  },
  uri_too_long: { status: 414, text: { 'pt-BR': 'O endereço é longo demais.', 'en-US': 'The address is too long.' } },
  unsupported_media_type: {
    status: 415,
    text: { 'pt-BR': 'Envie JSON (application/json).', 'en-US': 'Send JSON (application/json).' },
  },
  rate_limited: {
    status: 429,
    text: {
      'pt-BR': 'Muitas tentativas. Aguarde um pouco e tente de novo.',
      'en-US': 'Too many attempts. Wait a little and try again.',
    },
  },
  internal_error: {
    status: 500,
    text: {
      'pt-BR': 'Algo falhou do nosso lado. Tente de novo; se continuar, informe o número da requisição.',
      'en-US': 'Something failed on our side. Try again; if it persists, quote the request number.',
    },
  },
  service_unavailable: {
    status: 503,
    text: { 'pt-BR': 'Serviço temporariamente indisponível.', 'en-US': 'Service temporarily unavailable' },
  },
} as const satisfies Record<string, ErrorText>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

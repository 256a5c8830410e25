import type { PaletteEntry } from '@balcao/ui';

const section = (name: string, label: PaletteEntry['label'], icon: string): PaletteEntry => ({
  kind: 'page',
  to: { name: 'portal', params: { section: name } },
  label,
  icon,
});

export default [
  section('domain', { 'pt-BR': 'Domínio do portal', 'en-US': 'Portal domain' }, 'i-lucide-globe'),
  {
    kind: 'page',
    to: { name: 'portals' },
    label: { 'pt-BR': 'Todos os portais', 'en-US': 'All portals' },
    icon: 'i-lucide-globe',
  },
  {
    kind: 'action',
    to: { name: 'new-portal' },
    label: { 'pt-BR': 'Criar um portal', 'en-US': 'Create a portal' },
    icon: 'i-lucide-plus',
  },
  section(
    'access',
    { 'pt-BR': 'Acesso e endereço do portal', 'en-US': 'Access and address of the portal' },
    'i-lucide-user-check',
  ),
  section('features', { 'pt-BR': 'Recursos do portal', 'en-US': 'Portal features' }, 'i-lucide-list-checks'),
  section('tickets', { 'pt-BR': 'Prazos dos chamados', 'en-US': 'Ticket times' }, 'i-lucide-clock'),
  section(
    'payments',
    { 'pt-BR': 'Formas de pagamento do portal', 'en-US': 'Ways to pay of the portal' },
    'i-lucide-wallet',
  ),
  section(
    'subscriptions',
    { 'pt-BR': 'O que clientes mudam em assinaturas', 'en-US': 'What customers change of subscriptions' },
    'i-lucide-repeat',
  ),
  section('security', { 'pt-BR': 'Segurança do portal', 'en-US': 'Portal security' }, 'i-lucide-lock'),
  section('invitations', { 'pt-BR': 'Domínios de convite', 'en-US': 'Invitation domains' }, 'i-lucide-mail'),
  section('mail', { 'pt-BR': 'Remetente dos e-mails', 'en-US': 'Sender of emails' }, 'i-lucide-mail'),
  section('signup', { 'pt-BR': 'Cadastro no portal', 'en-US': 'Signup at the portal' }, 'i-lucide-user-plus'),
  section('style', { 'pt-BR': 'Estilo do portal (CSS)', 'en-US': 'Style of the portal (CSS)' }, 'i-lucide-pencil'),
  section('history', { 'pt-BR': 'Histórico do portal', 'en-US': 'History of the portal' }, 'i-lucide-history'),
] satisfies PaletteEntry[];

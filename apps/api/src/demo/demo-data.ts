import { PORTAL_PERMISSIONS } from '@balcao/contracts';
import type { DemoOrganization } from './demo-organization.js';

const FULL = { name: 'Administração', permissions: [...PORTAL_PERMISSIONS] };
const LIMITED = {
  name: 'Colaboração',
  isDefault: true,
  permissions: ['tickets:create' as const, 'tickets:read_own' as const, 'invoices:read' as const, 'kb:read' as const],
};

export const DEMO_OPERATOR = { email: 'operator@balcao.example', name: 'Otávio Lins' };

/** Business as it could be; the CNPJs have valid check digits and belong to nobody. */
export const DEMO_ORGANIZATIONS: DemoOrganization[] = [
  {
    slug: 'aurora',
    name: 'Aurora Telecom',
    branding: {
      theme: { light: { primary: { h: 219, s: 66, l: 38 } }, dark: { primary: { h: 216, s: 78, l: 72 } } },
      welcomeMessage: 'Acompanhe chamados, encontre respostas e cuide da sua conta. Se preferir, fale com a gente.',
      supportEmail: 'suporte@aurora.example',
      supportPhone: '0800 765 4321',
      footerText: 'Aurora Telecom Ltda. · seg. a sáb., das 8h às 20h',
    },
    features: {},
    roles: [FULL, LIMITED],
    staff: [
      { email: 'owner@aurora.example', name: 'Helena Prado', role: 'owner' },
      { email: 'agent@aurora.example', name: 'Rafael Nogueira', role: 'agent' },
      { email: 'billing@aurora.example', name: 'Lívia Campos', role: 'billing' },
    ],
    accounts: [
      {
        name: 'Padaria Estrela',
        legalName: 'Padaria e Confeitaria Estrela Ltda.',
        taxId: '11222333000181',
        externalId: 'padaria-estrela',
        email: 'financeiro@padaria.example',
        phone: '+55 19 3232-4455',
        users: [
          { email: 'ana@padaria.example', name: 'Ana Ribeiro', role: FULL.name },
          { email: 'bruno@padaria.example', name: 'Bruno Teles', role: LIMITED.name },
          { email: 'multi@example.com', name: 'Marina Multi', role: FULL.name },
          { email: 'locked@padaria.example', name: 'Lúcia Trancada', role: LIMITED.name, status: 'locked' },
          { email: 'suspended@padaria.example', name: 'Sérgio Suspenso', role: LIMITED.name, status: 'suspended' },
          {
            email: 'pending@padaria.example',
            name: 'Paula Pendente',
            role: LIMITED.name,
            status: 'pending_verification',
          },
          { email: 'invited@padaria.example', name: 'Ivo Convidado', role: LIMITED.name, status: 'pending_invitation' },
          { email: 'sso@padaria.example', name: 'Sônia Sousa', role: LIMITED.name, ssoOnly: true },
        ],
      },
      {
        name: 'Oficina Central',
        legalName: 'Oficina Mecânica Central ME',
        taxId: '12ABC34501DE35',
        externalId: 'oficina-central',
        email: 'contato@oficina.example',
        phone: '+55 19 3871-2020',
        users: [{ email: 'carla@oficina.example', name: 'Carla Moura', role: FULL.name }],
      },
    ],
  },
  {
    slug: 'boreal',
    name: 'Boreal Energia',
    branding: {
      theme: { light: { primary: { h: 152, s: 100, l: 32 } }, dark: { primary: { h: 152, s: 60, l: 55 } } },
      welcomeMessage: 'Energia solar com quem atende.',
      supportEmail: 'ajuda@boreal.example',
      supportPhone: '0800 123 4567',
    },
    features: { assetCheckout: false },
    roles: [FULL, LIMITED],
    staff: [{ email: 'owner@boreal.example', name: 'Bianca Norte', role: 'owner' }],
    accounts: [
      {
        name: 'Mercado Três Irmãos',
        legalName: 'Mercado Três Irmãos Ltda.',
        taxId: '33683111000280',
        externalId: 'tres-irmaos',
        email: 'fiscal@boreal-cliente.example',
        phone: '+55 11 4002-8922',
        users: [
          { email: 'davi@boreal-cliente.example', name: 'Davi Rezende', role: FULL.name },
          { email: 'multi@example.com', name: 'Marina Multi', role: FULL.name },
        ],
      },
    ],
  },
];

import { PORTAL_PERMISSIONS } from '@balcao/contracts';
import { AURORA_ARTICLES, AURORA_CATEGORIES } from './aurora-articles.js';
import { AURORA_TICKETS } from './aurora-tickets.js';
import { BOREAL_ARTICLES, BOREAL_CATEGORIES } from './boreal-articles.js';
import { BOREAL_TICKETS } from './boreal-tickets.js';
import { AURORA_LOGO, AURORA_LOGO_DARK, BOREAL_LOGO, BOREAL_LOGO_DARK } from './demo-logos.js';
import type { DemoOrganization } from './demo-organization.js';

const FULL = {
  name: 'Administração',
  permissions: [...PORTAL_PERMISSIONS],
  grants: ['Administração', 'Colaboração'],
};
const LIMITED = {
  name: 'Colaboração',
  isDefault: true,
  permissions: ['tickets:create' as const, 'tickets:read_own' as const, 'kb:read' as const],
};

export const DEMO_OPERATOR = { email: 'operator@balcao.example', name: 'Otávio Lins' };

/** Business as it could be; the CNPJs have valid check digits and belong to nobody. */
export const DEMO_ORGANIZATIONS: DemoOrganization[] = [
  {
    slug: 'aurora',
    name: 'Aurora Telecom',
    branding: {
      theme: { light: { primary: { h: 219, s: 66, l: 38 } }, dark: { primary: { h: 216, s: 78, l: 72 } } },
      logoUrl: AURORA_LOGO,
      logoDarkUrl: AURORA_LOGO_DARK,
      faviconUrl: AURORA_LOGO,
      welcomeMessage: {
        'pt-BR': 'Acompanhe chamados, encontre respostas e cuide da sua conta. Se preferir, fale com a gente.',
        'en-US': 'Follow your tickets, find answers and look after your account. Or just talk to us.',
      },
      supportEmail: 'suporte@aurora.example',
      supportPhone: '0800 765 4321',
      supportHours: { 'pt-BR': 'Seg. a sáb., das 8h às 20h', 'en-US': 'Mon to Sat, 8 am to 8 pm' },
      footerText: { 'pt-BR': 'Aurora Telecom Ltda.' },
    },
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
        sinceDays: 1_400,
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
          {
            email: 'invited@padaria.example',
            name: 'Ivo Convidado',
            role: LIMITED.name,
            status: 'pending_invitation',
            invitedBy: 'ana@padaria.example',
          },
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
        sinceDays: 980,
        users: [{ email: 'carla@oficina.example', name: 'Carla Moura', role: FULL.name }],
      },
      {
        name: 'Clínica Vida Plena',
        legalName: 'Vida Plena Serviços Médicos Ltda.',
        taxId: '99200418000100',
        externalId: 'vida-plena',
        email: 'administracao@vidaplena.example',
        phone: '+55 19 3255-8100',
        sinceDays: 1_120,
        users: [
          { email: 'joana@vidaplena.example', name: 'Joana Arruda', role: FULL.name },
          { email: 'recepcao@vidaplena.example', name: 'Recepção', role: LIMITED.name },
        ],
      },
      {
        name: 'Transportes Andorinha',
        legalName: 'Andorinha Transportes Rodoviários S.A.',
        taxId: '99351762000108',
        externalId: 'andorinha',
        email: 'ti@andorinha.example',
        phone: '+55 19 3817-4400',
        sinceDays: 870,
        users: [{ email: 'hugo@andorinha.example', name: 'Hugo Paiva', role: FULL.name }],
      },
      {
        name: 'Hotel Serra Azul',
        legalName: 'Serra Azul Hotelaria Ltda.',
        taxId: '99482031000193',
        externalId: 'serra-azul',
        email: 'gerencia@serraazul.example',
        phone: '+55 19 3899-1212',
        sinceDays: 640,
        users: [{ email: 'teresa@serraazul.example', name: 'Teresa Galvão', role: FULL.name }],
      },
      {
        name: 'Escola Girassol',
        legalName: 'Centro Educacional Girassol Ltda.',
        taxId: '99613457000139',
        externalId: 'girassol',
        email: 'secretaria@girassol.example',
        phone: '+55 19 3241-0909',
        sinceDays: 505,
        users: [{ email: 'marcio@girassol.example', name: 'Márcio Lemos', role: FULL.name }],
      },
      {
        name: 'Papelaria Dois Irmãos',
        legalName: 'Neide Barros Papelaria ME',
        taxId: '99724568000112',
        externalId: 'dois-irmaos',
        email: 'loja@papelaria.example',
        phone: '+55 19 3234-7788',
        sinceDays: 210,
        users: [{ email: 'neide@papelaria.example', name: 'Neide Barros', role: FULL.name }],
      },
    ],
    tickets: AURORA_TICKETS,
    categories: AURORA_CATEGORIES,
    articles: AURORA_ARTICLES,
  },
  {
    slug: 'boreal',
    name: 'Boreal Energia',
    branding: {
      theme: { light: { primary: { h: 152, s: 100, l: 32 } }, dark: { primary: { h: 152, s: 60, l: 55 } } },
      logoUrl: BOREAL_LOGO,
      logoDarkUrl: BOREAL_LOGO_DARK,
      faviconUrl: BOREAL_LOGO,
      welcomeMessage: { 'pt-BR': 'Energia solar com quem atende.', 'en-US': 'Solar power, with people who answer.' },
      supportEmail: 'ajuda@boreal.example',
      supportPhone: '0800 123 4567',
    },
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
        sinceDays: 430,
        users: [
          { email: 'davi@boreal-cliente.example', name: 'Davi Rezende', role: FULL.name },
          { email: 'multi@example.com', name: 'Marina Multi', role: FULL.name },
        ],
      },
      {
        name: 'Frigorífico Campo Novo',
        legalName: 'Campo Novo Alimentos Ltda.',
        taxId: '99835679000104',
        externalId: 'campo-novo',
        email: 'manutencao@frigorifico.example',
        phone: '+55 11 4712-3030',
        sinceDays: 300,
        users: [{ email: 'silvia@frigorifico.example', name: 'Sílvia Torres', role: FULL.name }],
      },
    ],
    tickets: BOREAL_TICKETS,
    categories: BOREAL_CATEGORIES,
    articles: BOREAL_ARTICLES,
  },
];

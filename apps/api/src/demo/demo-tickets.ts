import type { TicketPriority, TicketStatus, TicketType } from '@balcao/module-tickets';

interface DemoMessage {
  /** E-mail of a portal user or of staff. */
  from: string;
  body: string;
  /** Hours after the ticket was opened. */
  after: number;
  internal?: boolean;
}

export interface DemoTicket {
  /** E-mail of the portal user who opened it. */
  from: string;
  subject: string;
  description: string;
  type: TicketType;
  priority: TicketPriority;
  status: TicketStatus;
  assignee?: string;
  /** Hours before now when it was opened. */
  hoursAgo: number;
  messages?: DemoMessage[];
}

const ANA = 'ana@padaria.example';
const BRUNO = 'bruno@padaria.example';
const CARLA = 'carla@oficina.example';
const DAVI = 'davi@boreal-cliente.example';
const RAFAEL = 'agent@aurora.example';
const HELENA = 'owner@aurora.example';
const BIANCA = 'owner@boreal.example';

/** Conversations by organization, in the voice of people who have work to do. */
export const DEMO_TICKETS: Record<string, DemoTicket[]> = {
  aurora: [
    {
      from: ANA,
      subject: 'Internet cai todo dia por volta das 14h',
      description:
        'Desde quinta-feira a conexão da loja 2 cai entre 14h e 14h20. As máquinas de cartão param junto. De manhã funciona bem.',
      type: 'incident',
      priority: 'high',
      status: 'pending',
      assignee: RAFAEL,
      hoursAgo: 118,
      messages: [
        {
          from: HELENA,
          body: 'A porta 14 da OLT mostra queda de potência às 14h03 nos últimos 5 dias. Parece calor, não rede.',
          after: 17,
          internal: true,
        },
        {
          from: RAFAEL,
          body: 'Bom dia, Ana. Vimos quedas de sinal na linha da loja 2, sempre no mesmo horário. Você pode mandar uma foto do lugar onde o conversor está instalado?',
          after: 18,
        },
        { from: ANA, body: 'Bom dia, Rafael. Ele fica em cima do forno pequeno, atrás do caixa.', after: 20 },
        {
          from: RAFAEL,
          body: 'Obrigado, Ana. O forno explica: o conversor passa de 60 °C. Levamos um suporte de parede amanhã, entre 8h e 10h. Pode ser?',
          after: 21,
        },
      ],
    },
    {
      from: ANA,
      subject: 'Trocar titular do ramal 3',
      description: 'O ramal 3 era do Marcos, que saiu. Pode ficar no nome da loja?',
      type: 'change',
      priority: 'normal',
      status: 'open',
      assignee: RAFAEL,
      hoursAgo: 46,
      messages: [{ from: RAFAEL, body: 'Pode, sim. Faço a troca hoje e aviso por aqui.', after: 3 }],
    },
    {
      from: BRUNO,
      subject: 'Wi-Fi do salão lento em dia de evento',
      description: 'No sábado tivemos 140 pessoas e ninguém conseguia usar o Wi-Fi. Temos outro evento no dia 28.',
      type: 'incident',
      priority: 'normal',
      status: 'new',
      hoursAgo: 20,
    },
    {
      from: BRUNO,
      subject: 'Segunda via da nota de setembro',
      description: 'A contabilidade pediu a nota fiscal de setembro e não achei o e-mail.',
      type: 'request',
      priority: 'low',
      status: 'resolved',
      assignee: HELENA,
      hoursAgo: 400,
      messages: [
        {
          from: HELENA,
          body: 'Enviei a nota para o e-mail do financeiro. Qualquer coisa, responda por aqui.',
          after: 5,
        },
      ],
    },
    {
      from: CARLA,
      subject: 'Boleto de novembro com valor errado',
      description: 'O combinado na renovação era R$ 189,90 por mês, e o boleto veio com R$ 219,90.',
      type: 'request',
      priority: 'urgent',
      status: 'new',
      hoursAgo: 4,
    },
    {
      from: CARLA,
      subject: 'Devolução do modem 4G',
      description: 'O modem reserva não é mais necessário. Onde deixo?',
      type: 'request',
      priority: 'normal',
      status: 'closed',
      assignee: RAFAEL,
      hoursAgo: 700,
      messages: [
        { from: RAFAEL, body: 'Pode deixar na loja de Valinhos, na Rua 13 de Maio, 120, das 8h às 18h.', after: 2 },
        { from: CARLA, body: 'Deixei hoje de manhã. Obrigada.', after: 26 },
      ],
    },
  ],
  boreal: [
    {
      from: DAVI,
      subject: 'Inversor mostra erro 203',
      description: 'Desde ontem o inversor da cobertura mostra o erro 203 e não gera.',
      type: 'incident',
      priority: 'high',
      status: 'open',
      assignee: BIANCA,
      hoursAgo: 30,
      messages: [
        { from: BIANCA, body: 'O erro 203 é falta de rede. Confira o disjuntor DJ-4 no quadro, por favor.', after: 2 },
      ],
    },
  ],
};

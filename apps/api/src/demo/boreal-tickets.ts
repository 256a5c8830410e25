import type { DemoTicket } from './demo-organization.js';

const DAVI = 'davi@boreal-cliente.example';
const SILVIA = 'silvia@frigorifico.example';
const BIANCA = 'owner@boreal.example';

/** A solar installer's customers. */
export const BOREAL_TICKETS: DemoTicket[] = [
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
  {
    from: DAVI,
    subject: 'Crédito de setembro não apareceu na conta',
    description: 'O relatório mostra 312 kWh injetados em setembro, e a conta de luz veio sem desconto.',
    type: 'request',
    priority: 'normal',
    status: 'pending',
    assignee: BIANCA,
    hoursAgo: 24 * 9,
    messages: [
      {
        from: BIANCA,
        body: 'Davi, a distribuidora lança o crédito até 60 dias depois. Mande a próxima conta: se não vier, abrimos a reclamação por vocês.',
        after: 5,
      },
    ],
  },
  {
    from: SILVIA,
    subject: 'Limpeza das placas antes do verão',
    description: 'As placas do telhado B estão com poeira da obra ao lado. Vocês limpam?',
    type: 'request',
    priority: 'low',
    status: 'closed',
    assignee: BIANCA,
    hoursAgo: 24 * 33,
    messages: [
      { from: BIANCA, body: 'Limpamos. São R$ 480,00 para as 36 placas, com laudo. Quarta de manhã serve?', after: 7 },
      { from: SILVIA, body: 'Serve, pode marcar.', after: 8 },
      { from: BIANCA, body: 'Feito. A geração do telhado B subiu 11 % no dia seguinte.', after: 24 * 6 },
    ],
  },
  {
    from: SILVIA,
    subject: 'Aplicativo mostra a usina desligada',
    description: 'O aplicativo diz que a usina está desligada desde domingo, mas o medidor gira.',
    type: 'incident',
    priority: 'normal',
    status: 'new',
    hoursAgo: 6,
  },
];

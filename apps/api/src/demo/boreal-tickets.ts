import { ticket, type DemoTicket } from './demo-organization.js';

const DAVI = 'davi@boreal-cliente.example';
const SILVIA = 'silvia@frigorifico.example';
const BIANCA = 'owner@boreal.example';

/** A solar installer's customers. */
export const BOREAL_TICKETS: DemoTicket[] = [
  ticket(DAVI, 'incident', 'high', 'open', 30, {
    subject: 'Inversor mostra erro 203',
    description: 'Desde ontem o inversor da cobertura mostra o erro 203 e não gera.',
    assignee: BIANCA,
    messages: [
      { from: BIANCA, body: 'O erro 203 é falta de rede. Confira o disjuntor DJ-4 no quadro, por favor.', after: 2 },
    ],
  }),
  ticket(DAVI, 'request', 'normal', 'pending', 24 * 9, {
    subject: 'Crédito de setembro não apareceu na conta',
    description: 'O relatório mostra 312 kWh injetados em setembro, e a conta de luz veio sem desconto.',
    assignee: BIANCA,
    messages: [
      {
        from: BIANCA,
        body: 'Davi, a distribuidora lança o crédito até 60 dias depois. Mande a próxima conta: se não vier, abrimos a reclamação por vocês.',
        after: 5,
      },
    ],
  }),
  ticket(SILVIA, 'request', 'low', 'closed', 24 * 33, {
    subject: 'Limpeza das placas antes do verão',
    description: 'As placas do telhado B estão com poeira da obra ao lado. Vocês limpam?',
    assignee: BIANCA,
    messages: [
      { from: BIANCA, body: 'Limpamos. São R$ 480,00 para as 36 placas, com laudo. Quarta de manhã serve?', after: 7 },
      { from: SILVIA, body: 'Serve, pode marcar.', after: 8 },
      { from: BIANCA, body: 'Feito. A geração do telhado B subiu 11 % no dia seguinte.', after: 24 * 6 },
    ],
  }),
  ticket(SILVIA, 'incident', 'normal', 'new', 6, {
    subject: 'Aplicativo mostra a usina desligada',
    description: 'O aplicativo diz que a usina está desligada desde domingo, mas o medidor gira.',
  }),
];

import { article, type DemoArticle, type DemoCategory } from './demo-organization.js';

export const BOREAL_CATEGORIES: DemoCategory[] = [
  { slug: 'geracao', namePt: 'Geração e créditos', nameEn: 'Generation and credits' },
  { slug: 'equipamento', namePt: 'Equipamento', nameEn: 'Equipment' },
];

export const BOREAL_ARTICLES: DemoArticle[] = [
  ...article('geracao', 'ler-o-relatorio-de-geracao', 'public', 75, {
    'pt-BR': {
      title: 'Como ler o relatório de geração',
      excerpt: 'O que o sistema gerou, o que a casa usou e o que virou crédito.',
      tags: ['relatório', 'créditos'],
      bodyMarkdown:
        'O relatório tem três números: **gerado**, **consumido** e **injetado**. O injetado vira crédito na conta de luz por 60 meses.',
    },
    'en-US': {
      title: 'How to read the generation report',
      excerpt: 'What the system made, what the house used and what became credit.',
      tags: ['report', 'credits'],
      bodyMarkdown: `The report has three numbers: **generated**, **consumed** and **fed in**. What is fed in becomes credit on the power bill for 60 months.`,
    },
  }),
  ...article('equipamento', 'erro-203-no-inversor', 'portal', 38, {
    'pt-BR': {
      title: 'O inversor mostra o erro 203',
      excerpt: 'Quase sempre é o disjuntor. Dois minutos para conferir com segurança.',
      tags: ['inversor', 'erro', 'disjuntor'],
      bodyMarkdown: `O erro 203 diz que o inversor não vê a rede da rua.

1. Abra o quadro e procure o disjuntor **DJ-4**. Se ele estiver no meio, desligue e ligue.
2. Espere cinco minutos: o inversor testa a rede antes de voltar.
3. Se o erro continuar, abra um chamado. Não abra o inversor: há tensão mesmo desligado.`,
    },
    'en-US': {
      title: 'The inverter shows error 203',
      excerpt: 'It is nearly always the breaker. Two minutes to check it safely.',
      tags: ['inverter', 'error', 'breaker'],
      bodyMarkdown: `Error 203 says that the inverter cannot see the grid.

1. Open the panel and look for breaker **DJ-4**. If it stands in the middle, switch it off and on.
2. Wait five minutes: the inverter tests the grid before it comes back.
3. If the error stays, open a ticket. Do not open the inverter: it carries voltage even when off.`,
    },
  }),
];

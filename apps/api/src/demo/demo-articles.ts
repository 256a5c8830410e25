import type { Locale } from '@balcao/contracts';
import type { ArticleVisibility } from '@balcao/module-kb';

export interface DemoCategory {
  slug: string;
  namePt: string;
  nameEn: string;
}

export interface DemoArticle {
  category: string;
  slug: string;
  locale: Locale;
  title: string;
  excerpt: string;
  tags: string[];
  visibility: ArticleVisibility;
  bodyMarkdown: string;
}

const CATEGORIES: DemoCategory[] = [
  { slug: 'internet', namePt: 'Internet e Wi-Fi', nameEn: 'Internet and Wi-Fi' },
  { slug: 'telefonia', namePt: 'Telefonia', nameEn: 'Telephony' },
  { slug: 'conta', namePt: 'Conta e acesso', nameEn: 'Account and access' },
];

const AURORA: DemoArticle[] = [
  {
    category: 'internet',
    slug: 'conexao-cai-sempre-no-mesmo-horario',
    locale: 'pt-BR',
    title: 'A conexão cai sempre no mesmo horário',
    excerpt: 'Calor, energia e interferência deixam rastro no relógio. Veja como achar a causa.',
    tags: ['wi-fi', 'quedas', 'conversor'],
    visibility: 'public',
    bodyMarkdown: `Quando a queda tem hora marcada, a causa costuma estar no lugar e não na rede.

## Confira três coisas

1. **Calor.** O conversor precisa de ar. Em cima de forno, geladeira ou vitrine ele passa de 60 °C e desliga por alguns minutos.
2. **Energia.** Um motor que liga na mesma tomada derruba a tensão. Ligue o conversor em outra.
3. **Interferência.** Micro-ondas e câmeras sem fio usam a faixa de 2,4 GHz. Mude o Wi-Fi para 5 GHz.

| Luz | Significado |
|---|---|
| PON acesa | há sinal de fibra |
| LOS piscando | a fibra está sem sinal: abra um chamado |

Se nada disso resolver, [abra um chamado](/) e diga o horário das últimas três quedas.`,
  },
  {
    category: 'internet',
    slug: 'conexao-cai-sempre-no-mesmo-horario',
    locale: 'en-US',
    title: 'The connection drops at the same time every day',
    excerpt: 'Heat, power and interference leave a trace on the clock. How to find the cause.',
    tags: ['wi-fi', 'outages', 'converter'],
    visibility: 'public',
    bodyMarkdown: `When an outage keeps regular hours, its cause is usually in the room, not in the network.

1. **Heat.** The converter needs air; above an oven it passes 60 °C and switches off.
2. **Power.** A motor on the same socket pulls the voltage down. Use another one.
3. **Interference.** Microwave ovens and wireless cameras use 2.4 GHz. Move the Wi-Fi to 5 GHz.

If none of this helps, open a ticket and name the times of the last three outages.`,
  },
  {
    category: 'internet',
    slug: 'mudar-o-nome-e-a-senha-do-wi-fi',
    locale: 'pt-BR',
    title: 'Mudar o nome e a senha do Wi-Fi',
    excerpt: 'Pelo celular, em dois minutos, sem chamar ninguém.',
    tags: ['wi-fi', 'senha'],
    visibility: 'portal',
    bodyMarkdown: `1. Conecte o celular à rede da loja.
2. Abra \`http://192.168.1.1\` e entre com o usuário e a senha da etiqueta do roteador.
3. Em **Rede sem fio**, troque o nome e a senha.
4. Salve. Todos os aparelhos precisam entrar de novo.

> Use uma senha para clientes e outra para os caixas: são duas redes no mesmo roteador.`,
  },
  {
    category: 'telefonia',
    slug: 'transferir-uma-ligacao',
    locale: 'pt-BR',
    title: 'Transferir uma ligação para outro ramal',
    excerpt: 'Com aviso ou direto, nos aparelhos da linha empresarial.',
    tags: ['ramal', 'transferência'],
    visibility: 'portal',
    bodyMarkdown: `**Com aviso:** toque em *Flash*, disque o ramal, avise quem vai atender e desligue.

**Direto:** toque em *Flash*, disque \`*2\` e o ramal, e desligue.

Se o ramal não atender em 30 segundos, a ligação volta para você.`,
  },
  {
    category: 'conta',
    slug: 'segunda-via-da-nota-fiscal',
    locale: 'pt-BR',
    title: 'Onde encontrar a segunda via da nota fiscal',
    excerpt: 'A nota sai no dia seguinte ao pagamento e vai para o e-mail de cobrança.',
    tags: ['nota fiscal', 'cobrança'],
    visibility: 'public',
    bodyMarkdown: `A nota fiscal sai no dia seguinte ao pagamento e vai para o e-mail de cobrança da conta.

Não chegou? Confira o spam e o endereço de cobrança. Se o endereço mudou, abra um chamado: reenviamos todas as notas do ano.`,
  },
  {
    category: 'internet',
    slug: 'procedimento-olt-porta-com-perda',
    locale: 'pt-BR',
    title: 'Procedimento: porta da OLT com perda',
    excerpt: 'Para a equipe: como ler o histórico de potência.',
    tags: ['OLT'],
    visibility: 'internal',
    bodyMarkdown: 'Leia o histórico de 7 dias. Perda com horário fixo é local; perda constante é emenda.',
  },
  {
    category: 'conta',
    slug: 'novo-programa-de-indicacao',
    locale: 'pt-BR',
    title: 'Novo programa de indicação',
    excerpt: '',
    tags: [],
    visibility: 'draft',
    bodyMarkdown: 'Rascunho: aguardando o texto do comercial.',
  },
];

const BOREAL: DemoArticle[] = [
  {
    category: 'conta',
    slug: 'ler-o-relatorio-de-geracao',
    locale: 'pt-BR',
    title: 'Como ler o relatório de geração',
    excerpt: 'O que o sistema gerou, o que a casa usou e o que virou crédito.',
    tags: ['relatório', 'créditos'],
    visibility: 'public',
    bodyMarkdown:
      'O relatório tem três números: **gerado**, **consumido** e **injetado**. O injetado vira crédito na conta de luz por 60 meses.',
  },
];

/** Articles by organization; every visibility and both languages occur. */
export const DEMO_ARTICLES: Record<string, { categories: DemoCategory[]; articles: DemoArticle[] }> = {
  aurora: { categories: CATEGORIES, articles: AURORA },
  boreal: { categories: CATEGORIES.slice(2), articles: BOREAL },
};

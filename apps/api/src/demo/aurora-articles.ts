import { article, type DemoArticle, type DemoCategory } from './demo-organization.js';

export const AURORA_CATEGORIES: DemoCategory[] = [
  { slug: 'internet', namePt: 'Internet e Wi-Fi', nameEn: 'Internet and Wi-Fi' },
  { slug: 'telefonia', namePt: 'Telefonia', nameEn: 'Telephony' },
  { slug: 'conta', namePt: 'Conta e acesso', nameEn: 'Account and access' },
];

export const AURORA_ARTICLES: DemoArticle[] = [
  ...article('internet', 'conexao-cai-sempre-no-mesmo-horario', 'public', 64, {
    'pt-BR': {
      title: 'A conexão cai sempre no mesmo horário',
      excerpt: 'Calor, energia e interferência deixam rastro no relógio. Veja como achar a causa.',
      tags: ['wi-fi', 'quedas', 'conversor', 'modem'],
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
    'en-US': {
      title: 'The connection drops at the same time every day',
      excerpt: 'Heat, power and interference leave a trace on the clock. How to find the cause.',
      tags: ['wi-fi', 'outages', 'converter', 'modem'],
      bodyMarkdown: `When an outage keeps regular hours, its cause is usually in the room, not in the network.

1. **Heat.** The converter needs air; above an oven it passes 60 °C and switches off.
2. **Power.** A motor on the same socket pulls the voltage down. Use another one.
3. **Interference.** Microwave ovens and wireless cameras use 2.4 GHz. Move the Wi-Fi to 5 GHz.

If none of this helps, open a ticket and name the times of the last three outages.`,
    },
  }),
  ...article('internet', 'mudar-o-nome-e-a-senha-do-wi-fi', 'portal', 120, {
    'pt-BR': {
      title: 'Mudar o nome e a senha do Wi-Fi',
      excerpt: 'Pelo celular, em dois minutos, sem chamar ninguém.',
      tags: ['wi-fi', 'senha'],
      bodyMarkdown: `1. Conecte o celular à rede da loja.
2. Abra \`http://192.168.1.1\` e entre com o usuário e a senha da etiqueta do roteador.
3. Em **Rede sem fio**, troque o nome e a senha.
4. Salve. Todos os aparelhos precisam entrar de novo.

> Use uma senha para clientes e outra para os caixas: são duas redes no mesmo roteador.`,
    },
    'en-US': {
      title: 'Change the name and password of the Wi-Fi',
      excerpt: 'From a phone, in two minutes, without calling anybody.',
      tags: ['wi-fi', 'password'],
      bodyMarkdown: `1. Connect the phone to the shop's network.
2. Open \`http://192.168.1.1\` and sign in with the user and password on the router's label.
3. Under **Wireless**, change the name and the password.
4. Save. Every device has to join again.

> Use one password for guests and another for the tills: they are two networks on the same router.`,
    },
  }),
  ...article('telefonia', 'transferir-uma-ligacao', 'portal', 88, {
    'pt-BR': {
      title: 'Transferir uma ligação para outro ramal',
      excerpt: 'Com aviso ou direto, nos aparelhos da linha empresarial.',
      tags: ['ramal', 'transferência'],
      bodyMarkdown: `**Com aviso:** toque em *Flash*, disque o ramal, avise quem vai atender e desligue.

**Direto:** toque em *Flash*, disque \`*2\` e o ramal, e desligue.

Se o ramal não atender em 30 segundos, a ligação volta para você.`,
    },
    'en-US': {
      title: 'Transfer a call to another extension',
      excerpt: 'With notice or directly, on the phones of the business line.',
      tags: ['extension', 'transfer'],
      bodyMarkdown: `**With notice:** press *Flash*, dial the extension, tell who answers, and hang up.

**Directly:** press *Flash*, dial \`*2\` and the extension, and hang up.

If nobody answers within 30 seconds, the call comes back to you.`,
    },
  }),
  ...article('conta', 'segunda-via-da-nota-fiscal', 'public', 31, {
    'pt-BR': {
      title: 'Onde encontrar a segunda via da nota fiscal',
      excerpt: 'A nota sai no dia seguinte ao pagamento e vai para o e-mail de cobrança.',
      tags: ['nota fiscal', 'cobrança'],
      bodyMarkdown: `A nota fiscal sai no dia seguinte ao pagamento e vai para o e-mail de cobrança da conta.

Não chegou? Confira o spam e o endereço de cobrança. Se o endereço mudou, abra um chamado: reenviamos todas as notas do ano.`,
    },
    'en-US': {
      title: 'Where to find a copy of the tax invoice',
      excerpt: 'It is issued the day after payment and goes to the billing email.',
      tags: ['invoice', 'billing'],
      bodyMarkdown: `The tax invoice (NFS-e) is issued the day after payment and goes to the account's billing email.

Nothing came? Look at the spam folder and at the billing address. If the address has changed, open a ticket: we send all of this year's again.`,
    },
  }),
  ...article('internet', 'procedimento-olt-porta-com-perda', 'internal', 12, {
    'pt-BR': {
      title: 'Procedimento: porta da OLT com perda',
      excerpt: 'Para a equipe: como ler o histórico de potência.',
      tags: ['OLT'],
      bodyMarkdown: 'Leia o histórico de 7 dias. Perda com horário fixo é local; perda constante é emenda.',
    },
  }),
  ...article('conta', 'novo-programa-de-indicacao', 'draft', 1, {
    'pt-BR': {
      title: 'Novo programa de indicação',
      excerpt: '',
      tags: [],
      bodyMarkdown: 'Rascunho: aguardando o texto do comercial.',
    },
  }),
  ...article('internet', 'luzes-do-conversor', 'public', 47, {
    'pt-BR': {
      title: 'O que dizem as luzes do conversor',
      excerpt: 'Quatro luzes e o que fazer em cada caso, antes de ligar.',
      tags: ['conversor', 'luzes', 'fibra'],
      bodyMarkdown: `| Luz | Como está | O que fazer |
|---|---|---|
| POWER | apagada | confira a tomada e o interruptor atrás do aparelho |
| PON | piscando | ele procura sinal: espere três minutos |
| LOS | vermelha | a fibra está sem sinal: abra um chamado |
| LAN | apagada | troque o cabo entre o conversor e o roteador |

Reiniciar ajuda em um caso só: PON piscando há mais de dez minutos. Desligue, conte até trinta e ligue de novo.`,
    },
    'en-US': {
      title: 'What the lights of the converter say',
      excerpt: 'Four lights, and what to do about each before you call.',
      tags: ['converter', 'lights', 'fibre'],
      bodyMarkdown: `| Light | Shows | What to do |
|---|---|---|
| POWER | off | check the socket and the switch at the back |
| PON | blinking | it looks for a signal: wait three minutes |
| LOS | red | the fibre has no signal: open a ticket |
| LAN | off | change the cable between converter and router |

A restart helps in one case only: PON blinking for more than ten minutes. Switch it off, count to thirty, switch it on.`,
    },
  }),
  ...article('internet', 'testar-a-velocidade', 'portal', 73, {
    'pt-BR': {
      title: 'Testar a velocidade do jeito certo',
      excerpt: 'Pelo cabo, com um aparelho só. O resultado pelo Wi-Fi mede a parede, não a linha.',
      tags: ['velocidade', 'teste'],
      bodyMarkdown: `1. Ligue um computador ao roteador **pelo cabo**.
2. Desligue downloads e câmeras que enviam cópia.
3. Faça três testes, com cinco minutos entre eles.

O contrato garante 80 % da velocidade na média do mês e 40 % em qualquer momento. Abaixo disso, abra um chamado e junte os três resultados.`,
    },
    'en-US': {
      title: 'Test the speed the right way',
      excerpt: 'By cable, with one device. Over Wi-Fi the test measures the wall, not the line.',
      tags: ['speed', 'test'],
      bodyMarkdown: `1. Connect one computer to the router **by cable**.
2. Stop downloads, and cameras that upload copies.
3. Run three tests, five minutes apart.

The contract guarantees 80 % of the speed as the month's average and 40 % at any moment. Below that, open a ticket and add the three results.`,
    },
  }),
  ...article('telefonia', 'manter-o-numero', 'public', 140, {
    'pt-BR': {
      title: 'Trazer o seu número de outra operadora',
      excerpt: 'A portabilidade leva até três dias úteis e o telefone não fica mudo.',
      tags: ['portabilidade', 'número'],
      bodyMarkdown: `Abra um chamado com:

- o número com DDD;
- o CNPJ ou CPF do titular **na operadora atual**;
- uma conta dos últimos três meses.

A troca acontece em até três dias úteis, de madrugada. O número continua na operadora antiga até o minuto da troca. Não cancele o contrato antes: um número cancelado se perde.`,
    },
    'en-US': {
      title: 'Bring your number from another operator',
      excerpt: 'It takes up to three working days, and the phone is never dead.',
      tags: ['porting', 'number'],
      bodyMarkdown: `Open a ticket with:

- the number with its area code;
- the tax id of its holder **at the present operator**;
- a bill of the last three months.

The change happens within three working days, at night. Until that minute the number stays where it is. Do not cancel the contract before: a cancelled number is lost.`,
    },
  }),
  ...article('conta', 'convidar-alguem-da-equipe', 'portal', 22, {
    'pt-BR': {
      title: 'Dar acesso a alguém da sua equipe',
      excerpt: 'Cada pessoa com a própria senha, e só com o que precisa ver.',
      tags: ['acesso', 'equipe', 'senha'],
      bodyMarkdown: `Quem tem permissão para convidar abre **Equipe**, informa o e-mail e escolhe o papel.

- **Administração** vê e faz tudo.
- **Colaboração** abre chamados e acompanha os próprios.

O convite vale sete dias. Quando alguém sai da empresa, suspenda o acesso no mesmo lugar: as sessões abertas acabam na hora.`,
    },
    'en-US': {
      title: 'Give access to someone on your team',
      excerpt: 'Everybody with a password of their own, and only with what they need to see.',
      tags: ['access', 'team', 'password'],
      bodyMarkdown: `Whoever may invite opens **Team**, enters the email and chooses the role.

- **Administração** sees and does everything.
- **Colaboração** opens tickets and follows their own.

An invitation holds for seven days. When somebody leaves the company, suspend their access in the same place: open sessions end at once.`,
    },
  }),
  ...article('conta', 'mudanca-de-endereco', 'public', 54, {
    'pt-BR': {
      title: 'Mudar a internet de endereço',
      excerpt: 'Avise com dez dias. A linha antiga fica ligada até a nova funcionar.',
      tags: ['mudança', 'endereço', 'instalação'],
      bodyMarkdown: `1. Abra um chamado do tipo **Mudança** com o endereço novo e a data.
2. Em um dia útil dizemos se há fibra na rua e marcamos a instalação.
3. A linha antiga fica ligada por três dias depois da nova.

A primeira mudança em 12 meses não tem custo. O telefone continua o mesmo dentro da mesma cidade.`,
    },
    'en-US': {
      title: 'Take the internet to another address',
      excerpt: 'Tell us ten days ahead. The old line works until the new one does.',
      tags: ['moving', 'address', 'installation'],
      bodyMarkdown: `1. Open a ticket of the type **Change** with the new address and the date.
2. Within a working day we say whether there is fibre in the street, and book the installation.
3. The old line stays on for three days after the new one.

The first move within 12 months costs nothing. The phone number stays the same within the same town.`,
    },
  }),
];

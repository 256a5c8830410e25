import { ticket, type DemoTicket } from './demo-organization.js';

const DAY = 24;
const ANA = 'ana@padaria.example';
const BRUNO = 'bruno@padaria.example';
const CARLA = 'carla@oficina.example';
const JOANA = 'joana@vidaplena.example';
const HUGO = 'hugo@andorinha.example';
const TERESA = 'teresa@serraazul.example';
const MARCIO = 'marcio@girassol.example';
const NEIDE = 'neide@papelaria.example';
const RAFAEL = 'agent@aurora.example';
const HELENA = 'owner@aurora.example';
const LIVIA = 'billing@aurora.example';

/** A telecom's customers: bakeries, garages, a clinic, a school, a hotel. */
export const AURORA_TICKETS: DemoTicket[] = [
  ticket(ANA, 'incident', 'high', 'pending', 118, {
    subject: 'Internet cai todo dia por volta das 14h',
    description:
      'Desde quinta-feira a conexão da loja 2 cai entre 14h e 14h20. As máquinas de cartão param junto. De manhã funciona bem.',
    assignee: RAFAEL,
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
        body: 'Obrigado, Ana. O forno explica: o conversor passa de 60\u00a0°C. Levamos um suporte de parede amanhã, entre 8h e 10h. Pode ser?',
        after: 21,
      },
    ],
  }),
  ticket(ANA, 'change', 'normal', 'open', 46, {
    subject: 'Trocar titular do ramal 3',
    description: 'O ramal 3 era do Marcos, que saiu. Pode ficar no nome da loja?',
    assignee: RAFAEL,
    messages: [{ from: RAFAEL, body: 'Pode, sim. Faço a troca hoje e aviso por aqui.', after: 3 }],
  }),
  ticket(BRUNO, 'incident', 'normal', 'new', 20, {
    subject: 'Wi-Fi do salão lento em dia de evento',
    description: 'No sábado tivemos 140 pessoas e ninguém conseguia usar o Wi-Fi. Temos outro evento no dia 28.',
  }),
  ticket(BRUNO, 'request', 'low', 'resolved', 400, {
    subject: 'Segunda via da nota de setembro',
    description: 'A contabilidade pediu a nota fiscal de setembro e não achei o e-mail.',
    assignee: HELENA,
    messages: [
      {
        from: HELENA,
        body: 'Enviei a nota para o e-mail do financeiro. Qualquer coisa, responda por aqui.',
        after: 5,
      },
    ],
  }),
  ticket(CARLA, 'request', 'urgent', 'new', 4, {
    subject: 'Boleto de novembro com valor errado',
    description: 'O combinado na renovação era R$ 189,90 por mês, e o boleto veio com R$ 219,90.',
  }),
  ticket(CARLA, 'request', 'normal', 'closed', 700, {
    subject: 'Devolução do modem 4G',
    description: 'O modem reserva não é mais necessário. Onde deixo?',
    assignee: RAFAEL,
    messages: [
      { from: RAFAEL, body: 'Pode deixar na loja de Valinhos, na Rua 13 de Maio, 120, das 8h às 18h.', after: 2 },
      { from: CARLA, body: 'Deixei hoje de manhã. Obrigada.', after: 26 },
    ],
  }),
  ticket(ANA, 'change', 'normal', 'closed', DAY * 96, {
    subject: 'Aumentar a velocidade da loja 1',
    description: 'Passamos a vender pelo aplicativo e 200 Mb/s ficou pouco no fim da tarde. Quanto custa ir para 500?',
    assignee: LIVIA,
    messages: [
      {
        from: LIVIA,
        body: 'São R$ 60,00 a mais por mês, sem taxa de troca e sem nova fidelidade. Posso fazer amanhã cedo?',
        after: 4,
      },
      { from: ANA, body: 'Pode. A loja abre às 6h, melhor antes.', after: 5 },
      { from: RAFAEL, body: 'Feito às 5h20. O teste daqui deu 512 Mb/s.', after: 19 },
    ],
  }),
  ticket(BRUNO, 'request', 'normal', 'closed', DAY * 173, {
    subject: 'Instalar um ponto de rede no escritório novo',
    description: 'Alugamos a sala de cima. Precisamos de um ponto de rede perto da janela e de um telefone.',
    assignee: RAFAEL,
    messages: [
      {
        from: RAFAEL,
        body: 'O técnico passa na quinta, das 14h às 16h. Alguém precisa abrir o quadro de energia para ele.',
        after: 6,
      },
      { from: BRUNO, body: 'Combinado, eu estarei lá.', after: 7 },
      { from: RAFAEL, body: 'Ponto e ramal 5 instalados. O ramal já recebe chamadas.', after: 82 },
    ],
  }),
  ticket(JOANA, 'incident', 'high', 'open', 27, {
    subject: 'Telefone da recepção mudo depois da chuva',
    description: 'Desde a chuva de ontem o aparelho da recepção liga, mas não dá linha. Os outros funcionam.',
    assignee: RAFAEL,
    messages: [
      {
        from: RAFAEL,
        body: 'Bom dia, Joana. O adaptador responde, mas a porta 1 está sem corrente. Pode trocar o cabo pelo da porta 2 e me dizer se volta?',
        after: 2,
      },
      { from: JOANA, body: 'Na porta 2 voltou. A porta 1 queimou, então?', after: 3 },
      { from: RAFAEL, body: 'Provavelmente um surto. Trocar o adaptador sob garantia.', after: 3.5, internal: true },
      {
        from: RAFAEL,
        body: 'Sim, foi um surto. Levamos outro adaptador na segunda, sem custo. Até lá, use a porta 2.',
        after: 4,
      },
    ],
  }),
  ticket(JOANA, 'request', 'normal', 'on_hold', DAY * 6, {
    subject: 'Nota fiscal com o CNPJ da filial',
    description:
      'A nota de outubro saiu com o CNPJ da matriz. A contabilidade precisa dela com o da filial da Rua das Acácias.',
    assignee: LIVIA,
    messages: [
      {
        from: LIVIA,
        body: 'Joana, cancelar e emitir de novo depende da prefeitura, que responde em até 10 dias úteis. Abri o pedido hoje.',
        after: 8,
      },
      { from: LIVIA, body: 'Protocolo da prefeitura: 2026-88213.', after: 8.1, internal: true },
    ],
  }),
  ticket(HUGO, 'incident', 'urgent', 'open', 9, {
    subject: 'Câmeras do pátio perdem a imagem à noite',
    description:
      'Entre 22h e 23h as quatro câmeras do pátio somem do aplicativo por uns dez minutos. O resto da rede continua.',
    assignee: RAFAEL,
    messages: [
      {
        from: RAFAEL,
        body: 'Hugo, nesse horário o gravador envia a cópia do dia e ocupa toda a subida. Podemos limitar a cópia a metade da banda?',
        after: 1,
      },
      { from: HUGO, body: 'Podem. Contanto que as câmeras não parem.', after: 1.5 },
    ],
  }),
  ticket(HUGO, 'request', 'low', 'pending', DAY * 3, {
    subject: 'Relatório das linhas móveis da frota',
    description: 'Preciso do consumo de dados de cada linha dos caminhões em outubro, em planilha.',
    assignee: LIVIA,
    messages: [{ from: LIVIA, body: 'Posso mandar por linha ou por placa. Como você prefere?', after: 5 }],
  }),
  ticket(TERESA, 'incident', 'high', 'resolved', DAY * 4, {
    subject: 'Wi-Fi dos hóspedes pede senha duas vezes',
    description: 'No segundo andar o hóspede digita a senha, navega um minuto e o telefone pede de novo.',
    assignee: RAFAEL,
    messages: [
      {
        from: RAFAEL,
        body: 'Teresa, dois pontos de acesso do segundo andar tinham nomes diferentes. Igualei os dois e testei com três telefones. Pode confirmar com um hóspede?',
        after: 20,
      },
    ],
  }),
  ticket(TERESA, 'request', 'normal', 'new', 2, {
    subject: 'Mais dois telefones para o restaurante',
    description: 'O restaurante abre dia 1º e precisa de dois ramais com aparelhos sem fio.',
  }),
  ticket(MARCIO, 'incident', 'high', 'closed', DAY * 41, {
    subject: 'Sala de informática sem rede desde cedo',
    description: 'As 22 máquinas da sala 4 acendem, mas não acham a rede. A secretaria funciona.',
    assignee: RAFAEL,
    messages: [
      {
        from: RAFAEL,
        body: 'Márcio, o comutador da sala 4 não responde daqui. As luzes dele estão acesas?',
        after: 0.5,
      },
      { from: MARCIO, body: 'Apagadas. A tomada estava desligada, a faxina tirou. Voltou tudo, obrigado.', after: 1 },
    ],
  }),
  ticket(MARCIO, 'change', 'low', 'pending', DAY * 2, {
    subject: 'Bloquear jogos na rede dos alunos',
    description: 'Dá para bloquear sites de jogos só na rede dos alunos, e só no horário de aula?',
    assignee: RAFAEL,
    messages: [{ from: RAFAEL, body: 'Dá, sim. Mande os horários de cada turno e eu deixo programado.', after: 3 }],
  }),
  ticket(NEIDE, 'change', 'normal', 'open', DAY * 5, {
    subject: 'Mudança de endereço da loja',
    description: 'Vamos para a Avenida Brasil, 411, no dia 10. O que preciso fazer para a internet ir junto?',
    assignee: HELENA,
    messages: [
      {
        from: HELENA,
        body: 'Neide, há fibra na Avenida Brasil até o 600. Agendei a instalação para o dia 9, à tarde, e a linha antiga fica ligada até o dia 12.',
        after: 6,
      },
      { from: NEIDE, body: 'Perfeito. O telefone continua o mesmo?', after: 9 },
    ],
  }),
];

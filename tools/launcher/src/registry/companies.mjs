// @ts-check

/**
 * Made-up companies of the local register, by CNPJ. What `answers` says is how the register behaves instead of answering.
 *
 * @typedef {{ name: string, trade?: string, situation?: 1 | 2 | 3 | 4 | 8, since?: string, reason?: string,
 *   answers?: 'slowly' | 'error' | 'limited' | 'html' | 'truncated' | 'nulls' | 'another' | 'redirect' }} Company
 */

/** @type {Readonly<Record<string, Company>>} */
export const COMPANIES = {
  '12ABC34501DE35': { name: 'CONFEITARIA ALVORADA LTDA', trade: 'DOCES ALVORADA' },
  90001000000107: { name: 'PAPELARIA HORIZONTE LTDA', trade: 'PAPELARIA HORIZONTE' },
  '90MERC0A000119': { name: 'MERCEARIA DO BAIRRO LTDA', trade: 'MERCEARIA DO BAIRRO' },
  90002000000113: {
    name: 'DOCERIA SAO BENTO LTDA',
    situation: 8,
    since: '2025-03-14',
    reason: 'EXTINÇÃO POR ENCERRAMENTO LIQUIDAÇÃO VOLUNTÁRIA',
  },
  90003000000138: { name: 'TRANSPORTES PARADOS LTDA', situation: 3, since: '2024-08-02', reason: 'INDÍCIO DE FRAUDE' },
  90004000000152: { name: 'COMERCIO OMISSO LTDA', situation: 4, since: '2023-05-19', reason: 'OMISSÃO DE DECLARAÇÕES' },
  90005000000177: { name: 'EMPRESA SEM EFEITO LTDA', situation: 1, since: '2022-01-10', reason: 'DUPLICIDADE' },
  90006000000191: { name: 'OFICINA VAGAROSA LTDA', answers: 'slowly' },
  90007000000106: { name: 'ELETRICA QUEBRADA LTDA', answers: 'error' },
  90008000000120: { name: 'ACADEMIA CONCORRIDA LTDA', answers: 'limited' },
  90009000000145: { name: 'PADARIA DA PAGINA LTDA', answers: 'html' },
  90010000000165: { name: 'LIVRARIA PELA METADE LTDA', answers: 'truncated' },
  90011000000180: { name: 'FLORICULTURA EM BRANCO LTDA', answers: 'nulls' },
  90012000000102: { name: 'OTICA TROCADA LTDA', answers: 'another' },
  90013000000119: { name: 'HOTEL DA ESQUINA LTDA', answers: 'redirect' },
};

const SITUATIONS = { 1: 'NULA', 2: 'ATIVA', 3: 'SUSPENSA', 4: 'INAPTA', 8: 'BAIXADA' };

/**
 * What the register says of a company, in the shape of minhareceita.org.
 *
 * @param {string} cnpj
 * @param {Company} company
 */
export function factsOf(cnpj, { name, trade = '', situation = 2, since = '2026-08-06', reason = 'SEM MOTIVO' }) {
  return {
    cnpj,
    razao_social: name,
    nome_fantasia: trade,
    situacao_cadastral: situation,
    descricao_situacao_cadastral: SITUATIONS[situation],
    data_situacao_cadastral: since,
    motivo_situacao_cadastral: 0,
    descricao_motivo_situacao_cadastral: reason,
    identificador_matriz_filial: 1,
    data_inicio_atividade: '2019-08-06',
    cnae_fiscal: 1_091_102,
    cnae_fiscal_descricao: 'Padaria e confeitaria com predominância de produção própria',
    cnaes_secundarios: [{ codigo: 4_721_102, descricao: 'Padaria e confeitaria com predominância de revenda' }],
    natureza_juridica: 'Sociedade Empresária Limitada',
    porte: 'MICRO EMPRESA',
    capital_social: 20_000,
    opcao_pelo_simples: true,
    opcao_pelo_mei: false,
    descricao_tipo_de_logradouro: 'RUA',
    logradouro: 'BARAO DE JAGUARA',
    numero: '1481',
    complemento: 'LOJA 3',
    bairro: 'CENTRO',
    cep: '13015002',
    municipio: 'CAMPINAS',
    codigo_municipio_ibge: 3_509_502,
    uf: 'SP',
    ddd_telefone_1: '1935550142',
    ddd_telefone_2: '',
    email: null,
    qsa: [],
    regime_tributario: [],
  };
}

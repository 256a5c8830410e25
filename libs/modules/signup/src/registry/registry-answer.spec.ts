import { expect, it } from '@jest/globals';
import { companyOf } from './registry-answer.js';

const CNPJ = '12ABC34501DE35';
const FACTS = { cnpj: CNPJ, razao_social: 'ALVORADA LTDA', situacao_cadastral: 2 };
const NOTHING = {
  tradeName: null,
  situationSince: null,
  situationReason: null,
  openedOn: null,
  mainActivity: null,
  legalNature: null,
  size: null,
  phone: null,
  email: null,
  address: null,
};

it.each([
  ['of the least there is', FACTS, { ...NOTHING, legalName: 'ALVORADA LTDA', situation: 2 }],
  ['with a mask', { ...FACTS, cnpj: '12.abc.345/01de-35' }, { legalName: 'ALVORADA LTDA' }],
  [
    'with hidden signs and lines',
    { ...FACTS, razao_social: ' ALVORADA\n\u202e LTDA\u0000 ' },
    { legalName: 'ALVORADA LTDA' },
  ],
  [
    'with fields of other types',
    { ...FACTS, nome_fantasia: {}, email: [], ddd_telefone_1: 1935550142 },
    { tradeName: null, email: null, phone: '1935550142' },
  ],
  ['with a telephone that is none', { ...FACTS, ddd_telefone_1: '1900000000' }, { phone: null }],
  ['with a CEP that lost its zero', { ...FACTS, cep: 1310100 }, { address: { postalCode: '01310100' } }],
  ['with a CEP that is none', { ...FACTS, cep: 'x', uf: 'SP' }, { address: { postalCode: null, state: 'SP' } }],
  [
    'with days that are none',
    { ...FACTS, data_situacao_cadastral: '2025-02-31', data_inicio_atividade: '14/03/2025' },
    { situationSince: null, openedOn: null },
  ],
  ['with a day', { ...FACTS, data_situacao_cadastral: '2025-03-14' }, { situationSince: '2025-03-14' }],
])('S0.35 an answer %s', (_what, facts, company) => {
  expect(companyOf(JSON.stringify(facts), CNPJ)).toMatchObject(company);
});

it.each([
  ['no JSON', '<html>'],
  ['half of it', JSON.stringify(FACTS).slice(0, 30)],
  ['a list', '[]'],
  ['null', 'null'],
  ['another company', JSON.stringify({ ...FACTS, cnpj: '90001000000107' })],
  ['no company', JSON.stringify({ ...FACTS, cnpj: 12 })],
  ['no name', JSON.stringify({ ...FACTS, razao_social: ' ' })],
  ['no standing', JSON.stringify({ ...FACTS, situacao_cadastral: null })],
  ['a standing in words', JSON.stringify({ ...FACTS, situacao_cadastral: 'ATIVA' })],
])('S0.34 %s says nothing', (_what, body) => {
  expect(companyOf(body, CNPJ)).toBeUndefined();
});

import { describe, expect, it } from '@jest/globals';
import { readPdf } from '../../test/documents/read-pdf.js';
import { sampleKey, sampleNote, type SampleNote } from '../../test/fiscal/sample-nfse.js';
import { printedNote } from '../fiscal/danfse-blocks.js';
import { readNfse, type NfseNote } from '../fiscal/nfse-xml.js';
import type { DanfseDocument } from './danfse-document.js';
import { renderDanfse } from './render-danfse.js';

const KEY = sampleKey('18442');
const LOOKUP = `https://www.nfse.gov.br/ConsultaPublica/?tpc=1&chave=${KEY}`;

function danfse(sample: SampleNote = {}, changes: Partial<DanfseDocument> = {}): DanfseDocument {
  const note = readNfse(new TextEncoder().encode(sampleNote(sample))) as NfseNote;
  return {
    issuerName: 'Aurora Telecom',
    brandColour: '#214ca0',
    key: note.key,
    number: note.number,
    issuedOn: note.issuedOn,
    lookupUrl: LOOKUP,
    status: 'authorized',
    isTest: note.isTest,
    ...printedNote(note),
    ...changes,
  };
}

const pages = async (document: DanfseDocument) => readPdf(await renderDanfse(document));
const words = async (document: DanfseDocument) =>
  (await pages(document))
    .map(({ text }) => text)
    .join('\n')
    .replace(/\s+/g, ' ');

describe('the printed form of a note', () => {
  it.each(['1.01', '2.00'] as const)('has on one page what the note says, in the layout %s', async (layout) => {
    const read = await pages(danfse({ layout }));
    expect(read).toHaveLength(1);
    const text = read[0]!.text.replace(/\s+/g, ' ');
    for (const said of [
      'DANFSe v2.0',
      'Documento Auxiliar da NFS-e',
      'Município: São Paulo / SP',
      KEY,
      '10/11/2026 10:12:13',
      '33.683.111/0002-80',
      '41.720.538/0001-58',
      'Padaria Estrela Ltda',
      'Campinas',
      'Avenida do Pão, 12, Centro',
      'Fibra Empresarial 600, telefonia e Wi-Fi gerenciado de outubro de 2026',
      '01.07.01 / 001',
      'R$ 819,40',
      '2,9%',
      'R$ 10,00',
      'Inf. Cont.: Pedido PC-1182',
      'Federais: R$ 110,21; Estaduais: R$ 0,00; Municipais: R$ 23,47',
      'O DESTINATÁRIO É O PRÓPRIO TOMADOR',
    ])
      expect(text).toContain(said);
    if (layout === '2.00')
      for (const said of ['000 / 000001', 'R$ 827,06', 'NFS-e regular', 'R$ 6,89']) expect(text).toContain(said);
    else expect(text).toContain('IBS E CBS NÃO INFORMADOS');
  });

  it('leads to the public look-up by the code in its picture', async () => {
    const [page] = await pages(danfse());
    expect(page!.codes).toEqual([{ format: 'QRCode', text: LOOKUP }]);
  });

  it('says across the page that the note counts no more, and below the head why', async () => {
    const cancelled = await words(
      danfse({}, { status: 'cancelled', statusText: 'em 20/11/2026, Serviço cobrado em dobro' }),
    );
    expect(cancelled).toContain('CANCELADA: em 20/11/2026, Serviço cobrado em dobro');
    expect(cancelled.match(/CANCELADA/g)).toHaveLength(2);
    expect(await words(danfse({}, { status: 'replaced' }))).toContain('SUBSTITUÍDA');
    expect(await words(danfse())).not.toMatch(/CANCELADA|SUBSTITUÍDA/);
  });

  it('says of a test that it is worth nothing', async () => {
    expect(await words(danfse({ isTest: true }))).toContain('NFS-e SEM VALIDADE JURÍDICA');
    expect(await words(danfse())).not.toContain('SEM VALIDADE');
  });

  it('stays on one page whatever is said, and says what taxes come to', async () => {
    const long = danfse(
      { layout: '2.00', description: `${'Serviço muito longo, com tudo o que foi feito. '.repeat(60)}fim` },
      { additional: 'Informação '.repeat(400) },
    );
    const read = await pages(long);
    expect(read).toHaveLength(1);
    const text = read[0]!.text.replace(/\s+/g, ' ');
    expect(text).toContain('…');
    expect(text).toContain('Municipais: R$ 23,47');
    // Nothing stands where the page's foot does, nor below it.
    expect(read[0]!.inkIn(0, 815, 595, 26)).toBe(false);
    expect(read[0]!.inkIn(0, 787, 595, 3)).toBe(false);
  });

  it('stays on one page where everybody there can be is named', async () => {
    const { blocks } = danfse();
    const taker = blocks[1]!;
    const full = danfse({ layout: '2.00' }, { status: 'replaced', statusText: 'em 20/11/2026' });
    full.blocks[2] = { ...taker, title: 'Destinatário da operação' };
    full.blocks[3] = { ...taker, title: 'Intermediário da operação' };
    const [page, ...others] = await pages(full);
    expect(others).toEqual([]);
    expect(page!.inkIn(0, 787, 595, 3)).toBe(false);
    expect(page!.text).toContain('Municipais: R$ 23,47');
  });

  it('names the note in whose place it is, and says where nobody is named', async () => {
    const text = await words(danfse({ replaces: sampleKey('18440'), taker: null }));
    expect(text).toContain(`NFS-e Subst.: ${sampleKey('18440')}`);
    expect(text).toContain('TOMADOR/ADQUIRENTE DA OPERAÇÃO NÃO IDENTIFICADO NA NFS-e');
  });

  it('is the same bytes of the same note', async () => {
    expect(await renderDanfse(danfse())).toEqual(await renderDanfse(danfse()));
  });
});

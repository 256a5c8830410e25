import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ISSUER_CNPJ, sampleEvent, sampleKey, sampleNote, TAKER_CNPJ } from '../../test/fiscal/sample-nfse.js';
import { NfseRefusal, readNfse } from './nfse-xml.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const problemOf = (file: Uint8Array): string => {
  try {
    readNfse(file);
    return 'none';
  } catch (error) {
    if (error instanceof NfseRefusal) return error.problem;
    throw error;
  }
};
const KEY = sampleKey('18442');

describe('the file of a note', () => {
  it.each(['1.01', '2.00'] as const)('says what it is, in the layout %s', (layout) =>
    expect(readNfse(bytes(sampleNote({ layout })))).toMatchObject({
      kind: 'note',
      key: KEY,
      number: '18442',
      issuedOn: '2026-11-10',
      competenceOn: '2026-11-10',
      isTest: false,
      providerTaxId: ISSUER_CNPJ,
      takerTaxId: TAKER_CNPJ,
      serviceAmount: 81_940n,
      netAmount: 81_940n,
      totalAmount: layout === '2.00' ? 82_706n : null,
      replacesKey: null,
    }),
  );

  it('is read with letters in its CNPJ, with a mark of its encoding, and whatever prefix its namespace has', () => {
    const issuer = '12ABC34501DE35';
    expect(readNfse(bytes(`\ufeff${sampleNote({ issuer })}`))).toMatchObject({ providerTaxId: issuer });
    const prefixed = sampleNote()
      .replace('xmlns="http://www.sped', 'xmlns:n="http://www.sped')
      .replace(/<(\/?)(?!Signature|\/Signature|\?)([A-Za-z]\w*)/g, (all, slash: string, name: string) =>
        name.startsWith('Sign') ? all : `<${slash}n:${name}`,
      );
    expect(readNfse(bytes(prefixed))).toMatchObject({ key: KEY });
  });

  it('lessens its price by the discount that depends on nothing, and has what the taker withholds taken off', () =>
    expect(readNfse(bytes(sampleNote({ discount: '19.40', net: '780.00' })))).toMatchObject({
      serviceAmount: 80_000n,
      netAmount: 78_000n,
    }));

  it('names the note in whose place it is, and that it is only a test', () => {
    const replaces = sampleKey('18440');
    expect(readNfse(bytes(sampleNote({ replaces, isTest: true })))).toMatchObject({
      replacesKey: replaces,
      isTest: true,
    });
  });

  it('may name no taker', () =>
    expect(readNfse(bytes(sampleNote({ taker: null })))).toMatchObject({ takerTaxId: null }));

  it.each([
    ['another number than its key', { key: sampleKey('18443') }, 'nfseKeyWrong'],
    ['a key with another digit', { key: `${KEY.slice(0, -1)}${(Number(KEY.at(-1)) + 1) % 10}` }, 'nfseKeyWrong'],
    ['no price', { service: '' }, 'nfseIncomplete'],
    ['a price below nothing', { service: '-1.00' }, 'nfseIncomplete'],
    ['a price with a comma', { service: '819,40' }, 'nfseIncomplete'],
    ['more discount than price', { discount: '900.00' }, 'nfseIncomplete'],
    ['no day', { issuedAt: 'ontem' }, 'nfseIncomplete'],
  ] as const)('is refused with %s', (_, wrong, problem) => expect(problemOf(bytes(sampleNote(wrong)))).toBe(problem));
});

describe('the file of an event', () => {
  it.each([
    ['101101', 'cancelled', 'Serviço cobrado em dobro'],
    ['105104', 'cancelled', 'Pedido do emitente deferido'],
    ['305101', 'cancelled', 'Processo 123 da prefeitura'],
  ] as const)('%s ends a note', (code, status, reason) =>
    expect(readNfse(bytes(sampleEvent(KEY, code)))).toEqual({
      kind: 'event',
      key: KEY,
      status,
      on: '2026-11-20',
      reason,
      replacedByKey: null,
    }),
  );

  it('names the note that is there instead', () =>
    expect(readNfse(bytes(sampleEvent(KEY, '105102', { replacedBy: sampleKey('18450') })))).toMatchObject({
      status: 'replaced',
      replacedByKey: sampleKey('18450'),
    }));

  it('that changes nothing is refused', () =>
    expect(problemOf(bytes(sampleEvent(KEY, '202201')))).toBe('nfseEventOther'));
});

const NOTE = sampleNote();
const bomb = `<!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 30 }, (_, i) => `<!ENTITY a${i} "&a;&a;">`).join('')}]>`;

describe('a file that is no note', () => {
  it.each<[string, Uint8Array, string]>([
    ['nothing', bytes(''), 'nfseBroken'],
    ['words', bytes('isto não é XML'), 'nfseBroken'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff]), 'nfseBroken'],
    ['half of one', bytes(NOTE.slice(0, 2_000)), 'nfseBroken'],
    ['one in Latin 1', Buffer.from(NOTE.replace('UTF-8', 'ISO-8859-1'), 'latin1'), 'nfseBroken'],
    ['one that says another encoding', bytes(NOTE.replace('UTF-8', 'ISO-8859-1')), 'nfseBroken'],
    ['two at once', bytes(NOTE + NOTE.replace(/^<\?.*\?>/, '')), 'nfseBroken'],
    ['one with an entity of its own', bytes(NOTE.replace('Fibra', '&fibra;')), 'nfseBroken'],
    ['a million laughs', bytes(sampleNote({ before: bomb })), 'nfseUnsafe'],
    [
      'one that asks for a file',
      bytes(sampleNote({ before: '<!DOCTYPE x SYSTEM "file:///etc/passwd">' })),
      'nfseUnsafe',
    ],
    [
      'one that asks for a stylesheet',
      bytes(sampleNote({ before: '<?xml-stylesheet href="http://x/y.xsl"?>' })),
      'nfseUnsafe',
    ],
    ['one without end', bytes(sampleNote({ description: 'x'.repeat(1024 * 1024) })), 'nfseUnsafe'],
    ['elements without end', bytes(NOTE.replace('<emit>', `${'<x/>'.repeat(20_001)}<emit>`)), 'nfseUnsafe'],
    [
      'elements in elements',
      bytes(NOTE.replace('<emit>', `${'<x>'.repeat(60)}${'</x>'.repeat(60)}<emit>`)),
      'nfseUnsafe',
    ],
    [
      'attributes without end',
      bytes(NOTE.replace('<emit>', `<emit ${Array.from({ length: 30 }, (_, i) => `a${i}=""`).join(' ')}>`)),
      'nfseUnsafe',
    ],
    ['another namespace', bytes(NOTE.replace('sped.fazenda', 'example')), 'nfseOther'],
    [
      'the note of a city',
      bytes('<CompNfse xmlns="http://www.abrasf.org.br/nfse.xsd"><Nfse/></CompNfse>'),
      'nfseOther',
    ],
    ['another thing of the standard', bytes('<x xmlns="http://www.sped.fazenda.gov.br/nfse"/>'), 'nfseOther'],
    ['a declaration', bytes('<DPS xmlns="http://www.sped.fazenda.gov.br/nfse"/>'), 'nfseRequest'],
    ['a request to cancel', bytes('<pedRegEvento xmlns="http://www.sped.fazenda.gov.br/nfse"/>'), 'nfseRequest'],
    ['an empty note', bytes('<NFSe xmlns="http://www.sped.fazenda.gov.br/nfse"/>'), 'nfseIncomplete'],
    ['an empty event', bytes('<evento xmlns="http://www.sped.fazenda.gov.br/nfse"/>'), 'nfseIncomplete'],
  ])('such as %s is refused', (_, file, problem) => expect(problemOf(file)).toBe(problem));

  it('is refused for a reason, or read, wherever a byte of it is another', () =>
    fc.assert(
      fc.property(fc.nat(NOTE.length - 1), fc.integer({ min: 1, max: 255 }), (place, by) => {
        const file = bytes(NOTE);
        file[place] = (file[place]! + by) % 256;
        return typeof problemOf(file) === 'string';
      }),
      { numRuns: 500 },
    ));
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse, withCrcTag } from 'promptparse';
import { isPixKey, pixCode, readPixCode } from './pix-code.js';

/** From the manual of Banco Central. */
const SAMPLE =
  '00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D';
const RANDOM_KEY = '123e4567-e12b-12d1-a456-426655440000';
const READ = { key: RANDOM_KEY, url: null, amount: null, name: 'Fulano de Tal', city: 'BRASILIA', txid: null };

const receiver = { name: 'Aurora Serviços', city: 'São Paulo' };
const words = (longest: number) =>
  fc
    .array(fc.stringMatching(/^[!-~]{1,8}$/), { minLength: 1, maxLength: 5 })
    .map((each) => each.join(' '))
    .filter((text) => text.length <= longest);
const statics = fc.record({
  key: fc.uuid(),
  name: words(25),
  city: words(15),
  amount: fc.option(fc.bigInt({ min: 1n, max: 999_999_999_999n }), { nil: undefined }),
  txid: fc.option(fc.stringMatching(/^[A-Za-z0-9]{1,25}$/), { nil: undefined }),
});
const dynamics = fc.record({
  url: fc.stringMatching(/^[a-z]{1,9}\.example\.com\/qr\/v2\/[0-9a-f]{1,40}$/),
  name: words(25),
  city: words(15),
});

describe('a PIX code', () => {
  it('is as Banco Central publishes it', () => {
    expect(pixCode({ key: RANDOM_KEY, name: 'Fulano de Tal', city: 'BRASILIA' })).toBe(SAMPLE);
    expect(readPixCode(SAMPLE)).toEqual(READ);
  });

  it.each([
    ['529.982.247-25', '52998224725'],
    ['33.683.111/0002-80', '33683111000280'],
    ['12.abc.345/01de-35', '12ABC34501DE35'],
    ['(11) 98765-4321', '+5511987654321'],
    ['Contas@Aurora.example', 'contas@aurora.example'],
    [RANDOM_KEY.toUpperCase(), RANDOM_KEY],
  ])('has the key %s as %s', (key, normal) => {
    expect(readPixCode(pixCode({ key, ...receiver }))).toMatchObject({ key: normal });
    expect(isPixKey(key)).toBe(true);
  });

  it.each(['não é chave', '', '529.982.247-26', '11 3555', 'pix@', 'https://aurora.example'])(
    'has no key %j',
    (key) => {
      expect(isPixKey(key)).toBe(false);
      expect(() => pixCode({ key, ...receiver })).toThrow(RangeError);
    },
  );

  it.each([
    ['Padaria São José d’Ávila', "Padaria Sao Jose d'Avila"],
    ['Padaria Estrela do Norte Ltda', 'Padaria Estrela do Norte'],
    ['Padaria Estrela do Norte SA', 'Padaria Estrela do Norte'],
    ['Otorrinolaringologistas Associados', 'Otorrinolaringologistas'],
    ['A Pneumoultramicroscopicossilicovulcanoconiose', 'A Pneumoultramicroscopico'],
    [' Loja \n nº  1 ', 'Loja no 1'],
    ['Ana\u0301 🙂 – Cia', 'Ana - Cia'],
  ])('calls %j %j', (name, written) => {
    expect(readPixCode(pixCode({ key: RANDOM_KEY, name, city: 'X' }))).toMatchObject({ name: written });
  });

  it('cuts cities too', () => {
    const code = pixCode({ key: RANDOM_KEY, name: 'X', city: 'São José dos Campos' });
    expect(readPixCode(code)).toMatchObject({ city: 'Sao Jose dos' });
  });

  it.each([
    [1n, '540' + '40.01'],
    [100n, '5404' + '1.00'],
    [123456n, '5407' + '1234.56'],
    [999_999_999_999n, '5413' + '9999999999.99'],
  ])('asks for %d centavos by %s', (amount, field) => {
    const code = pixCode({ key: RANDOM_KEY, ...receiver, amount });
    expect(code).toContain(`5303986${field}5802BR`);
    expect(readPixCode(code)).toMatchObject({ amount });
  });

  it.each([
    [{ key: 'nobody' }, 'key'],
    [{ key: '52998224724' }, 'key'],
    [{ key: `${'x'.repeat(64)}@aurora.example` }, 'key'],
    [{ key: `${'x'.repeat(1_000_000)}@aurora.example` }, 'key'],
    [{ key: RANDOM_KEY, amount: 0n }, 'amount'],
    [{ key: RANDOM_KEY, amount: -1n }, 'amount'],
    [{ key: RANDOM_KEY, amount: 1_000_000_000_000n }, 'amount'],
    [{ key: RANDOM_KEY, txid: 'F-2026-000123' }, 'txid'],
    [{ key: RANDOM_KEY, txid: 'x'.repeat(26) }, 'txid'],
    [{ key: RANDOM_KEY, name: '会社' }, 'name'],
    [{ key: RANDOM_KEY, city: ' ' }, 'city'],
    [{ url: 'https://pix.example.com/qr/v2/1' }, 'URL'],
    [{ url: `pix.example.com/${'x'.repeat(62)}` }, 'URL'],
  ])('cannot be made with %.60o, for its %s', (wrong, what) => {
    const make = () => pixCode({ ...receiver, ...wrong });
    expect(make).toThrow(RangeError);
    expect(make).toThrow(what);
  });

  it('is read as it was made, and as others read it', () => {
    fc.assert(
      fc.property(statics, (pix) => {
        const code = pixCode(pix);
        const { amount = null, txid = null } = pix;
        expect(readPixCode(code)).toEqual({ ...pix, url: null, amount, txid });
        const other = parse(code, true);
        expect(['59', '60'].map((id) => other?.getTagValue(id))).toEqual([pix.name, pix.city]);
        expect(other?.getTagValue('26', '01')).toBe(pix.key);
        expect(other?.getTagValue('62', '05')).toBe(txid ?? '***');
        expect(other?.getTagValue('54')?.replace('.', '').replace(/^0+/, '')).toBe(amount?.toString());
      }),
    );
    fc.assert(
      fc.property(dynamics, (pix) => {
        const code = pixCode(pix);
        expect(readPixCode(code)).toEqual({ ...pix, key: null, amount: null, txid: null });
        const other = parse(code, true);
        expect([other?.getTagValue('01'), other?.getTagValue('26', '25')]).toEqual(['12', pix.url]);
      }),
    );
  });

  it('is read however it was pasted', () => {
    fc.assert(
      fc.property(
        statics,
        fc.array(fc.nat({ max: 300 }), { maxLength: 6 }),
        fc.constantFrom('\n', '\r\n', ' \n  ', '\t\n'),
        (pix, places, lineBreak) => {
          const code = pixCode(pix);
          const breaks = new Set(places.map((place) => place % code.length));
          // A space at a break is lost or kept, as mails do it.
          const pasted = [...code].map((character, place) =>
            !breaks.has(place) ? character : character === ' ' ? lineBreak : lineBreak + character,
          );
          expect(readPixCode(` ${pasted.join('')}\u200b\n`)).toEqual(readPixCode(code));
        },
      ),
    );
    expect(readPixCode(SAMPLE.replaceAll(' ', '\u00a0'))).toEqual(READ);
    const oneWord = pixCode({ key: RANDOM_KEY, name: 'AURORA', city: 'CAMPINAS' });
    expect(readPixCode(oneWord.replace(/(.{4})/g, '$1 '))).toMatchObject({ name: 'AURORA' });
  });
});

describe('what is no PIX code', () => {
  it.each([
    ['', 'shape'],
    ['https://pix.example.com/qr/v2/1', 'shape'],
    [SAMPLE.slice(1), 'shape'],
    [SAMPLE.slice(0, -1), 'shape'],
    [`${SAMPLE}0`, 'shape'],
    ['0'.repeat(1_000_000), 'too_long'],
    [`000201${' '.repeat(1_000_000)}`, 'too_long'],
    ['\n'.repeat(1024), 'shape'],
    [SAMPLE.replace('Fulano', 'Sicrano'), 'checksum'],
    [SAMPLE.replace('1D3D', '1D3E'), 'checksum'],
  ])('%.60s: %s', (text, problem) => expect(readPixCode(text)).toEqual({ problem }));

  it.each([
    ['in dollars', SAMPLE.replace('5303986', '5303840')],
    ['without a city', SAMPLE.replace('6008BRASILIA', '')],
    ['of another arrangement', SAMPLE.replace('br.gov.bcb.pix', 'br.gov.bcb.xip')],
    ['with a field that is longer than the code', SAMPLE.replace('6207', '6299')],
    ['that asks for nothing', SAMPLE.replace('5802BR', '54040.005802BR')],
  ])('is a code %s, sound as it may be', (_, text) => {
    expect(readPixCode(withCrcTag(text.slice(0, -8), '63'))).toEqual({ problem: 'not_pix' });
  });

  it('is a code with any character changed', () => {
    fc.assert(
      fc.property(fc.oneof(statics, dynamics), (pix) => {
        const code = pixCode(pix);
        for (const [place, character] of [...code].entries()) {
          for (const other of '!059AZaz~*.') {
            // Digits of the checksum are the same in capitals.
            const isSame = place >= code.length - 4 && other.toUpperCase() === character.toUpperCase();
            if (character === other || isSame) continue;
            expect(readPixCode(code.slice(0, place) + other + code.slice(place + 1))).toHaveProperty('problem');
          }
        }
      }),
      { numRuns: 10 },
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readBack } from '../test/read-back.js';
import { qrCode, type ErrorCorrection } from './qr-code.js';

/** From the manual of Banco Central. */
const PIX =
  '00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D';

function read(text: string, correction?: ErrorCorrection) {
  const { size, ...code } = qrCode(text, { correction });
  return readBack('QRCode', { ...code, width: size, height: size }, { across: 3, down: 3 });
}

describe('a QR code', () => {
  it('of a PIX code is read', async () => {
    expect(await read(PIX)).toEqual([{ text: PIX, correction: 'M' }]);
  });

  it.each([1, 20, 77, 113, 150, 199, 250, 300, 400, 512])('of %d characters is read', async (length) => {
    const text = PIX.repeat(4).slice(0, length);
    expect(await read(text)).toEqual([{ text, correction: 'M' }]);
  });

  it.each(['L', 'M', 'Q', 'H'] as const)('has the error correction %s', async (correction) => {
    expect(await read(PIX, correction)).toEqual([{ text: PIX, correction }]);
  });

  it('is as small as its text lets it, with nothing around', () => {
    const { size, quietZone, path } = qrCode('A');
    expect([size, quietZone]).toEqual([21, 4]);
    expect(path).toMatch(/^M0 0h7v1h-7z/);
    expect(path).toMatch(/M0 20h7v1h-7z/);
  });

  it('is read, whatever its text', async () => {
    const texts = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 });
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        expect(await read(text)).toEqual([{ text, correction: 'M' }]);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ['nothing', '', 'No text'],
    ['half a character', '\ud800', 'No text'],
    ['a byte too many', 'x'.repeat(2332), 'too long'],
    ['a megabyte', '1'.repeat(1_000_000), 'No text'],
  ])('is not made of %s', (_, text, message) => {
    expect(() => qrCode(text)).toThrow(RangeError);
    expect(() => qrCode(text)).toThrow(message);
  });
});

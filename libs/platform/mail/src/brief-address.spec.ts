import { describe, expect, it } from '@jest/globals';
import { find } from 'linkifyjs';
import { briefAddress } from './brief-address.js';
import { unlinked } from './layout/escape-html.js';

describe('briefAddress', () => {
  it.each(['ana@padaria.example', 'ana.ribeiro+portal@padaria.example', 'ana_r-2@xn--ao-siap.example'])(
    'leaves %s, so that it can be copied',
    (email) => expect(briefAddress(email)).toBe(email),
  );

  it('leaves no address of the web that a sign before the @ would end', () => {
    expect(briefAddress('www.evil.example/rui@estrela.example')).toBe('www.evil.example / rui@estrela.example');
    expect(briefAddress("o'neil@estrela.example")).toBe("o ' neil@estrela.example");
    expect(briefAddress('?#evil.com@a.example')).toBe('?# evil.com@a.example');
  });

  it.each([..."/?|#!=*'{}`&%$^~", '?#', '/?', '.', '_', '+', '-'])(
    '%j makes no link of what stands before it',
    (sign) => {
      const email = `www.evil-site.com${sign}bloqueio${sign}1@a.com.br`;
      const text = unlinked(`o e-mail ${briefAddress(email)}, e ninguém conferiu isso.`);
      expect(find(text).filter(({ type }) => type !== 'email')).toEqual([]);
      // What is not taken apart nowhere ends an address of the web: it is one with the whole.
      for (const word of text.split(/\s+/)) expect(word).not.toMatch(/evil-site\.com(?![\w.+-]*@)/);
    },
  );
});

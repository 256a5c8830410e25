import { describe, expect, it } from '@jest/globals';
import { describeFailure } from './smtp-failure.js';

describe('describeFailure', () => {
  it.each([
    [{ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 }, true],
    [{ code: 'EMESSAGE', command: 'DATA', responseCode: 554 }, true],
    [{ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 450 }, false],
    [{ code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 }, false],
    [{ code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 550 }, false],
    [{ code: 'EPROTOCOL', command: 'CONN', responseCode: 554 }, false],
    [{ code: 'ESOCKET' }, false],
    [new TypeError('x'), false],
    [undefined, false],
  ])('of %j is final: %s', (error, permanent) => {
    expect(describeFailure(error).permanent).toBe(permanent);
  });

  it("does not repeat the server's words, which hold addresses", () => {
    const error = Object.assign(new Error('550 <ana@padaria.example> unknown'), {
      code: 'EENVELOPE',
      command: 'RCPT TO',
      responseCode: 550,
      response: 'ana@padaria.example',
    });
    expect(describeFailure(error).description).toBe('The mail server answered 550 to RCPT TO');
  });
});

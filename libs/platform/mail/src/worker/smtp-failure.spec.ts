import { describe, expect, it } from '@jest/globals';
import { describeFailure, UnaddressedError } from './smtp-failure.js';

describe('describeFailure', () => {
  it.each([
    [{ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 }, true, 'recipient_refused'],
    [{ code: 'EMESSAGE', command: 'DATA', responseCode: 554 }, true, 'message_refused'],
    [{ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 450 }, false, 'server_unavailable'],
    [{ code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 }, false, 'server_unavailable'],
    [{ code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 550 }, false, 'server_unavailable'],
    [{ code: 'EPROTOCOL', command: 'CONN', responseCode: 554 }, false, 'server_unavailable'],
    [{ code: 'ESOCKET' }, false, 'server_unavailable'],
    [new TypeError('x'), false, 'unknown'],
    [new UnaddressedError(), true, 'recipient_refused'],
    [undefined, false, 'unknown'],
  ])('of %j is final: %s, and its problem is %s', (error, permanent, problem) => {
    expect(describeFailure(error)).toMatchObject({ permanent, problem });
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

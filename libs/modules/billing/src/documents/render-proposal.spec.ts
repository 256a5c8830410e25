import { describe, expect, it } from '@jest/globals';
import { readPdf } from '../../test/documents/read-pdf.js';
import { CUSTOMER, ISSUER } from '../../test/documents/sample-invoice.js';
import type { ProposalDocument, ProposalEvidence } from './proposal-document.js';
import { renderProposal } from './render-proposal.js';

const textOf = async (document: ProposalDocument) =>
  (await readPdf(await renderProposal(document)))
    .map(({ text }) => text)
    .join('\n')
    .replace(/\u00a0/g, ' ');

const proposal = (more: Partial<ProposalDocument> = {}): ProposalDocument => ({
  ...{ issuer: ISSUER, billTo: CUSTOMER, brandColour: '#214ca0', currency: 'BRL', locale: 'pt-BR' },
  ...{ number: 'P-2026-000214', version: 2, state: 'sent', title: 'Fibra nas duas lojas' },
  ...{ issuedOn: '2026-11-16', validUntil: '2026-11-30', lines: [], files: [] },
  totals: { subtotal: 0n, discount: 0n, taxesAdded: [], taxesIncluded: [], total: 0n },
  outcome: 'A assinatura começa no dia do aceite.',
  source: '{}',
  digest: 'a'.repeat(64),
  ...more,
});

const evidence: ProposalEvidence = {
  name: 'Ana Cristina Ribeiro',
  signature: 'typed',
  by: 'session',
  ...{ at: '2026-11-18 10:52:07 (America/Sao_Paulo)', ip: '189.40.112.7', userAgent: 'Mozilla/5.0' },
};

describe('S0.9 the document of a proposal', () => {
  it.each([
    ['pt-BR', 'Referência'],
    ['en-US', 'Reference'],
  ] as const)('says what staff call it elsewhere, where they call it anything (%s)', async (locale, word) => {
    const text = await textOf(proposal({ locale, reference: 'OP-4711' }));
    for (const each of [word, 'OP-4711', 'P-2026-000214']) expect(text).toContain(each);
    expect(await textOf(proposal({ locale }))).not.toContain(word);
  });

  it('proves which day was chosen to begin on, where one was', async () => {
    const chosen = await textOf(proposal({ state: 'accepted', evidence: { ...evidence, startsOn: '2026-12-01' } }));
    expect(chosen).toContain('Início escolhido\n01/12/2026');
    expect(await textOf(proposal({ state: 'accepted', evidence }))).not.toContain('Início escolhido');
  });

  it.each([
    ['pt-BR', 'confere-se em'],
    ['en-US', 'can be checked at'],
  ] as const)('says where anybody checks that it is the accepted one (%s)', async (locale, words) => {
    const checkUrl = 'https://portal.aurora.example/portal/proposal-check';
    const text = await textOf(proposal({ locale, state: 'accepted', evidence: { ...evidence, checkUrl } }));
    expect(text.replace(/\s+/g, ' ')).toContain(`${words} ${checkUrl}`);
    expect(await textOf(proposal({ locale, state: 'accepted', evidence }))).not.toContain(words);
  });
});

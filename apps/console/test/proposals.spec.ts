import type { ProposalFacts, StaffProposalFacts } from '@balcao/api-client';
import { describe, expect, it } from 'vitest';

import { json, openConsole } from './harness.js';

const brl = (amount: number) => ({ amount, currency: 'BRL' });
const VERSION = { id: 'v-1', number: 1, sentAt: '2026-11-18T12:00:00Z', status: 'sent', total: brl(308_640) };
const CURRENT = {
  ...{ id: 'o-1', number: 'P-2026-000007', title: 'Wi-Fi no salão', status: 'sent', validUntil: '2026-12-20' },
  ...{ sentAt: '2026-11-18T12:00:00Z', endedAt: null, version: VERSION, versions: [VERSION], digest: 'd' },
  ...{ issuedOn: '2026-11-18', issuer: { name: 'Aurora Telecom' }, customer: { name: 'Padaria Estrela' } },
  ...{ contact: null, introduction: null, terms: null, discount: null, discounted: brl(0), subtotal: brl(308_640) },
  ...{ total: brl(308_640), taxes: [], files: [], decision: null, invoice: null, subscriptionId: null },
  outcome: { kind: 'invoice', dueDays: null },
  lines: [
    {
      ...{
        description: 'Ponto de acesso',
        detail: 'Salão e caixa',
        startsOn: null,
        endsOn: null,
        quantity: '2.500000',
      },
      ...{ unitPrice: brl(137_173), discount: { percent: '10', amount: null }, tax: null },
      ...{ gross: brl(342_933), net: brl(308_640) },
    },
  ],
} as unknown as ProposalFacts;
const PROPOSAL = {
  ...{ id: 'o-1', number: 'P-2026-000007', title: 'Wi-Fi no salão', status: 'sent', validUntil: '2026-12-20' },
  ...{
    sentAt: '2026-11-18T12:00:00Z',
    endedAt: null,
    total: brl(308_640),
    contactName: null,
    contactId: null,
    version: 1,
  },
  billingAccount: { id: 'b-1', name: 'Padaria Estrela' },
  ...{ draft: null, current: CURRENT, history: [], links: [] },
} as unknown as StaffProposalFacts;

describe('S0.8 a proposal that was sent', () => {
  it('shows staff how its lines are reckoned, as its customer reads them', async () => {
    const page = await openConsole('/console/billing/proposals/o-1', {
      api: {
        'GET proposals/o-1': () => json({ proposal: PROPOSAL }),
        'GET proposals/o-1/links': () => json({ data: [] }),
      },
    });
    const paper = document.querySelector('article[aria-label="Prévia"]')!.textContent!.replace(/\s+/g, ' ');
    expect(paper).toContain('Ponto de acesso Salão e caixa2,5 × R$ 1.371,73, menos 10%');
    expect(page.text()).toContain('3.086,40');
  });
});

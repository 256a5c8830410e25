import { createHash } from 'node:crypto';
import { idOf } from './ids.js';
import type { Row } from './rows.js';

type Add = (table: string, row: Row) => void;

const PARTY = { legalName: null, taxId: null, address: null, email: null, phone: null };
const FAR = '2098-11-30';
const SENT_ON = '2026-10-10';

/** A proposal whose first version was sent and waits, and whose second is being written, with a file and a link. */
export function addProposal(tenant: Row & { organization_id?: unknown }, key: string, add: Add): void {
  const id = idOf(`proposal:${key}`);
  const title = `Proposal of ${key}`;
  const sent_at = new Date(`${SENT_ON}T15:00:00Z`);
  const line = { description: `Line of ${key}`, quantity: '1' };
  // In canonical form but for the order of its members, which nothing here depends on.
  const document = JSON.stringify({
    format: 'balcao-proposal/1',
    organizationId: tenant.organization_id,
    proposalId: id,
    number: `P-2026-${key}`,
    reference: `OP-${key}`,
    version: 1,
    title,
    currency: 'BRL',
    issuedOn: SENT_ON,
    validUntil: FAR,
    issuer: { ...PARTY, name: 'Issuer', municipalRegistration: null },
    customer: { ...PARTY, name: key },
    contact: null,
    files: [],
    introduction: null,
    terms: `Terms of ${key}`,
    outcome: { kind: 'invoice', dueDays: null, startWithinDays: null },
    discountPercent: null,
    discountAmount: null,
    lines: [
      {
        ...line,
        ...{ detail: null, startsOn: null, endsOn: null, discountPercent: null, discountAmount: null },
        ...{
          taxName: null,
          taxPercent: null,
          taxIsIncluded: false,
          unitPrice: '10000',
          gross: '10000',
          discount: '0',
          tax: '0',
        },
      },
    ],
    ...{ subtotal: '10000', discount: '0', taxAdded: '0', taxIncluded: '0', total: '10000' },
  });
  const content = {
    introduction: null,
    terms: `Terms of ${key}`,
    discount: null,
    outcome: { kind: 'invoice', dueDays: null, startWithinDays: null },
    lines: [{ ...line, unitPrice: '10000' }],
  };
  const what = { reference: `OP-${key}`, title, currency: 'BRL', total: 10_000, valid_until: FAR };
  const its = { ...tenant, proposal_id: id };
  const version_id = idOf(`proposal-version:${key}`);
  add('proposals', {
    ...tenant,
    id,
    ...what,
    number: `P-2026-${key}`,
    // Of a year whose numbers nobody draws any more.
    sequence_year: 2025,
    sequence: key === 'oficina' ? 2 : 1,
    current_version_id: version_id,
    sent_at,
  });
  const version = { ...its, ...what, content: JSON.stringify(content) };
  const digest = createHash('sha256').update(document).digest('hex');
  add('proposal_versions', { ...version, id: version_id, number: 1, document, digest, sent_at });
  add('proposal_versions', { ...version, id: idOf(`proposal-version:${key}-draft`), number: 2 });
  add('proposal_files', {
    ...its,
    version_id,
    id: idOf(`proposal-file:${key}`),
    storage_id: idOf(`proposal-file:${key}`),
    status: 'kept',
    file_name: `file-of-${key}.pdf`,
    media_type: 'application/pdf',
    bytes: 20_000,
    digest: createHash('sha256').update(key).digest('hex'),
  });
  add('proposal_links', { ...its, id: idOf(`proposal-link:${key}`), expires_at: new Date('2100-01-01T00:00:00Z') });
  add('proposal_events', {
    ...its,
    id: idOf(`proposal-event:${key}`),
    kind: 'sent',
    version_number: 1,
    actor_type: 'system',
    created_at: sent_at,
  });
}

/** How it might be decided by its link: a row by itself, which ends nothing. */
export function addDecision(tenant: Row, key: string, add: Add): void {
  add('proposal_decisions', {
    ...tenant,
    proposal_id: idOf(`proposal:${key}`),
    version_id: idOf(`proposal-version:${key}`),
    digest: createHash('sha256').update(key).digest('hex'),
    kind: 'accepted',
    signer_name: `Signer of ${key}`,
    link_id: idOf(`proposal-link:${key}`),
    ip: '203.0.113.7',
    user_agent: 'Mozilla/5.0',
    decided_at: new Date(),
  });
}

import { describeTexts } from '@balcao/ui/testing';
import { resolve } from 'node:path';
import type { TicketChange } from '../src/data/tickets.js';

const changed: Record<keyof TicketChange, true> = {
  status: true,
  priority: true,
  type: true,
  assigneeId: true,
  externalTicketId: true,
  externalTicketUrl: true,
};

describeTexts(resolve(import.meta.dirname, '../src'), { ends: { 'inbox.changed.': Object.keys(changed) } });

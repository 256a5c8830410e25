import { defineSettings } from '@balcao/module-directory';
import { sql } from '@balcao/platform-tenancy';

/** What a portal does with its tickets. */
export const ticketSettings = defineSettings('tickets', {
  firstAnswerHours: {
    kind: 'integer',
    default: 0,
    min: 0,
    max: 720,
    description: 'Hours within which a new ticket is answered, as its receipt says; 0 says nothing',
  },
  autoCloseDays: {
    kind: 'integer',
    default: 7,
    min: 0,
    max: 365,
    description:
      'Days after which a resolved ticket closes by itself; 0 leaves that to people. Counts for tickets resolved from now on',
  },
});

/** What of the settings of a portal `p` the section reads. */
export const STORED_TICKET_SETTINGS = sql`jsonb_build_object('tickets', p.settings -> 'tickets')`;

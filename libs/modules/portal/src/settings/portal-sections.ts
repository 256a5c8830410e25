import { defineSettings } from '@balcao/module-directory';
import { LONGEST_CUSTOM_CSS } from '../branding/custom-css.js';

/**
 * What a tenant wrote to dress its portal, as it was typed: it is checked and confined anew whenever it is served. No door
 * hands it out.
 */
export const styleSettings = defineSettings('style', {
  customCss: {
    kind: 'text',
    max: LONGEST_CUSTOM_CSS,
    verbatim: true,
    default: null,
    description:
      'Stylesheet of the tenant, confined to the page of the portal: no imports, no addresses but data: pictures. ' +
      'Refused as a whole, naming each line that cannot be taken',
    example: '.card { border-radius: 4px }',
  },
});

/** Who may be invited. */
export const invitationSettings = defineSettings('invitations', {
  allowedDomains: {
    kind: 'domains',
    max: 100,
    default: [],
    description: 'Domains whose addresses may be invited; none allows all',
    example: ['padaria.example'],
  },
});

/** In whose name mails go out. Their address is the installation's, or one of the organization's that it proved. */
export const mailSettings = defineSettings('mail', {
  senderName: {
    kind: 'companyName',
    max: 100,
    default: null,
    description: "Name that mails come from; without one it is the organization's",
    example: 'Atendimento Aurora',
  },
  replyTo: {
    kind: 'email',
    default: null,
    description: 'Where answers to mails go; without one, to the address where customers get help',
    example: 'atendimento@aurora.example',
  },
});

/** What the parts of the API are about. */
export const TAGS: Record<string, string> = {
  'Portal: sign-in': 'How customers come in, leave, and get a new password.',
  'Portal: profile': "A customer's own data and password.",
  'Portal: branding': 'How a portal looks; read before anybody has signed in.',
  'Portal: signup': 'How a company becomes a customer by itself, before anybody of it can sign in.',
  'Portal: tickets': "Customers' requests and their public conversation.",
  'Portal: payment link': 'One invoice, for whoever has its link: no sign-in, and nothing else of the customer.',
  'Portal: is this bill ours': 'Whether a bill is genuine, asked by anybody; says nothing of whom it is for.',
  'Portal: second copy': 'What a customer owes, mailed to those on file when somebody types their CPF or CNPJ.',
  'Portal: invoices': "What a customer was invoiced, what is still to pay, and the account's books.",
  'Portal: payments': 'What a customer pays with, how each payment stands, and the pretended bank of test payments.',
  'Portal: team': "People of a customer's own account, their roles and invitations.",
  'Portal: knowledge base': 'Articles as customers and visitors read them.',
  'Portal: live': 'What happens to the tickets that a customer may see, as it happens.',
  'Console: sign-in': 'How staff come in, leave, and get a new password.',
  'Console: profile': "A staff user's own name, language and password.",
  Tickets: 'The inbox of the organization and the work on its tickets.',
  Invoices: 'What customers are invoiced, what has paid it, and the terms of it.',
  Customers: 'Billing accounts and the portal users that belong to them.',
  Roles: 'What portal users may do.',
  Staff: "The organization's own people.",
  'Staff: live': 'What happens in the organization, as it happens.',
  Invitations: 'Invitations of customers, each by a link that is mailed.',
  Signups: 'Companies that sign up, and the decision about those that the register leaves open.',
  'Test clock': 'What time it is in a sandbox organization, where it stands still until somebody moves it.',
  'Portal settings': "A portal's look, switches and limits.",
  'Getting started': 'What a new organization has to do before its first customers come.',
  'Knowledge base': 'Articles and their categories as staff write them.',
  Operations: 'For those who run the installation: organizations, and whether the process is well.',
  Integration: 'For other systems.',
};

type Words = string | readonly [description: string, example: unknown];

/**
 * Properties that mean the same in whatever part of the API they stand, so that their classes need not say it. What means
 * something in one part alone is said by its class, which comes before these.
 */
export const WORDS: Record<string, Words> = {
  sentCount: ['How often the mail was asked for', 1],
  mailStatus: 'How the newest mail fared',
  acceptedAt: 'When the person accepted; null until then',
  billingAccount: 'Customer that it belongs to',
  billingAccountId: 'Customer that it belongs to',
  billingAccountName: 'Customer that the person will belong to',
  createdAt: 'When it was added',
  customDomain: ['Domain of its own that the portal answers at; null for none', 'clientes.aurora.example'],
  dark: 'Colours on dark ground',
  data: 'The rows, in the order of the list',
  defaultLocale: 'Language of visitors without a preference that is offered',
  domainVerified: 'Whether that domain was proved to be its own',
  email: ['Address that mails go to', 'ana@padaria.example'],
  expiresAt: 'When it ends by itself',
  externalId: ["The organization's own key of the customer", 'padaria-estrela'],
  features: 'What is switched on',
  id: 'UUID that never changes',
  invitedByName: ['Who invited', 'Helena Prado'],
  isDefault: 'Whether it is taken where nobody chose another',
  languages: 'Languages that are offered',
  lastLoginAt: 'Last sign-in; null for never',
  light: 'Colours on light ground',
  lockedUntil: 'End of a lock after wrong passwords; null where there is none',
  name: ['What people call it, or them', 'Ana Ribeiro'],
  organization: 'Whose customers and staff these are',
  organizationId: 'Whose customer the user is',
  organizationName: ['What the organization is called', 'Aurora Telecom'],
  permissions: 'What may be done',
  receiveNotifications: 'Whether notices are mailed',
  role: 'What decides what they may do',
  sessionExpiresAt: 'When this session ends by itself',
  showBalcaoMark: "Whether Balcão's mark stands in the footer",
  slug: ['How addresses name it', 'aurora'],
  status: 'Where it stands',
  updatedAt: 'Last change',
  user: 'The person as they stand now',
};

/** Parts of paths that are no properties. */
export const PATH_WORDS: Record<string, Words> = {
  pictureId: 'Identifier of a picture that was brought to this portal',
  commentId: 'Identifier of a comment of this ticket',
<<<<<<< HEAD
  fiscalNoteId: 'Identifier of a fiscal note',
  month: ['Month in which notes were issued', '2026-11'],
  proofId: 'Identifier of a proof of payment of this invoice',
=======
  fiscalNoteId: 'Identifier of a fiscal note of this invoice',
  linkId: 'Identifier of a payment link of this invoice',
>>>>>>> 7060e474 (The id of a payment link is described)
  noteId: 'Identifier of an internal note of this ticket',
  sessionId: 'Identifier of a session that is going on',
  version: ['Number of a version, from 1', 2],
  signupSlug: ["Name of a portal's signup page", 'aurora'],
  domain: ['Verified domain of a portal', 'clientes.aurora.example'],
};

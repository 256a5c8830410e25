/** A piece of a mail. Texts are plain: the layout escapes them, and line breaks stay. */
export type MailBlock =
  | { kind: 'paragraph'; text: string }
  /** The one thing that the mail asks for; its address is repeated in words for readers without buttons. */
  | { kind: 'button'; label: string; url: string }
  /** What a person wrote. */
  | { kind: 'quote'; text: string; author?: string }
  /** Labels and values, one pair a line. */
  | { kind: 'facts'; rows: readonly (readonly [label: string, value: string])[] }
  /** When the organization answers, where its portal says so. */
  | { kind: 'hours' };

/** A file of platform/storage that goes with a mail. Together they have at most 10 MB. */
export interface MailAttachment {
  key: string;
  /** What the reader's program calls it, and its type. */
  name: string;
  type: string;
}

/** What a mail says; how it looks is the layout's business. */
export interface MailContent {
  subject: string;
  /** Shown beside the subject in lists of mails. */
  preheader: string;
  heading: string;
  blocks: readonly MailBlock[];
  /** Portal in whose name the mail goes out; the organization's default one where absent. */
  portalId?: string;
  /** Written to staff, who read their own language whatever the portal offers its customers. */
  forStaff?: boolean;
  /** Id of what it is about, such as a ticket: mail programs show all mails of one together. */
  threadId?: string;
  attachments?: readonly MailAttachment[];
  /** Page on which the recipient can stop mails of this kind (RFC 2369); left out where they cannot be stopped. */
  unsubscribeUrl?: string;
}

/** Whether its text says the hours, so that the footer need not. */
export const saysHours = ({ blocks }: MailContent): boolean => blocks.some(({ kind }) => kind === 'hours');

/** A mail as its template words it: of its body, texts are paragraphs, and one in brackets is the button. */
export interface MailText extends Pick<MailContent, 'subject' | 'preheader' | 'heading'> {
  body: (string | [button: string] | MailBlock)[];
}

/** What a text says, its button leading to `url`. */
export function mailOf({ body, ...text }: MailText, url: string): MailContent {
  const blocks = body.map((each): MailBlock => {
    if (typeof each === 'string') return { kind: 'paragraph', text: each };
    return Array.isArray(each) ? { kind: 'button', label: each[0], url } : each;
  });
  return { ...text, blocks };
}

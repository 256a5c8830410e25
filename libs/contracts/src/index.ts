export { cardName } from './card-name.js';
export { outcomeWords } from './proposal-outcome-words.js';
export { contactsOf, type Contact } from './contacts.js';
export { DAY_MS } from './durations.js';
export { ERROR_CATALOGUE, type ErrorCode, type ErrorText } from './error-codes.js';
export {
  EVENTS,
  LIVE_HEARTBEAT_MS,
  type DomainEvent,
  type EventDefinition,
  type EventIds,
  type EventName,
  type EventPayload,
  type HeardEvent,
} from './events.js';
export { FIRST_STEPS, type FirstStepName } from './first-steps.js';
export { FIELD_ERRORS, fieldErrorText, type FieldErrorCode, type FieldErrorParams } from './field-errors.js';
export {
  JOBS,
  QUEUES,
  type JobDefinition,
  type JobName,
  type JobPayload,
  type QueueName,
  type SubscriberName,
} from './jobs.js';
export { holdsAddress, isLinkAddress, LONGEST_LINK, nameAsRead } from './links.js';
export { parsedUrl } from './parsed-url.js';
export { LOCALES, DEFAULT_LOCALE, askedLocale, isLocale, matchLocale, type Locale } from './locales.js';
export {
  MOST_SHUT_OUT,
  PORTAL_PERMISSION_GROUPS,
  PORTAL_PERMISSIONS,
  USUAL_PORTAL_PERMISSIONS,
  STAFF_ROLE_PERMISSIONS,
  STAFF_ROLES,
  type PortalPermission,
  type StaffPermission,
  type StaffRole,
} from './permissions.js';
export { ALL_FEATURES, PORTAL_FEATURES, type PortalFeature } from './features.js';
export type { AuditAction, SubscriptionDeed } from './audit-actions.js';
export {
  isAccessMail,
  isBookMail,
  MAIL_PROBLEMS,
  MAIL_STATUSES,
  MAIL_TEMPLATES,
  type MailProblem,
  type MailStatus,
  type MailTemplateName,
} from './mail-templates.js';
export { displayEmail, emailAddress, emailDomain, emailPart, loginName } from './email-address.js';
export { wrongTelephone } from './telephone-words.js';
export { anchorFrom, isReservedSlug, LONGEST_SLUG, SLUG, slugFrom } from './slug.js';
export {
  composed,
  isCleanLine,
  isCleanText,
  isOneLine,
  isVisibleText,
  searchText,
  textLength,
  folded,
  lineOf,
  linesOf,
  withoutLeftovers,
} from './text.js';
export { DEPOSIT_METHOD_WORDS, ENTRY_WORDS, INVOICE_STATUS_WORDS } from './billing-words.js';
export { initialsOf } from './initials.js';
export { LOCAL_TIME, isLocalTime, laterLocalTime } from './local-time.js';
export { localized, type Localized } from './localized.js';
export {
  LARGEST_PICTURE,
  LONGEST_DATA_PICTURE,
  dataPicture,
  ICON_NAMES,
  LARGEST_UPLOAD,
  PICTURE_PURPOSES,
  PICTURE_STATUSES,
  isPictureAddress,
  mailPicture,
  pictureExtension,
  pictureKind,
  type IconName,
  type PicturePurpose,
  type PictureStatus,
  keptPicture,
  type DataPicture,
} from './pictures.js';

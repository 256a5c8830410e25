export { balcaoUi } from './plugin.js';

export { ApiError, type FieldError } from './api/api-error.js';
export { errorText } from './api/error-text.js';
export { provideQueries, QUERY_DEFAULTS } from './api/queries.js';
export { createTransport, csrfToken, type Caller } from './api/transport.js';

export {
  addMessages,
  currentLocale,
  i18n,
  setLocale,
  startLocale,
  translate,
  type MessageLoader,
} from './i18n/i18n.js';
export { lazyPart } from './i18n/lazy-part.js';
export { LOCALE_NAMES, LOCALES, matchLocale, storedLocale, type Locale } from './i18n/locales.js';
export { inTab, onDevice } from './storage.js';
export { businessNow, setBusinessTime, useBusinessTime } from './format/business-time.js';
export { cardName, useBillingWords } from './format/billing-words.js';
export { useOutcomeText } from './format/use-outcome-text.js';
export { setTimeZone, useBusinessFormat, useFormat } from './format/format.js';
export { chargesPaid } from './format/charges-paid.js';
export { useDeviceName } from './format/device-name.js';
export { useFigures, type Money } from './format/figures.js';
export { useRoleName } from './format/role-name.js';
export { initialsOf } from '@balcao/contracts';
export { THEMES, useTheme, type Theme } from './theme/theme.js';

export {
  badgesOf,
  gatherFeatures,
  currentLine,
  menuOf,
  shortMenu,
  page,
  type MenuBadge,
  type MenuLine,
  paletteOf,
  tabsOf,
  type Feature,
  type FeatureDescription,
  type FirstStepEntry,
  type Opens,
  type PaletteEntry,
  type Word,
} from './features/features.js';

export { default as CursorBar } from './lists/CursorBar.vue';
export { default as ListRegion } from './lists/ListRegion.vue';
export { default as SearchField } from './lists/SearchField.vue';
export { oneOf, useAddress } from './lists/use-address.js';
export { useLatestFew } from './lists/use-latest-few.js';
export type { ListQuery, Page } from './lists/list-query.js';

export { keepSession } from './session/keep-session.js';
export { default as SessionGate } from './session/SessionGate.vue';
export { default as SignedInNote } from './session/SignedInNote.vue';
export { setUpSession, type SignedIn } from './session/set-up-session.js';
export { useSignOut } from './session/use-sign-out.js';

export { useForm, type Form, type FormErrors } from './forms/use-form.js';
export { setUpDrafts } from './forms/drafts.js';
export { useLostAnswer } from './forms/lost-answer.js';
export { default as RecordDialog } from './forms/RecordDialog.vue';
export { default as RecordForm } from './forms/RecordForm.vue';
export { useRecordForm } from './forms/use-record-form.js';
export { useDebounced } from './forms/use-debounced.js';
export { vMask, type Mask } from './forms/mask.js';
export { confirmLeaving } from './forms/unsaved-changes.js';
export { closingDialog, useUnsavedChanges } from './forms/use-unsaved-changes.js';
export { postalCodeProblem, stateProblem } from './forms/postal-address.js';
export { telephoneProblem } from './forms/telephone.js';
export { emailProblem, foreignDomain, missingText, newPasswordProblem, orNull, problems } from './forms/validators.js';

export { accessPages } from './access/pages.js';
export { default as AuthCard } from './access/AuthCard.vue';
export { default as DeadLink } from './access/DeadLink.vue';
export { default as EmailField } from './access/EmailField.vue';
export { default as KnownEmailField } from './access/KnownEmailField.vue';
export { default as NewPasswordField } from './access/NewPasswordField.vue';
export { default as PasswordForm } from './access/PasswordForm.vue';
export { default as SessionList } from './access/SessionList.vue';
export { perLink, spentLink, useLinkToken, type SpentLink } from './access/use-link-token.js';
export { default as SignInForm } from './access/SignInForm.vue';
export { typedBefore, useSignInForm } from './access/use-sign-in-form.js';

export { act } from './feedback/act.js';
export { attempt } from './feedback/attempt.js';
export { copyText } from './feedback/copy-text.js';
export { download, saveFile } from './feedback/save-file.js';
export { confirm } from './feedback/confirm.js';
export { inviteOrResend } from './feedback/invite-or-resend.js';
export { toast } from './feedback/toasts.js';
export { useLateDialog } from './feedback/use-late-dialog.js';

export { hindrance } from './navigation/hindrance.js';
export { default as UnavailablePage } from './navigation/UnavailablePage.vue';
export { reloadWhenStale } from './navigation/stale-build.js';
export { mountWithFirstPage, warmUp } from './navigation/warm-up.js';
export { usePaletteActions } from './navigation/palette-actions.js';
export { inPlaceOf, installPages, loadTexts, missingPages, scrollToPage } from './navigation/pages.js';
export { usePageTitle, useRouteTitle } from './navigation/tab-title.js';
export { useBackCloses } from './navigation/use-back-closes.js';
export { paletteKeys, useCommandKey } from './navigation/use-shortcut.js';
export { type CommandGroup, type CommandItem } from './navigation/commands.js';

export { default as AppFrame } from './components/layout/AppFrame.vue';
export { useLiveQueries } from './live/use-live.js';
export { default as CounterBar } from './components/layout/CounterBar.vue';
export { default as StepsBar } from './components/layout/StepsBar.vue';
export { vFoot } from './components/layout/foot.js';
export { default as PageHeader } from './components/layout/PageHeader.vue';
export { default as SkipLink } from './components/layout/SkipLink.vue';

export { default as AppLogo } from './components/brand/AppLogo.vue';
export { default as BalcaoMark } from './components/brand/BalcaoMark.vue';
export { default as CounterScene } from './components/brand/CounterScene.vue';

export { default as ErrorBanner } from './components/form/ErrorBanner.vue';
export { default as FormField } from './components/form/FormField.vue';
export { default as SaveBar } from './components/form/SaveBar.vue';
export { default as SelectField } from './components/form/SelectField.vue';

export { default as BackgroundBar } from './components/feedback/BackgroundBar.vue';
export { default as EmptyState } from './components/feedback/EmptyState.vue';
export { default as LoadingRegion } from './components/feedback/LoadingRegion.vue';
export { default as InvitationExpiry } from './components/feedback/InvitationExpiry.vue';
export { default as InvitationStatusBadge } from './components/feedback/InvitationStatusBadge.vue';
export { default as InvoiceStatusBadge } from './components/feedback/InvoiceStatusBadge.vue';
export { default as MailState } from './components/feedback/MailState.vue';
export { default as NoteBox } from './components/feedback/NoteBox.vue';
export { default as OfflineBanner } from './components/feedback/OfflineBanner.vue';
export { default as SkeletonBlock } from './components/feedback/SkeletonBlock.vue';
export { default as SandboxMark } from './components/feedback/SandboxMark.vue';
export { default as StatusBadge } from './components/feedback/StatusBadge.vue';
export { default as TicketStatusBadge } from './components/feedback/TicketStatusBadge.vue';

export { default as CsvButton } from './components/data/CsvButton.vue';
export { default as ArchiveButton } from './components/data/ArchiveButton.vue';
export { InvoiceExplanation } from './components/explanation/index.js';
export { default as DocumentButton } from './components/data/DocumentButton.vue';
export { default as FigureList } from './components/data/FigureList.vue';
export { changeRows, chargeRows } from './components/data/figure-row.js';
export { default as HistoryLine } from './components/data/HistoryLine.vue';
export { historyIcon, interleaved } from './format/conversation.js';
export { useArrivals } from './data/use-arrivals.js';
export { useOlderComments } from './data/older-comments.js';
export { default as MessageItem } from './components/data/MessageItem.vue';
export { default as PaginationBar } from './components/data/PaginationBar.vue';
export { default as ProseText } from './components/data/ProseText.vue';
export { default as PersonAvatar } from './components/data/PersonAvatar.vue';
export { default as TimeStamp } from './components/data/TimeStamp.vue';

export { default as AccountMenu } from './components/navigation/AccountMenu.vue';
export { default as LanguageMenu } from './components/navigation/LanguageMenu.vue';
export { default as LinkTabs } from './components/navigation/LinkTabs.vue';
export { default as NavList } from './components/navigation/NavList.vue';
export { default as PaletteButton } from './components/navigation/PaletteButton.vue';
export { default as ThemeSwitch } from './components/navigation/ThemeSwitch.vue';

export { default as ContactList } from './portal/ContactList.vue';
export { default as EntrancePage } from './portal/EntrancePage.vue';
export { default as PublicFrame } from './portal/PublicFrame.vue';

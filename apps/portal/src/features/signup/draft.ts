import { normalizeTaxId, type TaxIdKind } from '@balcao/brazil';
import { inTab, onDevice } from '@balcao/ui';
import type { ADDRESS_PARTS } from './address.js';
import { onScopeDispose, reactive, watch } from 'vue';
import { base } from '../../api/base.js';
import { usePortalStore } from '../../stores/portal.js';

/** What somebody has typed so far, on this device; never the password. */
export interface SignupDraft {
  kind: TaxIdKind;
  /** Where somebody was last, and comes back to. */
  step: 'company' | 'administrator' | 'status';
  /** As it stands in the field. */
  taxId: string;
  /** The signup that was begun, the secret that opens it, and the number that it is about. */
  id: string;
  token: string;
  of: string;
  company: {
    /** Whether the fields below the name say what shall be known of it: what is empty there is removed then. */
    corrected: boolean;
    legalName: string;
    tradeName: string;
    phone: string;
    email: string;
    address: Record<(typeof ADDRESS_PARTS)[number], string>;
  };
  /** Whether the registry is said to be wrong. */
  disputes: boolean;
  administrator: { name: string; email: string; phone: string };
}

/** As long as the API keeps a signup that nobody finishes. */
const KEPT_MS = 30 * 24 * 60 * 60_000;

export const emptyDraft = (): SignupDraft => ({
  kind: 'cnpj',
  step: 'company',
  taxId: '',
  id: '',
  token: '',
  of: '',
  company: {
    corrected: false,
    legalName: '',
    tradeName: '',
    phone: '',
    email: '',
    address: { postalCode: '', street: '', number: '', complement: '', district: '', city: '', state: '' },
  },
  disputes: false,
  administrator: { name: '', email: '', phone: '' },
});

/** What a member may be that is no text of somebody's. */
const CHOICES: Record<string, readonly string[]> = {
  kind: ['cnpj', 'cpf'],
  step: ['company', 'administrator', 'status'],
};

/** The part of what was kept that a draft has, as far as it is of the same kind. */
function adopt<Shape extends object>(into: Shape, from: unknown): Shape {
  if (typeof from !== 'object' || from === null) return into;
  for (const [key, value] of Object.entries(into)) {
    const kept = (from as Record<string, unknown>)[key];
    if (typeof value === 'object') adopt(value as object, kept);
    else if (typeof kept === typeof value && (CHOICES[key]?.includes(kept as string) ?? true))
      (into as Record<string, unknown>)[key] = kept;
  }
  return into;
}

/** The draft that was kept, empty where there is none or it is too old. */
const adoptKept = (kept: unknown): SignupDraft =>
  Date.now() - ((kept as { savedAt?: number } | null)?.savedAt ?? 0) < KEPT_MS
    ? adopt(emptyDraft(), kept)
    : emptyDraft();

const KEY = 'balcao-signup:';

/**
 * What this device keeps of a signup, at whichever portal it began: once that one is archived, it is followed at another.
 * Whether it is this portal's to show says the API.
 */
export const draftOf = (id: string): SignupDraft | undefined =>
  onDevice
    .namesFrom(KEY)
    .map((key) => adoptKept(onDevice.readJson(key)))
    .find((draft) => draft.id === id);

/** Which signup a text that was kept is about; none before one is begun. */
function idWithin(text: string | null): string {
  try {
    return adopt(emptyDraft(), JSON.parse(text ?? 'null')).id;
  } catch {
    return '';
  }
}

/**
 * A signup's draft: it outlives a reload, a closed tab and a lost connection. Tabs of one signup have the same one; the
 * last to write is right. A tab goes on with the signup that it has, whatever others begin; a new one has the latest. It
 * is a portal's, and not its address': a domain may become another company's.
 *
 * Whoever begins anew in a tab has nothing there, and goes on with nothing that others have.
 */
export function useSignupDraft(portal = usePortalStore().branding?.id ?? base) {
  const key = `${KEY}${portal}`;
  const isForgotten = () => onDevice.read(key) === undefined;
  const ofDevice = () => adoptKept(onDevice.readJson(key));
  const stored = inTab.readJson(key) as { anew?: boolean } | null;
  let isAnew = stored?.anew === true;
  function read(): SignupDraft {
    const [own, latest] = [adoptKept(stored), ofDevice()];
    if (isAnew) return own;
    // What the device forgot while the tab was elsewhere is not brought back.
    return own.id === '' || own.id === latest.id || isForgotten() ? latest : own;
  }
  const draft = reactive(read());
  let known = JSON.stringify(draft);
  let isTaking = false;

  const kept = () => JSON.stringify({ ...draft, savedAt: Date.now() });
  const keepInTab = () =>
    inTab.write(key, draft.id || isAnew ? JSON.stringify({ ...draft, anew: isAnew, savedAt: Date.now() }) : undefined);
  function keep(): void {
    onDevice.write(key, kept());
    keepInTab();
  }
  // As old as it is on the device: a reload keeps nothing for longer.
  if (!isAnew && (draft.id === '' || draft.id !== adoptKept(stored).id))
    inTab.write(key, draft.id ? onDevice.read(key) : undefined);

  watch(
    () => JSON.stringify(draft),
    (now) => {
      // Half of what is taken is nobody's draft.
      if (isTaking) return;
      if (now !== known) keep();
      known = now;
    },
    { flush: 'sync' },
  );

  /** Has what is kept already. */
  function take(other: SignupDraft): void {
    isTaking = true;
    Object.assign(draft, other);
    isTaking = false;
    known = JSON.stringify(draft);
    keepInTab();
  }
  function hear(event: StorageEvent): void {
    if (event.key !== key) return;
    const isErased = event.newValue === null;
    const other = isErased ? emptyDraft() : ofDevice();
    const about = isErased ? idWithin(event.oldValue) : other.id;
    // Another number is being typed over its own there: what is half of two signups is nobody's.
    if (!isErased && other.id && other.of && normalizeTaxId(other.taxId) !== other.of) return;
    const hasNothing = draft.id === '' && isAnew;
    if (!hasNothing && (about === draft.id || known === JSON.stringify(emptyDraft()))) take(other);
    // Another tab's signup has ended: the latest that is left is this one.
    else if (isErased && known !== JSON.stringify(emptyDraft())) keep();
  }
  addEventListener('storage', hear);
  onScopeDispose(() => removeEventListener('storage', hear));

  /** Forgets what was typed, but not which signup it was for: whoever comes back, or another tab, is shown how it ended. */
  const forgetTyped = () =>
    Object.assign(draft, { ...emptyDraft(), id: draft.id, token: draft.token, step: draft.id ? 'status' : 'company' });

  /** Begins anew, on the device too, but for what another tab has under way there. */
  function forget(): void {
    if (ofDevice().id === draft.id) onDevice.write(key, undefined);
    isAnew = true;
    take(emptyDraft());
  }

  /** Goes on with a signup of a number. What was typed of a company is about its number alone; whoever types stays the same. */
  function goOnWith(begun: Pick<SignupDraft, 'id' | 'token' | 'of'>): void {
    if (begun.of !== draft.of) Object.assign(draft, { company: emptyDraft().company, disputes: false });
    Object.assign(draft, begun);
  }

  return { draft, goOnWith, forget, forgetTyped };
}

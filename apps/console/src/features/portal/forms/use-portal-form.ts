import { attempt, toast, translate, useForm, useUnsavedChanges, type FormErrors } from '@balcao/ui';
import type { ChosenTheme } from '@balcao/theming';
import { computed, toRaw } from 'vue';
import type { Portal } from '../../../data/types.js';
import { useVersion } from '../../../components/use-version.js';
import type { PortalPatch } from '../../../data/portals.js';
import { afterChange } from '../preview/look.js';
import { aboutForm } from './api-fields.js';

/** What every part of the settings is given. */
export interface PortalFormProps {
  portal: Portal;
  disabled: boolean;
  save: (patch: PortalPatch & { version: number }) => Promise<Portal>;
  reload: () => Promise<Portal>;
  /** Puts parts of an earlier version back. */
  restore: (request: { version: number; to: number; sections: string[] }) => Promise<Portal>;
}

/** Fields that are no settings of a section, and are published with it. */
export interface MoreFields {
  valuesOf: (portal: Portal) => Record<string, string>;
  problemsOf: (values: Record<string, unknown>) => Record<string, string>;
  patchOf: (values: Record<string, unknown>) => PortalPatch;
}

/** What `FormShell` draws around any of them. */
export type PortalForm = Omit<ReturnType<typeof usePortalForm>, 'values' | 'errors' | 'reset' | 'rebase'> & {
  reset: () => void;
};

/** One part of a portal's settings: saved as a whole, never over what somebody else saved meanwhile. */
export function usePortalForm<V extends Record<string, unknown>>(
  props: PortalFormProps,
  options: {
    valuesOf: (portal: Portal) => V;
    validate?: (values: V) => FormErrors<V>;
    patchOf: (values: V) => PortalPatch;
    /** The colours that are typed, where they are among the values. */
    themeOf?: (values: V) => ChosenTheme;
    /** Hears of what the API said no to, before it is shown. */
    onRefused?: (error: unknown) => void;
  },
) {
  const form = useForm<V>({
    initial: () => options.valuesOf(props.portal),
    validate: options.validate,
    submit: async (values) => {
      const known = conflicts.version.value;
      const patch = options.patchOf(values);
      const saved = await send({ ...patch, version: known });
      take(saved, values);
      const sections = [...(patch.name === undefined ? [] : ['name']), ...Object.keys(patch.settings ?? {})];
      const undo = { label: translate('portal.undo'), run: () => void takeBack(saved.version, sections) };
      // An address is not taken back: what was printed meanwhile leads to it.
      const canUndo = saved.version > known && patch.signupSlug === undefined;
      toast({ text: translate('portal.saved'), action: canUndo ? undo : undefined });
    },
  });
  /** @param sent what was typed while it was on its way is no part of it, and stays */
  function take(saved: Portal, sent?: V): void {
    const typed = { ...toRaw(form.values) };
    conflicts.take(saved);
    form.reset(options.valuesOf(saved));
    const later = Object.entries(typed).filter(([name, value]) => sent && value !== sent[name]);
    Object.assign(form.values, Object.fromEntries(later));
  }
  /** What was just published goes back to what was there before, where nobody changed it since. */
  const takeBack = (version: number, sections: string[]) =>
    attempt(async () => take(await props.restore({ version, to: version - 1, sections })), translate('portal.undone'));
  async function send(patch: PortalPatch & { version: number }): Promise<Portal> {
    try {
      return await props.save(patch);
    } catch (error) {
      options.onRefused?.(error);
      throw aboutForm(error);
    }
  }
  const conflicts = useVersion<Portal, V>({
    initial: props.portal.version,
    reload: props.reload,
    form,
    valuesOf: options.valuesOf,
    live: () => props.portal,
  });
  /** When what is online was published. */
  const since = computed(() => conflicts.read.value!.updatedAt);
  useUnsavedChanges(form.dirty, { sending: form.busy });
  /** The portal as it would be with what is typed. */
  const draft = computed(() =>
    afterChange(props.portal, options.patchOf(form.values as V), options.themeOf?.(form.values as V)),
  );
  return { ...form, ...conflicts, since, draft };
}

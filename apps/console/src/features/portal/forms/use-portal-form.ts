import { toast, translate, useForm, useUnsavedChanges, type FormErrors } from '@balcao/ui';
import type { Portal } from '../../../data/types.js';
import { useVersion } from '../../../components/use-version.js';
import type { PortalPatch } from '../../../data/portals.js';
import { aboutForm } from './api-fields.js';

/** What every part of the settings is given. */
export interface PortalFormProps {
  portal: Portal;
  disabled: boolean;
  save: (patch: PortalPatch & { version: number }) => Promise<Portal>;
  reload: () => Promise<Portal>;
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
    /** Hears of what the API said no to, before it is shown. */
    onRefused?: (error: unknown) => void;
  },
) {
  const form = useForm<V>({
    initial: () => options.valuesOf(props.portal),
    validate: options.validate,
    submit: async (values) => {
      const saved = await send({ ...options.patchOf(values), version: conflicts.version.value });
      conflicts.version.value = saved.version;
      form.reset(options.valuesOf(saved));
      toast({ text: translate('portal.saved') });
    },
  });
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
  });
  useUnsavedChanges(form.dirty);
  return { ...form, ...conflicts };
}

// @ts-check
/**
 * What Balcão changes of the kit's looks. Classes here name this library's tokens (`src/css/tokens.css`): the kit's
 * own colours are too faint for small text, and a tenant's brand must stay readable whatever it is.
 */

const STATUSES = /** @type {const} */ (['success', 'info', 'warning', 'error']);

const brandFill = 'bg-brand text-brand-fg ring ring-inset ring-brand-edge';
const off =
  'disabled:bg-raised disabled:text-text-muted disabled:ring-border aria-disabled:bg-raised aria-disabled:text-text-muted aria-disabled:ring-border';

/** @param {string} base @param {string} [icon] the size of the icons on both sides */
const sized = (base, icon = 'size-4') => ({ base, leadingIcon: icon, trailingIcon: icon });

const button = {
  slots: {
    base: 'justify-center disabled:opacity-100 aria-disabled:opacity-100 duration-120',
    label: 'text-clip',
  },
  variants: {
    size: {
      xs: sized('min-h-6 px-2 py-0.5 text-xs', 'size-3.5'),
      sm: sized('min-h-8 max-sm:min-h-11 px-3 py-1 text-sm'),
      md: sized('min-h-8 max-sm:min-h-11 px-3 py-1 text-sm'),
      lg: sized('min-h-10 max-sm:min-h-11 px-4 py-1 text-sm'),
      xl: sized('min-h-12 px-6 py-1 text-base', 'size-5'),
    },
  },
  compoundVariants: [
    {
      color: 'primary',
      variant: 'solid',
      class: `${brandFill} font-semibold hover:bg-brand-hover active:bg-brand-active ${off}`,
    },
    {
      color: 'primary',
      variant: 'link',
      class: 'px-0 hover:text-brand-text hover:underline active:text-brand-text underline-offset-3',
    },
    ...STATUSES.map((color) => ({
      color,
      variant: 'solid',
      class: `bg-${color} text-surface font-semibold hover:bg-${color} hover:brightness-95 active:bg-${color} active:brightness-90 ${off}`,
    })),
    {
      color: 'error',
      variant: 'outline',
      class: 'bg-surface ring-error hover:bg-danger-subtle active:bg-danger-subtle',
    },
    {
      color: 'neutral',
      variant: 'outline',
      class: `bg-surface ring-border-strong hover:bg-raised active:bg-border ${off}`,
    },
    { color: 'neutral', variant: 'ghost', class: 'hover:bg-raised active:bg-border' },
    { size: 'sm', square: true, class: 'w-8 max-sm:w-11 p-0' },
    { size: 'md', square: true, class: 'w-8 max-sm:w-11 p-0' },
    { size: 'lg', square: true, class: 'w-10 max-sm:w-11 p-0' },
  ],
};

/** Text fields are 16 px on a phone, or its browser zooms in. */
const fieldSizes = {
  sm: sized('min-h-8 max-sm:min-h-11 px-2.5 py-1 text-base sm:text-sm/5'),
  md: sized('min-h-8 max-sm:min-h-11 px-2.5 py-1 text-base sm:text-sm/5'),
  lg: sized('min-h-10 max-sm:min-h-11 px-3 py-1.5 text-base sm:text-sm/5'),
  xl: { ...sized('min-h-12 px-4 text-base', 'size-5'), leading: 'ps-4' },
};

const field = {
  slots: {
    root: 'w-full',
    base: 'hover:not-disabled:ring-text disabled:bg-raised disabled:text-text-muted disabled:opacity-100',
  },
  variants: { size: fieldSizes },
  compoundVariants: [
    { color: 'error', highlight: true, class: 'ring-2 ring-error hover:not-disabled:ring-error' },
    { leading: true, size: 'lg', class: 'ps-9' },
    { leading: true, size: 'xl', class: 'ps-12' },
  ],
};

const menuItem = 'rounded-sm min-h-9 max-sm:min-h-11 items-center text-sm';

const fade =
  'data-[state=open]:animate-[fade-in_160ms_var(--ease-out)] data-[state=closed]:animate-[fade-out_120ms_var(--ease-out)]';

export const overrides = {
  button,
  input: field,
  textarea: { ...field, slots: { ...field.slots, root: 'w-full', base: `${field.slots.base} py-2.5` } },
  inputMenu: { slots: { base: 'w-full' } },
  formField: {
    slots: {
      root: 'text-sm',
      label: 'text-text',
      container: 'mt-1.5',
      hint: 'text-text-muted',
      error: 'mt-1.5 text-xs font-medium',
      help: 'mt-1.5 text-xs',
    },
  },
  checkbox: {
    slots: {
      root: 'min-h-6 max-sm:min-h-11 max-sm:items-center',
      base: 'focus-visible:outline-2 focus-visible:outline-focus',
    },
    variants: { size: { lg: { base: 'size-5 max-sm:size-6' } } },
  },
  radioGroup: { slots: { base: 'focus-visible:outline-2 focus-visible:outline-focus' } },
  switch: {
    slots: {
      root: 'items-center max-sm:min-h-11',
      base: 'data-[state=unchecked]:bg-raised data-[state=unchecked]:ring data-[state=unchecked]:ring-control ring-inset',
      thumb: 'shadow-none data-[state=unchecked]:bg-text-muted data-[state=checked]:bg-brand-line-fg',
      label: 'text-sm',
      description: 'text-xs',
    },
  },
  modal: {
    slots: {
      overlay: 'bg-scrim',
      content: 'bg-overlay divide-y-0',
      // Only the body gives way where a window is low.
      header: 'items-start shrink-0 min-h-0 p-6 pb-0',
      title: 'text-lg text-text',
      description: 'mt-2 text-text-muted',
      body: 'px-6 pt-4 pb-0 last:pb-6 sm:px-6 sm:pt-4 sm:pb-0 sm:last:pb-6 text-sm',
      footer: 'shrink-0 p-6 pt-5 sm:px-6 justify-end gap-2 flex-wrap',
      close: 'top-3 end-3',
    },
    variants: {
      overlay: { true: { overlay: 'bg-scrim' } },
      fullscreen: {
        false: {
          content:
            'max-w-110 shadow-lift ring-0 max-sm:w-full max-sm:max-w-none max-sm:rounded-b-none max-sm:top-auto max-sm:bottom-0 max-sm:left-0 max-sm:translate-x-0 max-sm:translate-y-0',
        },
      },
      transition: { true: { overlay: fade, content: fade } },
    },
  },
  slideover: {
    slots: {
      overlay: 'bg-scrim',
      content: 'bg-overlay divide-y-0 sm:ring-0 shadow-lift',
      header: 'px-6 max-sm:px-4',
      title: 'text-lg text-text',
      body: 'px-6 max-sm:px-4 pt-0',
      footer: 'px-6 max-sm:px-4 border-t border-control',
    },
    variants: { side: { right: { content: 'max-w-120 max-sm:max-w-none' } } },
  },
  dropdownMenu: {
    slots: {
      content: 'bg-overlay ring-0 shadow-lift min-w-56',
      item: menuItem,
      itemLabel: 'text-clip',
      separator: 'bg-border',
    },
  },
  popover: { slots: { content: 'bg-overlay ring-0 shadow-lift' } },
  kbd: {
    base: 'rounded-xs normal-case',
    compoundVariants: [{ color: 'neutral', variant: 'outline', class: 'bg-surface ring-border text-text-muted' }],
  },
};

/** The kit's parts that applications use, imported one by one: the kit's own index would bring all of them. */
export { default as UApp } from '@nuxt/ui/components/App.vue';
export { default as UButton } from '@nuxt/ui/components/Button.vue';
export { default as UCheckbox } from '@nuxt/ui/components/Checkbox.vue';
export { default as UDropdownMenu } from '@nuxt/ui/components/DropdownMenu.vue';
export { default as UFormField } from '@nuxt/ui/components/FormField.vue';
export { default as UIcon } from '@nuxt/ui/components/Icon.vue';
export { default as UInput } from '@nuxt/ui/components/Input.vue';
export { default as UInputMenu } from '@nuxt/ui/components/InputMenu.vue';
export { default as UKbd } from '@nuxt/ui/components/Kbd.vue';
export { default as ULink } from '@nuxt/ui/components/Link.vue';
export { default as UModal } from '@nuxt/ui/components/Modal.vue';
export { default as UPopover } from '@nuxt/ui/components/Popover.vue';
export { default as URadioGroup } from '@nuxt/ui/components/RadioGroup.vue';
export { default as USlideover } from '@nuxt/ui/components/Slideover.vue';
export { default as USwitch } from '@nuxt/ui/components/Switch.vue';
export { default as UTextarea } from '@nuxt/ui/components/Textarea.vue';

// @ts-check
/**
 * vaul-vue writes a <style> element, which the content security policy forbids. The kit imports it for UDrawer,
 * which Balcão does not use (USlideover takes its place).
 */
const nothing = { render: () => null };
export {
  nothing as DrawerClose,
  nothing as DrawerContent,
  nothing as DrawerDescription,
  nothing as DrawerHandle,
  nothing as DrawerOverlay,
  nothing as DrawerPortal,
  nothing as DrawerRoot,
  nothing as DrawerRootNested,
  nothing as DrawerTitle,
  nothing as DrawerTrigger,
};

/** Whether a text is an address that a link may lead to. */
export const isWebAddress = (text: string): boolean => /^https?:\/\/[^\s]+$/i.test(text);

/** The states of Brazil and the federal district, as the post abbreviates them. */
export const UFS = [
  ...['AC', 'AL', 'AM', 'AP', 'BA', 'CE', 'DF', 'ES', 'GO', 'MA', 'MG', 'MS', 'MT', 'PA'],
  ...['PB', 'PE', 'PI', 'PR', 'RJ', 'RN', 'RO', 'RR', 'RS', 'SC', 'SE', 'SP', 'TO'],
] as const;

/** Whether a text is such an abbreviation. */
export const isUf = (text: string): boolean => (UFS as readonly string[]).includes(text);

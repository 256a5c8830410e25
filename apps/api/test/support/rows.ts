/** A row of the test world; its tenant is filled in where the table has one. */
export type Row = Record<string, unknown>;

/** Seals a text for where it is stored, as the application does. */
export type Seal = (text: string, context: string) => Buffer;

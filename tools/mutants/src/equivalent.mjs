// @ts-check
/** Mutants that change nothing that anybody could tell, each with the reason. @type {readonly { id: string, why: string }[]} */
export const EQUIVALENT = [];

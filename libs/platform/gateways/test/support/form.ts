export type Form = { [key: string]: Form | string };

/** What a form with brackets in its names says: `a[b][0]=c`. */
export function readForm(parameters: URLSearchParams): Form {
  const form: Form = {};
  for (const [name, value] of parameters) {
    const path = name.split(/[[\]]+/).filter((part) => part !== '');
    let place = form;
    for (const part of path.slice(0, -1)) place = (place[part] ??= {}) as Form;
    place[path.at(-1)!] = value;
  }
  return form;
}

export const textAt = (form: Form | undefined, ...path: string[]): string | undefined => {
  let place: Form | string | undefined = form;
  for (const part of path) place = typeof place === 'object' ? place[part] : undefined;
  return typeof place === 'string' ? place : undefined;
};

export const formAt = (form: Form | undefined, ...path: string[]): Form => {
  let place: Form | string | undefined = form;
  for (const part of path) place = typeof place === 'object' ? place[part] : undefined;
  return typeof place === 'object' ? place : {};
};

import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/api-error.js';
import { useForm, type FormOptions } from './use-form.js';
import { eventually } from '../../test/support/index.js';

type Values = { email: string; note: string };
const make = (more: Partial<FormOptions<Values>> = {}) =>
  useForm<Values>({ initial: () => ({ email: 'a@b.co', note: '' }), submit: async () => {}, ...more });
const refused = (fields: { path: string; code: string; message: string }[], code = 'validation_failed') =>
  new ApiError({ status: 400, code, detail: 'refused', fields });

describe('useForm', () => {
  it('sends a copy of the values', async () => {
    const submit = vi.fn(async () => {});
    const form = make({ submit });
    form.values.note = 'olá';
    await form.submit();
    expect(submit).toHaveBeenCalledExactlyOnceWith({ email: 'a@b.co', note: 'olá' });
  });

  it('knows lists that are as they were at the beginning', () => {
    const form = useForm({ initial: () => ({ languages: ['pt-BR'] }), submit: async () => {} });
    expect(form.dirty.value).toBe(false);
    form.values.languages = ['pt-BR', 'en-US'];
    expect(form.dirty.value).toBe(true);
    form.reset({ ...form.values });
    expect(form.dirty.value).toBe(false);
  });

  it('sends nothing while something does not fit', async () => {
    const submit = vi.fn(async () => {});
    const form = make({ submit, validate: ({ note }) => (note ? {} : { note: 'missing' }) });
    await form.submit();
    expect(form.errors).toEqual({ note: 'missing' });
    expect(submit).not.toHaveBeenCalled();
    form.values.note = 'x';
    await form.submit();
    expect(form.errors).toEqual({});
    expect(submit).toHaveBeenCalledOnce();
  });

  it('judges nothing before it is sent, and then every field while it is mended', async () => {
    const validate = ({ email, note }: Values) => ({
      ...(!email && { email: 'missing' }),
      ...(note.length < 3 && { note: note ? 'short' : 'missing' }),
    });
    const form = make({ validate });
    form.values.email = '';
    expect(form.errors).toEqual({});
    await form.submit();
    form.values.note = 'ab';
    expect(form.errors).toEqual({ email: 'missing', note: 'short' });
    form.values.note = 'abc';
    expect(form.errors).toEqual({ email: 'missing' });
    form.reset();
    form.values.note = '';
    expect(form.errors).toEqual({});
  });

  it('judges a changed field once it is left, and while it is mended', () => {
    const form = make({
      validate: ({ email, note }) => ({ ...(!note && { note: 'missing' }), ...(!email && { email: 'missing' }) }),
    });
    const leave = (name: string) =>
      form.judge({ target: Object.assign(document.createElement('input'), { name }) } as unknown as FocusEvent);
    leave('note');
    leave('elsewhere');
    expect(form.errors).toEqual({});
    form.values.email = '';
    expect(form.errors).toEqual({});
    leave('email');
    expect(form.errors).toEqual({ email: 'missing' });
    form.values.email = 'b@b.co';
    expect(form.errors).toEqual({});
    form.values.email = '';
    expect(form.errors).toEqual({ email: 'missing' });
    form.reset();
    form.values.email = '';
    expect(form.errors).toEqual({});
  });

  it("takes the API's word away from a field that was changed since", async () => {
    const form = make({
      submit: async () => {
        throw refused([{ path: 'email', code: 'own', message: 'taken' }]);
      },
    });
    await form.submit();
    form.values.note = 'x';
    expect(form.errors).toEqual({ email: 'taken' });
    form.values.email = 'b@b.co';
    expect(form.errors).toEqual({});
  });

  it('cannot be sent twice at once, and can be again afterwards', async () => {
    let release = () => {};
    const submit = vi.fn(() => new Promise<void>((resolve) => (release = resolve)));
    const form = make({ submit });
    const first = form.submit();
    await form.submit();
    expect(form.busy.value).toBe(true);
    expect(submit).toHaveBeenCalledOnce();
    release();
    await first;
    expect(form.busy.value).toBe(false);
  });

  it("puts the API's field errors beside fields and says nothing above them", async () => {
    const form = make({
      submit: async () => {
        throw refused([
          { path: 'note', code: 'own', message: 'first' },
          { path: 'note', code: 'own', message: 'second' },
        ]);
      },
    });
    await form.submit();
    expect(form.errors).toEqual({ note: 'first' });
    expect(form.failure.value).toBeUndefined();
  });

  it('says above the form what belongs to no field of it', async () => {
    const form = make({
      submit: async () => {
        throw refused([
          { path: 'note', code: 'own', message: 'first' },
          { path: 'roleId', code: 'unknown', message: 'elsewhere' },
        ]);
      },
    });
    await form.submit();
    expect(form.errors).toEqual({ note: 'first' });
    expect(form.failure.value).toBeInstanceOf(ApiError);
  });

  it('knows codes that are about one field', async () => {
    const form = make({
      fieldOfCode: { email_taken: 'email' },
      submit: async () => {
        throw refused([], 'email_taken');
      },
    });
    await form.submit();
    expect(form.errors).toEqual({ email: 'refused' });
    expect(form.failure.value).toBeUndefined();
  });

  it('keeps what was typed when sending fails', async () => {
    const form = make({
      submit: async () => {
        throw new Error('broken');
      },
    });
    form.values.note = 'long text';
    await form.submit();
    expect(form.values.note).toBe('long text');
    expect(form.failure.value?.message).toBe('broken');
    expect(form.dirty.value).toBe(true);
  });

  it('moves the focus to the first marked field', async () => {
    document.body.innerHTML =
      '<form><input id="a"><input id="b" aria-invalid="true"><input id="c" aria-invalid="true"></form>';
    const element = document.querySelector('form')!;
    const form = make({ validate: () => ({ note: 'missing' }) });
    element.addEventListener('submit', (event) => void form.submit(event));
    element.dispatchEvent(new Event('submit'));
    await eventually(() => expect(document.activeElement?.id).toBe('b'));
  });

  it('knows whether anything changed, and begins anew', () => {
    const form = make();
    expect(form.dirty.value).toBe(false);
    form.values.note = 'x';
    expect(form.dirty.value).toBe(true);
    form.reset();
    expect(form.values.note).toBe('');
    expect(form.dirty.value).toBe(false);
  });
});

describe('a problem of a field that the page does not draw', () => {
  const sent = async (drawn: string, more: Partial<FormOptions<Values>>) => {
    document.body.innerHTML = `<form><p>${drawn}</p></form>`;
    const form = make(more);
    const event = new Event('submit');
    document.querySelector('form')!.dispatchEvent(event);
    await form.submit(event);
    return form.failure.value?.message;
  };
  const fromApi = {
    submit: async () => {
      throw refused([
        { path: 'email', code: 'own', message: 'Not free.' },
        { path: 'note', code: 'own', message: 'Say why.' },
      ]);
    },
  };

  it.each([
    ['beside the others', 'Not free.', fromApi, 'Say why.'],
    ['of all', '', fromApi, 'Not free. Say why.'],
    ['before anything is sent', '', { validate: () => ({ note: 'Say why.' }) }, 'Say why.'],
    ['but not where it is drawn', 'Not free. Say why.', fromApi, undefined],
  ])('is said above the form: %s', async (_where, drawn, more, said) => {
    expect(await sent(drawn, more)).toBe(said);
  });
});

describe('what somebody else saved meanwhile', () => {
  const before = { name: 'A', note: 'B', tags: ['a'], on: false };
  const typed = (values: Partial<typeof before>) => {
    const form = useForm({ initial: () => before, submit: async () => {} });
    Object.assign(form.values, values);
    return form;
  };
  const no = vi.fn(async () => false);

  it.each([
    [{}, { name: 'X' }, { ...before, name: 'X' }],
    [{ note: 'mine' }, { name: 'X' }, { ...before, name: 'X', note: 'mine' }],
    [{ tags: ['mine'] }, { on: true }, { ...before, tags: ['mine'], on: true }],
    [{ name: 'X' }, { name: 'X', note: 'Y' }, { ...before, name: 'X', note: 'Y' }],
  ])('comes beside what was typed elsewhere: %j and %j', async (mine, theirs, both) => {
    const form = typed(mine);
    expect(await form.rebase({ ...structuredClone(before), ...theirs }, no)).toBe(true);
    expect(no).not.toHaveBeenCalled();
    expect(form.values).toEqual(both);
    form.reset();
  });

  it('comes over what was typed only where one agrees', async () => {
    const form = typed({ name: 'mine', note: 'mine' });
    const theirs = { ...before, name: 'X' };
    expect(await form.rebase(theirs, async () => false)).toBe(false);
    expect(form.values).toMatchObject({ name: 'mine', note: 'mine' });
    expect(await form.rebase(theirs, async () => true)).toBe(true);
    expect(form.values).toEqual({ ...theirs, note: 'mine' });
    expect(form.dirty.value).toBe(true);
  });
});

describe('a form that is refused', () => {
  const drawn = (content: string) => {
    document.body.innerHTML = `<form>${content}</form>`;
    return document.querySelector('form')!;
  };
  const submitted = async (form: HTMLFormElement) => {
    const seen: string[] = [];
    HTMLElement.prototype.scrollIntoView = function () {
      seen.push(this.id);
    };
    const event = new Event('submit');
    form.dispatchEvent(event);
    await make({ validate: () => ({ note: 'missing' }) }).submit(event);
    return [seen.join(), document.activeElement!.id];
  };

  it.each([
    [
      'the first field that is marked',
      '<input id="a"><input id="b" aria-invalid="true"><input id="c" aria-invalid="true">',
      'b',
      'b',
    ],
    [
      'the control of a field of several parts',
      '<div id="f" data-invalid><input class="hidden"><button id="b"></button></div>',
      'f',
      'b',
    ],
    [
      'what is marked within it',
      '<div id="f" data-invalid><button></button><input id="b" aria-invalid="true"></div>',
      'f',
      'b',
    ],
    ['what is drawn on', '<div id="f" data-invalid><div id="b" tabindex="-1"></div></div>', 'f', 'b'],
    ['the notice', '<p id="n" tabindex="-1" data-error-banner><button></button></p><input>', 'n', 'n'],
  ])('leads to %s', async (_what, content, seen, focused) => {
    expect(await submitted(drawn(content))).toEqual([seen, focused]);
  });
});

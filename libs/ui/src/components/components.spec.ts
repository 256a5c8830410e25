import { enableAutoUnmount, flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { h, type Component } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../api/api-error.js';
import { confirm } from '../feedback/confirm.js';
import { dismissToast, toast, toasts } from '../feedback/toasts.js';
import { setLocale, startLocale } from '../i18n/i18n.js';
import { balcaoUi } from '../plugin.js';
import PaginationBar from './data/PaginationBar.vue';
import ConfirmDialog from './feedback/ConfirmDialog.vue';
import EmptyState from './feedback/EmptyState.vue';
import LoadingRegion from './feedback/LoadingRegion.vue';
import ProseText from './data/ProseText.vue';
import MailState from './feedback/MailState.vue';
import TimeStamp from './data/TimeStamp.vue';
import StatusBadge from './feedback/StatusBadge.vue';
import ToastRegion from './feedback/ToastRegion.vue';
import FormField from './form/FormField.vue';
import PasswordField from './form/PasswordField.vue';
import SelectField from './form/SelectField.vue';
import CommandPalette from './navigation/CommandPalette.vue';
import ThemeSwitch from './navigation/ThemeSwitch.vue';

const router = createRouter({
  history: createMemoryHistory(),
  routes: [{ path: '/:path(.*)', component: { render: () => null } }],
});
const global = {
  plugins: [router, [balcaoUi, { density: 'portal' }] as [typeof balcaoUi, { density: 'portal' }]],
};
const mounted = (component: Component, options: object = {}) =>
  mount(component, { attachTo: document.body, global, ...options }) as VueWrapper;

enableAutoUnmount(afterEach);
beforeEach(async () => {
  await startLocale();
  await setLocale('pt-BR');
});

describe('a field', () => {
  it('ties its label, its help and then its error to the control', async () => {
    const field = mounted(FormField, {
      props: { name: 'kind', label: 'Tipo', help: 'Escolha um.', optional: true },
      slots: { default: () => mountSelect() },
    });
    const control = field.find('select');
    expect(field.find('label').attributes('for')).toBe(control.attributes('id'));
    expect(field.find('label').text()).toBe('Tipo (opcional)');
    expect(document.getElementById(control.attributes('aria-describedby')!)?.textContent).toContain('Escolha um.');
    await field.setProps({ error: 'Falta o tipo.' });
    expect(control.attributes('aria-invalid')).toBe('true');
    expect(document.getElementById(control.attributes('aria-describedby')!)?.textContent).toContain('Falta o tipo.');
  });

  function mountSelect() {
    return [h(SelectField as Component, { modelValue: 'a', options: [{ value: 'a', label: 'A' }] })];
  }
});

describe('a small choice', () => {
  it('shows in words what is chosen, below a select that has the same', async () => {
    const options = [
      { value: 'a', label: 'Um' },
      { value: 'b', label: 'Dois' },
    ];
    const field = mounted(SelectField as Component, {
      props: { modelValue: 'a', options, label: 'Tipo', small: true },
    });
    const shown = () => field.find('[aria-hidden="true"]:not(svg)').text();
    expect(shown()).toBe('Um');
    await field.find('select[aria-label="Tipo"]').setValue('b');
    await field.setProps({ modelValue: field.emitted('update:modelValue')!.at(-1)![0] });
    expect(shown()).toBe('Dois');
  });
});

describe('a password', () => {
  it('can be shown, and says so', async () => {
    const field = mounted(PasswordField, {
      props: { modelValue: 'segredo', autocomplete: 'current-password' },
    });
    expect(field.find('input').attributes('type')).toBe('password');
    await field.find('button[aria-label="Mostrar senha"]').trigger('click');
    expect(field.find('input').attributes('type')).toBe('text');
    expect(field.find('button').attributes('aria-label')).toBe('Ocultar senha');
  });
});

describe('a status', () => {
  it('is an icon and a word', () => {
    const badge = mounted(StatusBadge, {
      props: { icon: 'i-lucide-check', label: 'Resolvido', tone: 'success' },
    });
    expect(badge.find('svg').exists()).toBe(true);
    expect(badge.text()).toBe('Resolvido');
  });

  it.each<[string, Component, object, object, string]>([
    ['a badge', StatusBadge, { icon: 'i-lucide-check', label: 'Aberto' }, { label: 'Resolvido' }, 'Aberto'],
    ['an error', FormField, { name: 'a', label: 'Nome', error: 'Aberto' }, { error: 'Resolvido' }, 'Aberto'],
    ['a mail', MailState, { status: 'queued', problem: null }, { status: 'failed' }, 'Na fila'],
    ['a time', TimeStamp, { at: '2025-11-18T12:00:00Z', as: 'date' }, { at: '2025-11-20T12:00:00Z' }, '18/11/2025'],
  ])('changes where the browser has translated it: %s', async (_what, component, props, change, text) => {
    const shown = mounted(component, { props });
    const texts = document.createTreeWalker(shown.element, NodeFilter.SHOW_TEXT);
    while (texts.nextNode() && !texts.currentNode.textContent!.includes(text));
    // As Chrome does it: the text goes, and two elements with another stand in its place.
    const font = document.createElement('font');
    font.innerHTML = '<font>Translated</font>';
    texts.currentNode.parentNode!.replaceChild(font, texts.currentNode);
    expect(shown.text()).toContain('Translated');
    await shown.setProps(change);
    expect(shown.text()).not.toContain('Translated');
  });
});

describe('an empty state', () => {
  it('of a failure says the cause and the request, and offers to try again', async () => {
    const error = new ApiError({ status: 503, code: 'service_unavailable', requestId: '7f3c' });
    const state = mounted(EmptyState, { props: { kind: 'failed', title: 'Não carregou', error } });
    expect(state.attributes('role')).toBe('alert');
    expect(state.text()).toContain('fora do ar por um momento');
    expect(state.text()).toContain('Código para o suporte: 7f3c');
    await state.find('button').trigger('click');
    expect(state.emitted('retry')).toHaveLength(1);
  });

  it('of a filter offers to clear it', async () => {
    const state = mounted(EmptyState, { props: { kind: 'no-match', title: 'Nada' } });
    await state.find('button').trigger('click');
    expect(state.emitted('clear')).toHaveLength(1);
  });

  it('of something not begun offers only what it is given', () => {
    expect(
      mounted(EmptyState, { props: { kind: 'none', title: 'Nada ainda' } })
        .find('button')
        .exists(),
    ).toBe(false);
  });
});

describe('loading', () => {
  it('shows nothing for 300 ms, then the skeleton, then the content', async () => {
    vi.useFakeTimers();
    const region = mounted(LoadingRegion, {
      props: { pending: true },
      slots: { default: 'content', skeleton: 'skeleton' },
    });
    await vi.advanceTimersByTimeAsync(299);
    // Its place is kept, and nothing is to be seen or heard.
    expect(region.find('.invisible').text()).toBe('skeleton');
    expect(region.text()).toBe('skeleton');
    await vi.advanceTimersByTimeAsync(1);
    expect(region.find('.invisible').exists()).toBe(false);
    expect(region.get('[role="status"]').text()).toBe('Carregando');
    expect(region.text()).toContain('skeleton');
    await region.setProps({ pending: false });
    expect(region.text()).toBe('content');
    vi.useRealTimers();
  });
});

describe('pages', () => {
  const bar = (page: number, total: number) => mounted(PaginationBar, { props: { page, limit: 50, total } });

  it('say where one is', () => {
    expect(bar(2, 1214).text()).toContain('51 a 100 de 1.214');
    expect(bar(5, 214).text()).toContain('201 a 214 de 214');
    const uncounted = mounted(PaginationBar, { props: { page: 1, limit: 50, total: 1000, totalExact: false } });
    expect(uncounted.text()).toContain('1 a 50 de 1.000+');
  });

  it('lead on and back, and no further', async () => {
    const last = bar(5, 214);
    const button = (name: string) => last.findAll('button').find((each) => each.text() === name);
    expect(button('Próxima')!.attributes('disabled')).toBeDefined();
    expect(last.find('[aria-label="Última página"]').attributes('disabled')).toBeDefined();
    await button('Anterior')!.trigger('click');
    await last.find('[aria-label="Primeira página"]').trigger('click');
    expect(last.emitted('update:page')).toEqual([[4], [1]]);
  });

  it('are not there where there is only one, or nothing', () => {
    expect(bar(1, 3).find('nav').exists()).toBe(false);
    expect(bar(1, 0).find('nav').exists()).toBe(false);
    const foot = mounted(PaginationBar, { props: { page: 1, limit: 50, total: 3 }, slots: { default: () => 'CSV' } });
    expect(foot.find('nav').exists()).toBe(false);
    expect(foot.text()).toBe('3 ao todoCSV');
  });
});

describe('confirm', () => {
  const ask = async (press: string) => {
    mounted(ConfirmDialog);
    const answer = confirm({
      title: 'Cancelar o convite de Bruno?',
      description: 'O link deixa de valer.',
      confirmLabel: 'Cancelar convite',
      tone: 'danger',
    });
    await flushPromises();
    const dialog = document.querySelector('[role="dialog"]')!;
    expect(dialog.textContent).toContain('O link deixa de valer.');
    [...dialog.querySelectorAll('button')].find((button) => button.textContent?.trim() === press)!.click();
    return answer;
  };

  it('answers yes', async () => expect(await ask('Cancelar convite')).toBe(true));
  it('answers no', async () => expect(await ask('Cancelar')).toBe(false));
});

describe('toasts', () => {
  it('go by themselves, but not while pointed at, and a failure never does', async () => {
    vi.useFakeTimers();
    mounted(ToastRegion);
    const first = () => document.querySelector('[aria-label="Avisos"] .pointer-events-auto')!;
    toast({ text: 'Antes' });
    toast({ text: 'Salvo' });
    await vi.advanceTimersByTimeAsync(3000);
    first().dispatchEvent(new Event('mouseenter'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(toasts.map(({ text }) => text)).toEqual(['Salvo']);
    first().dispatchEvent(new Event('mouseleave'));
    await vi.advanceTimersByTimeAsync(6000);
    expect(toasts).toEqual([]);
    toast({ text: 'Falhou', tone: 'danger' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(toasts.map(({ text }) => text)).toEqual(['Falhou']);
    vi.useRealTimers();
    first().dispatchEvent(new Event('click'));
    expect(toasts).toEqual([]);
  });

  it('have room of their own beside a menu at the side, and elsewhere stand above the foot of the window', async () => {
    const real = window.matchMedia;
    const media = vi
      .spyOn(window, 'matchMedia')
      .mockImplementation((query) => real.call(window, query.includes('640') ? 'all' : 'not all'));
    const side = document.createElement('div');
    side.id = 'brief-messages';
    document.body.append(side);
    const region = mounted(ToastRegion, { props: { side: '(width >= 640px)' } });
    toast({ text: 'Salvo' });
    await flushPromises();
    expect(side.textContent).toContain('Salvo');
    region.unmount();
    media.mockRestore();
    const elsewhere = mounted(ToastRegion, { props: { side: 'not all' } });
    await flushPromises();
    expect(side.textContent).toBe('');
    expect(elsewhere.get('.above-foot').text()).toBe('Salvo');
    side.remove();
    dismissToast(toasts[0]!.id);
  });
});

describe("an article's text", () => {
  it('has each table in a box of its own, which keys reach by its name', async () => {
    const table = '<table><tbody><tr><td>&lt;table&gt;</td></tr></tbody></table>';
    const prose = mounted(ProseText, { props: { html: `<p>Antes</p>${table}<blockquote>${table}</blockquote>` } });
    const boxes = () =>
      prose.findAll('[role="group"][tabindex="0"]').map((box) => [box.attributes('aria-label'), box.text()]);
    expect(boxes()).toEqual([
      ['Tabela 1', '<table>'],
      ['Tabela 2', '<table>'],
    ]);
    await setLocale('en-US');
    await flushPromises();
    expect(boxes()[1]![0]).toBe('Table 2');
    await prose.setProps({ html: '<p>Sem</p>' });
    expect([prose.html(), boxes()]).toEqual(['<div class="prose">\n  <p>Sem</p>\n</div>', []]);
  });
});

describe('the theme', () => {
  it('is switched at once and remembered', async () => {
    const themes = mounted(ThemeSwitch);
    await themes.findAll('button')[1]!.trigger('click');
    await flushPromises();
    expect(document.documentElement.classList.contains('dark')).toBe(true);
    expect(localStorage.getItem('balcao-theme')).toBe('dark');
    expect(themes.findAll('button').map((button) => button.attributes('aria-pressed'))).toEqual([
      'false',
      'true',
      'false',
    ]);
    await themes.findAll('button')[2]!.trigger('click');
    expect(localStorage.getItem('balcao-theme')).toBeNull();
  });

  it('is still followed when the component that asked first is gone', async () => {
    mounted(ThemeSwitch).unmount();
    await mounted(ThemeSwitch).findAll('button')[1]!.trigger('click');
    await flushPromises();
    expect(document.documentElement.classList.contains('dark')).toBe(true);
  });
});

describe('the palette', () => {
  it('is worked with the keyboard alone', async () => {
    const run = vi.fn();
    const items = ['Início', 'Chamados', 'Ajuda'].map((label) => ({
      id: label,
      label,
      run: () => run(label),
    }));
    mounted(CommandPalette, { props: { open: true, groups: [{ id: 'pages', label: 'Páginas', items }] } });
    await flushPromises();
    const input = document.querySelector<HTMLInputElement>('[role="combobox"]')!;
    const press = async (key: string, more: KeyboardEventInit = {}) => {
      input.dispatchEvent(new KeyboardEvent('keydown', { key, ...more, bubbles: true, cancelable: true }));
      await flushPromises();
    };
    const active = () =>
      document.getElementById(input.getAttribute('aria-activedescendant') ?? '')?.textContent?.trim();
    expect(active()).toBe('Início');
    await press('ArrowUp');
    expect(active()).toBe('Ajuda');
    await press('Enter', { isComposing: true });
    await press('ArrowUp', { isComposing: true });
    // Safari ends the composition before it tells of the key.
    await press('Enter', { keyCode: 229 });
    expect(active()).toBe('Ajuda');
    expect(run).not.toHaveBeenCalled();
    input.value = 'cham';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await flushPromises();
    expect(active()).toBe('Chamados');
    input.value = 'xyz';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await flushPromises();
    const none = document.querySelector('[role="status"]')!;
    expect(none.textContent).toContain('xyz');
    // Right below the field, where a phone's keyboard does not cover it.
    expect(input.parentElement!.nextElementSibling).toBe(none);
    input.value = 'cham';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await flushPromises();
    await press('Enter');
    expect(run).toHaveBeenCalledExactlyOnceWith('Chamados');
  });
});

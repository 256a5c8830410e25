import { flushPromises, mount } from '@vue/test-utils';
import { defineComponent, h, ref } from 'vue';
import { createMemoryHistory, createRouter, RouterView } from 'vue-router';
import { describe, expect, it } from 'vitest';
import { perLink, useLinkToken } from './use-link-token.js';

/** A page that shows the token it was opened with, what the address says beside, and what was typed. */
const Page = defineComponent({
  props: { id: { type: String, default: '' } },
  setup(props) {
    const token = useLinkToken();
    const typed = ref('');
    return () => [
      h('p', `${props.id} ${token} ${typed.value}`.trim()),
      h('button', { onClick: () => (typed.value = 'typed') }),
    ];
  },
});

async function opened(path: string) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/link', component: perLink(Page) },
      { path: '/signup/:id', component: perLink(Page), props: true },
    ],
  });
  await router.push(path);
  const page = mount({ render: () => h(RouterView) }, { global: { plugins: [router] } });
  await page.get('button').trigger('click');
  const go = async (to: string) => {
    await router.push(to);
    await flushPromises();
    return page.get('p').text();
  };
  return { go, text: () => page.get('p').text() };
}

describe('the page of a link', () => {
  it('begins anew with a newer link, and keeps nothing of the former', async () => {
    const { go, text } = await opened('/link#token=one');
    expect(text()).toBe('one typed');
    expect(await go('/link#token=two')).toBe('two');
  });

  it('begins anew where the link is of something else', async () => {
    const { go, text } = await opened('/signup/a#token=one');
    expect(text()).toBe('a one typed');
    expect(await go('/signup/b#token=one')).toBe('b one');
    expect(await go('/signup/c')).toBe('c');
  });

  it.each(['#content', '', '#token=', '#token=one&locale=pt-BR'])(
    'stays as it is where no other link is opened: %j',
    async (hash) => {
      const { go } = await opened('/link#token=one');
      expect(await go(`/link${hash}`)).toBe('one typed');
    },
  );

  it('takes the same link after a part of the page for no newer one', async () => {
    const { go } = await opened('/link#token=one');
    await go('/link#content');
    expect(await go('/link#token=one')).toBe('one typed');
  });
});

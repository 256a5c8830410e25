import '@balcao/ui/main.css';
import { balcaoUi, keepSession, mountWithFirstPage, reloadWhenStale, startLocale, warmUp } from '@balcao/ui';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { connectApi } from './api/connection.js';
import { appMessages } from './i18n/messages.js';
import { createPortalRouter, likelyFirstPage } from './router.js';
import { usePortalStore } from './stores/portal.js';
import { useSessionStore } from './stores/session.js';

async function start(): Promise<void> {
  const app = createApp(App).use(createPinia()).use(balcaoUi, { density: 'portal' });
  const router = createPortalRouter();
  reloadWhenStale(router);
  connectApi(keepSession(router, useSessionStore(), 'signed-in'));
  warmUp(router, likelyFirstPage(router));
  const locale = startLocale(appMessages);
  await mountWithFirstPage(app, router, Promise.all([locale, usePortalStore().load(locale)]));
}

void start();

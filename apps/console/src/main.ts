import '@balcao/ui/main.css';
import './console.css';
import { balcaoUi, keepSession, mountWithFirstPage, reloadWhenStale, startLocale, warmUp } from '@balcao/ui';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { connectApi } from './api/connection.js';
import { appMessages } from './i18n/messages.js';
import { createConsoleRouter, likelyFirstPage } from './router.js';
import { useOperatorStore } from './stores/operator.js';
import { useSessionStore } from './stores/session.js';

async function start(): Promise<void> {
  const app = createApp(App).use(createPinia()).use(balcaoUi, { density: 'console' });
  const router = createConsoleRouter();
  reloadWhenStale(router);
  connectApi({
    staff: keepSession(router, useSessionStore(), 'staff'),
    operator: keepSession(router, useOperatorStore(), 'operator', 'ops-login'),
  });
  warmUp(router, likelyFirstPage(router));
  await mountWithFirstPage(app, router, startLocale(appMessages));
}

void start();

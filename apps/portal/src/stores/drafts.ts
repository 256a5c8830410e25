import { setUpDrafts } from '@balcao/ui';
import { defineStore } from 'pinia';

/** What was typed in this tab and not sent yet. */
export const useDraftsStore = defineStore('drafts', setUpDrafts);

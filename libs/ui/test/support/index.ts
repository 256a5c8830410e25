export { csv, json, listOf, problem } from './answers.js';
export { replaceNetwork, type Api, type Call } from './network.js';
export { eventually, openPage, settle, speakPortuguese } from './page.js';
export { describeTexts } from './texts.js';
export { keptFiles } from './files.js';

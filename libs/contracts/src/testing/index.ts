export { costRatio, IN_PROPORTION } from './cost-ratio.js';
export { SETTING_VALUES } from './setting-values.js';

import { perLink } from './use-link-token.js';
import ResetPasswordCard from './ResetPasswordCard.vue';

export default perLink(ResetPasswordCard);

import { perLink } from './use-link-token.js';
import AcceptInvitationCard from './AcceptInvitationCard.vue';

export default perLink(AcceptInvitationCard);

import { perLink } from '@balcao/ui';
import LinkedProposalView from './LinkedProposalView.vue';

export default perLink(LinkedProposalView);

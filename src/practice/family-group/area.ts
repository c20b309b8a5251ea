import type { Area } from '../../platform/area.ts';
import { practitioners } from '../../record/roles.ts';
import * as asking from './asking.ts';
import { accept, handOver, room } from './coordinating.ts';
import { measures } from './measures.ts';
import { arrange, hold } from './meeting.ts';
import { addGuest, changeGuest, prepare } from './network.ts';
import { pages } from './pages/index.ts';
import { answerPlan, end, give, review, writePlan } from './planning.ts';
import * as queries from './queries.ts';

export { due, inHand } from './due.ts';
export { familyPanel } from './pages/of-family.tsx';

const {
  waiting,
  mine,
  ofFamily,
  rooms,
  coordinators,
  askForm,
  process,
  planDocument,
  takenBy,
  canAsk,
  start,
} = queries;

/** Family group decision making: the family meets, has time by itself, and makes its own plan. */
export const familyGroup: Area = {
  id: 'family-group',
  title: 'Family group meetings',
  nav: [
    {
      href: '/family-meetings',
      text: 'Family group meetings',
      place: 'more',
      who: practitioners,
      about: 'Who waits for a coordinator, who is next, and the families you are with',
    },
  ],
  pages,
  actions: [
    asking.ask,
    asking.withdraw,
    asking.turnAway,
    accept,
    handOver,
    room,
    addGuest,
    changeGuest,
    prepare,
    arrange,
    hold,
    writePlan,
    answerPlan,
    give,
    review,
    end,
  ],
  queries: [
    waiting,
    mine,
    ofFamily,
    rooms,
    coordinators,
    askForm,
    process,
    planDocument,
    takenBy,
    canAsk,
    start,
  ],
  measures,
  reasonKinds: [
    {
      id: 'family-group-asked',
      title: 'Answers when a family group meeting is asked for',
      scope: 'practice',
    },
    { id: 'family-group', title: 'Coordinates the family’s group meeting', scope: 'practice' },
  ],
};

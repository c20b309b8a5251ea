import { may } from '../../platform/access/identity.ts';
import type { Area } from '../../platform/area.ts';
import type { FiguresPool } from '../../platform/measures/compute.ts';
import * as answering from './answering.ts';
import { ask, close } from './asking.ts';
import { climbing } from './climbing.ts';
import * as ending from './ending.ts';
import * as groups from './groups.ts';
import * as helping from './helping.ts';
import * as helpingQueries from './helping-queries.ts';
import { measures } from './measures.ts';
import { pages } from './pages/index.ts';
import { readProgrammes, shippedFolder } from './programmes.ts';
import { providersDue } from './providers/due.ts';
import {
  actions as providerActions,
  measures as providerMeasures,
  providerQueries,
  providerReaders,
  providersPages,
} from './providers/index.ts';
import { outside } from './public/index.ts';
import { waitingOutside } from './public/queries.ts';
import * as queries from './queries.ts';
import { installProgrammes } from './records.ts';
import { setTeams } from './settings.ts';
import { addGoal, addReading, addSession, endGoal } from './together.ts';

export { due, inHand } from './due.ts';
export { familyPanel } from './pages/of-family.tsx';
export { draws } from './providers/index.ts';

export interface SupportOptions {
  /** Counts figures for the page of a programme; without it the page links to them. */
  pools?: FiguresPool;
}

const { acknowledge, accept, redirect, decline } = answering;
const { begin, setLead, changeLevel, moveStage, pause, goOn, review } = helping;
const { addGroup, changeGroup, joinGroup, leaveGroup, register } = groups;
const { programmes, programme, allTeams, askForm, queue, climbed, mine, request, ofFamily, start } = queries;

/** Support programmes: help that is asked for, answered, given for a while, and what changed. A programme is a file. */
export const supportArea = ({ pools }: SupportOptions = {}): Area => ({
  id: 'support',
  title: 'Help for families',
  nav: [
    {
      href: '/support',
      text: 'Help',
      who: queries.readers,
      about: 'Who asked for help, who is helped, who waits, and every programme there is',
      waiting: async (page) => {
        if (!page.identity.posts.some(({ role }) => (start.who as readonly string[]).includes(role)))
          return 0;
        const [asked, themselves] = await Promise.all([
          page.askOne(start, {}),
          page.askOne(waitingOutside, {}),
        ]);
        return asked.toAnswer + themselves.waiting;
      },
    },
    {
      href: '/support/providers',
      also: ['/support/contracts', '/support/returns', '/support/projects', '/support/grants'],
      text: 'Providers',
      place: 'more',
      who: providerReaders,
      about: 'Returns, contracts, projects made together, and the money of programmes',
      waiting: async (page) =>
        may(page.identity, providersDue.who) ? (await providersDue.load(page)).length : 0,
    },
  ],
  pages: [...pages(pools), ...outside.pages, ...providersPages(pools)],
  visitorPages: outside.visitorPages,
  actions: [
    ...outside.actions,
    ask,
    close,
    acknowledge,
    accept,
    redirect,
    decline,
    begin,
    setLead,
    changeLevel,
    moveStage,
    pause,
    goOn,
    review,
    addGoal,
    endGoal,
    addSession,
    addReading,
    ending.end,
    ending.comeBack,
    addGroup,
    changeGroup,
    joinGroup,
    leaveGroup,
    register,
    setTeams,
    ...providerActions,
  ],
  queries: [
    ...outside.queries,
    programmes,
    programme,
    allTeams,
    askForm,
    queue,
    climbed,
    mine,
    request,
    ofFamily,
    start,
    ...Object.values(helpingQueries),
    ...providerQueries,
  ],
  measures: [...measures, ...providerMeasures],
  reasonKinds: [
    { id: 'support-asked', title: 'Answers a request for help for the family', scope: 'practice' },
    { id: 'support', title: 'Helps the family', scope: 'practice' },
  ],
  jobs: [climbing, ...outside.jobs],
  /** What the files of programmes say is written where the database can see it, at each start. */
  install: async (rows) => {
    const own = process.env.KITH_PROGRAMMES;
    await installProgrammes(rows, await readProgrammes(own ? [shippedFolder, own] : [shippedFolder]));
  },
});

import type { Area } from '../../platform/area.ts';
import type { InHand } from '../knowing/in-hand.ts';
import { practitioners } from '../roles.ts';
import * as actions from './actions.ts';
import * as clockActions from './clock-actions.ts';
import * as clockQueries from './clock-queries.ts';
import { addTaskPage } from './pages/add.tsx';
import { clockPage, clocksPage } from './pages/clocks.tsx';
import { myTasksPage } from './pages/mine.tsx';
import { familyTasksPage } from './pages/of-family.tsx';
import { changeTaskPage, taskPage } from './pages/one.tsx';
import * as queries from './queries.ts';
import { dueWords } from './rules.ts';

export { familyPanel } from './pages/of-family.tsx';

/** Things to do for a family, in people's lists; and the clocks by which things are due. */
export const tasks: Area = {
  id: 'tasks',
  title: 'Things to do',
  nav: [
    {
      href: '/clocks',
      text: 'Time limits',
      place: 'more',
      who: 'anyone signed in',
      about: 'Within how long things are due, and which law or guidance says so',
    },
  ],
  pages: [myTasksPage, familyTasksPage, addTaskPage, taskPage, changeTaskPage, clocksPage, clockPage],
  actions: [...Object.values(actions), ...Object.values(clockActions)],
  queries: [...Object.values(queries), ...Object.values(clockQueries)],
};

/** What is still to be done for a family: it goes over with the family. */
export const inHand: InHand = {
  title: 'Things to do',
  who: practitioners,
  async load(request, family) {
    const open = await request.ask(queries.ofFamily, { family });
    return open.map((task) => ({
      href: `/tasks/${task.task}`,
      text: `${task.what} (${task.owner}; ${dueWords(task.due, request.today).toLowerCase()})`,
    }));
  },
};

import { DescriptionEmpty, More, Page } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { practitioners } from '../../roles.ts';
import { mine, type Task } from '../queries.ts';
import { pageSize } from '../rules.ts';
import { TaskTable } from './list.tsx';

/** The address of the page that goes on after these tasks; undefined after the last. */
export const nextPage = (path: string, tasks: readonly Task[]): string | undefined => {
  const last = tasks.length === pageSize ? tasks.at(-1) : undefined;
  return (
    last && `${path}?${new URLSearchParams({ afterDue: last.due?.toString() ?? '', afterId: last.task })}`
  );
};

/** Everything that whoever asks has to do, soonest first. */
export const myTasksPage: PageDefinition = {
  path: '/tasks',
  title: 'Things to do',
  who: practitioners,
  async show(request) {
    const { afterDue = '', afterId = '' } = request.query;
    const tasks = await request.ask(mine, { afterDue, afterId });
    return (
      <Page
        shell={request.shell}
        title="Things to do"
        lead="Yours, your team’s, and those of a colleague you stand in for. The soonest first."
        crumbs={[{ href: '/today', text: 'Today' }]}
        wide
      >
        <TaskTable
          caption="Things to do"
          captionHidden
          tasks={tasks}
          today={request.today}
          show="family"
          empty={
            <DescriptionEmpty
              title={afterId ? 'There is no more' : 'You have nothing to do here'}
              text="Things to do come from notes, meetings and plans, or are written down on the page of a family."
            />
          }
        />
        <More label="Things to do" next={nextPage('/tasks', tasks)} />
      </Page>
    );
  },
};

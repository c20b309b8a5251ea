import { dayOf } from '../../../platform/days.ts';
import { ButtonLink, DescriptionEmpty, More, Page, Timeline } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import { open } from '../../families/queries.ts';
import type { FamilyPanel } from '../../panels.ts';
import { practitioners } from '../../roles.ts';
import { ended, next, ofFamily } from '../queries.ts';
import { pageSize } from '../rules.ts';
import { TaskTable } from './list.tsx';
import { nextPage } from './mine.tsx';

/** What is to be done for a family, and what was done. */
export const familyTasksPage: PageDefinition = {
  path: '/families/:id/tasks',
  title: 'Things to do for a family',
  who: practitioners,
  async show(request) {
    const family = idFrom(request);
    const { afterDue = '', afterId = '', beforeAt = '', beforeId = '' } = request.query;
    const [{ name }, tasks, past] = await Promise.all([
      request.askOne(open, { family }),
      request.ask(ofFamily, { family, afterDue, afterId }),
      request.ask(ended, { family, beforeAt, beforeId }),
    ]);
    const last = past.length === pageSize ? past.at(-1) : undefined;
    const path = `/families/${family}/tasks`;
    return (
      <Page
        shell={request.shell}
        title="Things to do"
        lead={`For the ${name} family`}
        back={{ href: `/families/${family}`, text: `The ${name} family` }}
        actions={<ButtonLink href={`${path}/add`}>Add something to do</ButtonLink>}
        wide
      >
        <TaskTable
          caption="To do"
          tasks={tasks}
          today={request.today}
          show="owner"
          empty={
            <DescriptionEmpty
              title={afterId ? 'There is no more' : 'Nothing to do at present'}
              text="What comes out of notes, meetings and plans is shown here, with who does it and by when."
            />
          }
        />
        <More label="Things to do" next={nextPage(path, tasks)} />
        <h2>Done</h2>
        {past.length === 0 ? (
          <p>Nothing yet.</p>
        ) : (
          <Timeline
            items={past.map((task) => ({
              when: task.ended_at ? dayOf(task.ended_at) : '',
              title: <a href={`/tasks/${task.task}`}>{task.what}</a>,
              body: (
                <p>
                  {task.state === 'done' ? '' : 'Not needed: '}
                  {task.outcome}
                  {task.ended_by ? <span class="kith-quiet"> {task.ended_by}</span> : null}
                </p>
              ),
            }))}
          />
        )}
        <More
          label="Done"
          next={
            last &&
            `${path}?${new URLSearchParams({ beforeAt: last.ended_at?.toString() ?? '', beforeId: last.task })}`
          }
        />
      </Page>
    );
  },
};

const shown = 5;

/** The next few things to do, on the page of a family. */
export const familyPanel: FamilyPanel = {
  title: 'What is to be done',
  who: practitioners,
  async load(request, family) {
    const tasks = await request.ask(next, { family });
    return (
      <>
        <TaskTable
          caption="What is to be done"
          captionHidden
          tasks={tasks.slice(0, shown)}
          today={request.today}
          show="owner"
          empty={<p>Nothing to do at present.</p>}
        />
        <p>
          <a href={`/families/${family}/tasks/add`}>Add something to do</a>
          {' · '}
          <a href={`/families/${family}/tasks`}>
            {tasks.length > shown ? 'Everything to do, and what was done' : 'What was done'}
          </a>
        </p>
      </>
    );
  },
};

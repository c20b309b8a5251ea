import { randomUUID } from 'node:crypto';
import { dayOf, dayText } from '../../../platform/days.ts';
import {
  ButtonLink,
  Form,
  Hidden,
  InlineForm,
  Notification,
  Page,
  Radios,
  SummaryList,
  TextArea,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { practitioners } from '../../roles.ts';
import { change, done, reopen } from '../actions.ts';
import { one, owners, type Task } from '../queries.ts';
import { dueWords, isOverdue } from '../rules.ts';
import { TaskFields } from './fields.tsx';
import { Origin, Owner } from './list.tsx';

const People = ({ task }: { task: Task }) => (
  <>
    {task.people.length === 0
      ? 'The whole family'
      : task.people.map(({ id, name }, index) => (
          <>
            {index === 0 ? '' : ', '}
            <a href={`/people/${id}`}>{name}</a>
          </>
        ))}
  </>
);

const whenDue = ({ due }: Task, today: Temporal.PlainDate): string => {
  if (due === null) return 'No date';
  const words = dueWords(due, today);
  return words.includes(dayText(due)) ? words : `${dayText(due)} (${words.toLowerCase()})`;
};

const Facts = ({ task, today }: { task: Task; today: Temporal.PlainDate }) => (
  <SummaryList
    rows={[
      ...(task.what.length <= 120 ? [] : [{ key: 'What', value: task.what }]),
      { key: 'Family', value: <a href={`/families/${task.about}`}>{task.family}</a> },
      { key: 'About', value: <People task={task} /> },
      { key: 'Who does it', value: <Owner task={task} /> },
      { key: 'By when', value: whenDue(task, today) },
      {
        key: 'Written down',
        value: (
          <>
            {[dayOf(task.made_at), task.made_by].filter(Boolean).join(', ')} <Origin task={task} />
          </>
        ),
      },
      ...(task.state === 'open'
        ? []
        : [
            {
              key: task.state === 'done' ? 'What came of it' : 'Why it was not needed',
              value: task.outcome,
            },
            {
              key: task.state === 'done' ? 'Done' : 'Ended',
              value: [task.ended_at && dayOf(task.ended_at), task.ended_by].filter(Boolean).join(', '),
            },
          ]),
    ]}
  />
);

async function Done({ request, task }: { request: PageRequest; task: Task }) {
  const words = await formWords(request, 'form', { as: 'done' });
  return (
    <Form
      shell={request.shell}
      action={`/tasks/${task.task}`}
      idempotencyKey={randomUUID()}
      version={task.version}
      draft={words.draft}
      submit="Save"
      secondary={<a href={`/tasks/${task.task}/change`}>Change what is to be done, by whom or when</a>}
    >
      <Hidden name="_form" value="form" />
      <TextArea
        name="outcome"
        label="What came of it?"
        hint="A few words are enough"
        rows={3}
        value={words.text('outcome')}
        error={words.errors.outcome}
        required
      />
      <Radios
        name="as"
        label="Was it done?"
        inline
        value={words.text('as')}
        error={words.errors.as}
        choices={[
          { value: 'done', label: 'Done' },
          { value: 'not needed', label: 'Not needed any more' },
        ]}
      />
    </Form>
  );
}

/** Something to do: what it is, and saying what came of it. */
export const taskPage: PageDefinition = {
  path: '/tasks/:task',
  title: 'Something to do',
  who: practitioners,
  async show(request) {
    const task = await request.askOne(one, { task: idFrom(request, 'task') });
    const finish = task.state === 'open' ? await Done({ request, task }) : null;
    const refused = request.refused?.problem;
    const typed = request.refused?.values.outcome;
    const errors =
      refused === undefined
        ? {}
        : Object.keys(refused.fields).length > 0
          ? refused.fields
          : { form: [refused.message, refused.detail].filter(Boolean).join('. ') };
    return (
      <Page
        shell={request.shell}
        title="Something to do"
        heading={task.what.length <= 120 ? task.what : 'Something to do'}
        back={{ href: `/families/${task.about}/tasks`, text: `The ${task.family} family` }}
        errors={errors}
        lead={
          task.state === 'done'
            ? 'Done'
            : task.state === 'not needed'
              ? 'Not needed any more'
              : task.due && isOverdue(task.due, request.today)
                ? dueWords(task.due, request.today)
                : undefined
        }
      >
        {task.owner_gone && task.state === 'open' ? (
          <Notification kind="warning" title={`${task.owner} does not work with this family any more.`}>
            <p>
              <a href={`/tasks/${task.task}/change`}>Choose somebody else to do this</a>
            </p>
          </Notification>
        ) : null}
        <Facts task={task} today={request.today} />
        {task.state === 'open' ? (
          finish
        ) : (
          <>
            {typeof typed === 'string' && typed !== '' ? (
              <>
                <h2>What you wrote</h2>
                <p>{typed}</p>
              </>
            ) : null}
            <InlineForm
              shell={request.shell}
              action={`/tasks/${task.task}`}
              idempotencyKey={randomUUID()}
              version={task.version}
              fields={{ _form: 'again' }}
              submit="Open it again"
            />
          </>
        )}
      </Page>
    );
  },
  forms: {
    form: form({
      action: done,
      input: (fields, params) => ({ ...fields, task: params.task }),
      done: ({ family }) => ({ to: `/families/${family}/tasks`, notice: 'Saved' }),
    }),
    again: form({
      action: reopen,
      input: (fields, params) => ({ ...fields, task: params.task }),
      done: ({ task }) => ({ to: `/tasks/${task}`, notice: 'It is to be done again' }),
    }),
  },
};

/** Changing what is to be done, who does it, and when. */
export const changeTaskPage: PageDefinition = {
  path: '/tasks/:task/change',
  title: 'Change something to do',
  who: practitioners,
  async show(request) {
    const task = await request.askOne(one, { task: idFrom(request, 'task') });
    const them = await request.ask(owners, { family: task.about });
    const words = await formWords(request, 'form', {
      what: task.what,
      // Somebody who does not see the family any more is not in the list: another has to be chosen.
      owner: them.find(({ id }) => id === task.owner_id)?.id ?? '',
      named: task.owner_named ?? '',
      due: task.due?.toString() ?? '',
      people: task.people.map(({ id }) => id),
    });
    return (
      <Page
        shell={request.shell}
        title="Change something to do"
        back={{ href: `/tasks/${task.task}`, text: 'Something to do' }}
        errors={words.errors}
      >
        {words.state === 'saved' || (words.state === 'refused' && !('form' in words.errors)) ? null : (
          <>
            <h2>As it is saved now</h2>
            <Facts task={task} today={request.today} />
            <h2>What you wrote</h2>
          </>
        )}
        {task.state === 'open' ? (
          <Form
            shell={request.shell}
            action={`/tasks/${task.task}/change`}
            idempotencyKey={randomUUID()}
            version={task.version}
            draft={words.draft}
            submit="Save"
            secondary={<a href={`/tasks/${task.task}`}>Leave without changing</a>}
          >
            <TaskFields words={words} owners={them} />
          </Form>
        ) : (
          <Notification kind="info" title="This has come to an end.">
            <ButtonLink href={`/tasks/${task.task}`}>Look at what came of it</ButtonLink>
          </Notification>
        )}
      </Page>
    );
  },
  forms: {
    form: form({
      action: change,
      input: (fields, params) => ({ ...fields, task: params.task }),
      done: ({ task }) => ({ to: `/tasks/${task}`, notice: 'The change is saved' }),
    }),
  },
};

import { Progress, Radios, Select, TextArea } from '../../../platform/ui/index.ts';
import { form } from '../../../platform/web/page.ts';
import { processHref, turnAway, withdraw } from '../asking.ts';
import { accept, handOver } from '../coordinating.ts';
import { end } from '../planning.ts';
import { coordinators, rooms } from '../queries.ts';
import { endings } from '../rules.ts';
import { Asked } from './process-parts.tsx';
import { byAsker, byCoordinator, byTeam, doneAt, type Given, stepPage, withProcess } from './step-page.tsx';
import { fieldsOf } from './words.tsx';

const acceptFields = async ({ of, words, page }: Given) => {
  const own = (await page.ask(rooms, {})).find(({ id }) => id === page.identity.account);
  return (
    <>
      {own === undefined ? (
        <p>
          You have not said how many families you take at once.{' '}
          <a href="/family-meetings/coordinators">Say so first</a>.
        </p>
      ) : (
        <Progress
          label="Your families"
          value={own.now}
          max={own.atOnce}
          text={`${own.now} of ${own.atOnce} at once`}
        />
      )}
      {of.next === null ? (
        <p>This family is next in the list.</p>
      ) : (
        <TextArea
          {...fieldsOf(words)('outOfTurn')}
          label={`${of.next} is before this family. Why does this one go first?`}
          rows={3}
          required
        />
      )}
      <Asked of={of} />
    </>
  );
};

export const acceptPage = stepPage({
  last: 'accept',
  title: 'Take this family on',
  submit: 'Take this family on',
  when: byTeam,
  fields: acceptFields,
  sends: form({
    action: accept,
    input: withProcess,
    done: doneAt('You are the coordinator. The clock runs from today; whoever asked is told.'),
  }),
});

export const handOverPage = stepPage({
  last: 'hand-over',
  title: 'Hand the family to another coordinator',
  submit: 'Hand over',
  when: (of, page) =>
    byCoordinator(of, page) || ((of.state === 'preparing' || of.state === 'following') && byAsker(of, page)),
  fields: async ({ of, words, page }: Given) => {
    const everybody = await page.ask(coordinators, {});
    const others = everybody.filter(({ id, teamId }) => teamId === of.teamId && id !== of.coordinatorId);
    return (
      <>
        <Select
          {...fieldsOf(words)('coordinator')}
          label="Who is the coordinator from now on?"
          hint="They see the family from now on, and the one before does not"
          empty="Choose a coordinator"
          choices={others.map(({ id, name }) => ({ value: id, label: name }))}
          required
        />
        <TextArea
          {...fieldsOf(words)('why')}
          label="Why?"
          hint="In words the family could read"
          rows={3}
          required
        />
      </>
    );
  },
  sends: form({
    action: handOver,
    input: withProcess,
    done: ({ name }) => ({ to: '/family-meetings', notice: `${name} is the coordinator from now on` }),
  }),
});

export const turnAwayPage = stepPage({
  last: 'turn-away',
  title: 'Say where else help is',
  submit: 'Send this answer',
  when: byTeam,
  fields: ({ words }) => (
    <>
      <TextArea
        {...fieldsOf(words)('why')}
        label="Why is a family group meeting not what helps?"
        hint="In words the family could read. A full list is no reason: the family keeps its place."
        rows={4}
        required
      />
      <TextArea
        {...fieldsOf(words)('next')}
        label="Where does the family go next?"
        hint="A name and a phone number where you can: nobody is left with nobody"
        rows={4}
        required
      />
    </>
  ),
  sends: form({
    action: turnAway,
    input: withProcess,
    done: () => ({ to: '/family-meetings', notice: 'Whoever asked is told where the family goes next' }),
  }),
});

export const withdrawPage = stepPage({
  last: 'withdraw',
  title: 'Withdraw it',
  submit: 'Withdraw it',
  when: (of, page) => of.state === 'waiting' && byAsker(of, page),
  fields: ({ words }) => (
    <TextArea
      {...fieldsOf(words)('why')}
      label="Why does the family not want it?"
      hint="In words the family could read"
      rows={4}
      required
    />
  ),
  sends: form({
    action: withdraw,
    input: withProcess,
    done: ({ process }) => ({ to: processHref(process), notice: 'It is withdrawn' }),
  }),
});

export const endPage = stepPage({
  last: 'end',
  title: 'End this work',
  submit: 'End it',
  when: byCoordinator,
  fields: ({ of, words }) => (
    <>
      <Radios
        {...fieldsOf(words)('ending')}
        label="How does it end?"
        choices={Object.entries(endings)
          .filter(([value]) => of.state === 'following' || value !== 'has what it needs')
          .map(([value, label]) => ({ value, label }))}
        required
      />
      <TextArea
        {...fieldsOf(words)('why')}
        label="Why?"
        hint="In words the family could read"
        rows={4}
        required
      />
      <TextArea
        {...fieldsOf(words)('next')}
        label="What comes next, and whom can the family ask?"
        hint="A name and a phone number where you can: nobody is left with nobody"
        rows={4}
        required
      />
    </>
  ),
  sends: form({
    action: end,
    input: withProcess,
    done: doneAt('It has ended. You see it for four more weeks.'),
  }),
});

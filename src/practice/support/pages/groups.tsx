import { randomUUID } from 'node:crypto';
import { dayShort } from '../../../platform/days.ts';
import {
  ButtonLink,
  Checkboxes,
  DateField,
  DescriptionEmpty,
  Form,
  Hidden,
  InlineForm,
  Page,
  Progress,
  Select,
  SummaryList,
  Table,
  TextArea,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { type FormWords, formWords, idFrom } from '../../../record/families/pages/forms.ts';
import { practitioners } from '../../../record/roles.ts';
import { addGroup, changeGroup, joinGroup, leaveGroup, register } from '../groups.ts';
import { canJoin, group as groupQuery, groups, members } from '../helping-queries.ts';
import { programmes } from '../queries.ts';
import { CameFields, WhenFields } from './together.tsx';
import { fieldsOf, helpCrumb, home, refusedErrors, startingWith, supportHref } from './words.tsx';

const groupHref = (id: string): string => `/support/groups/${id}`;
const groupsCrumb = { href: '/support/groups', text: 'Groups' };

export const groupsPage: PageDefinition = {
  path: '/support/groups',
  title: 'Groups',
  who: practitioners,
  async show(page) {
    const all = await page.ask(groups, {});
    return (
      <Page
        shell={page.shell}
        title="Groups"
        lead="Those that your team runs"
        crumbs={[home, helpCrumb]}
        actions={<ButtonLink href="/support/groups/add">Start a group</ButtonLink>}
        wide
      >
        <Table
          caption="Groups"
          captionHidden
          small="stack"
          columns={[
            { key: 'title', title: 'Group', width: 'wide' },
            { key: 'programme', title: 'Programme' },
            { key: 'places', title: 'Places', numeric: true },
            { key: 'from', title: 'From' },
            { key: 'until', title: 'Until' },
          ]}
          rows={all.map((group) => ({
            title: <a href={groupHref(group.id)}>{group.title}</a>,
            programme: group.programme,
            places: `${group.taken} of ${group.places}`,
            from: dayShort(group.firstOn),
            until: group.lastOn === null ? 'It goes on' : dayShort(group.lastOn),
          }))}
          empty={
            <DescriptionEmpty
              title="Your team runs no group yet"
              text="A group brings families together. Start one, then put those in it whom you help."
            />
          }
        />
      </Page>
    );
  },
};

const GroupFields = ({ words }: { words: FormWords }) => {
  const field = fieldsOf(words);
  return (
    <>
      <TextField
        {...field('title')}
        label="What is it called?"
        hint="For example: Tuesday parents"
        required
      />
      <TextField {...field('place')} label="Where does it meet?" optional />
      <TextField {...field('places')} label="How many places?" width="short" inputMode="numeric" required />
      <DateField {...field('firstOn')} label="When does it first meet?" required />
      <DateField {...field('lastOn')} label="When does it last meet?" optional />
    </>
  );
};

export const addGroupPage: PageDefinition = {
  path: '/support/groups/add',
  title: 'Start a group',
  who: practitioners,
  async show(page) {
    const all = (await page.ask(programmes, {})).filter(
      ({ groups, state }) => groups !== undefined && state === 'open',
    );
    const wanted = all.find(({ id }) => id === page.query.programme);
    const words = await formWords(page, 'form', {
      programme: wanted?.id ?? '',
      places: String(wanted?.groups?.places ?? ''),
    });
    return (
      <Page
        shell={page.shell}
        title="Start a group"
        crumbs={[home, helpCrumb, groupsCrumb]}
        errors={words.errors}
      >
        <Form
          shell={page.shell}
          action="/support/groups/add"
          idempotencyKey={randomUUID()}
          draft={words.draft}
          submit="Start it"
          secondary={<a href="/support/groups">Leave without saving</a>}
        >
          <Select
            {...fieldsOf(words)('programme')}
            label="Which programme runs it?"
            empty="Choose one"
            choices={all.map(({ id, title }) => ({ value: id, label: title }))}
            required
          />
          <GroupFields words={words} />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: addGroup,
      done: ({ group }) => ({ to: groupHref(group), notice: 'Now say who is in it' }),
    }),
  },
};

export const changeGroupPage: PageDefinition = {
  path: '/support/groups/:group/change',
  title: 'Change a group',
  who: practitioners,
  async show(page) {
    const group = await page.askOne(groupQuery, { group: idFrom(page, 'group') });
    const words = await formWords(page, 'form', {
      title: group.title,
      place: group.place,
      places: String(group.places),
      firstOn: group.firstOn.toString(),
      lastOn: group.lastOn?.toString() ?? '',
    });
    return (
      <Page
        shell={page.shell}
        title="Change a group"
        back={{ href: groupHref(group.id), text: group.title }}
        errors={words.errors}
      >
        <Form
          shell={page.shell}
          action={`${groupHref(group.id)}/change`}
          idempotencyKey={randomUUID()}
          version={group.version}
          draft={words.draft}
          submit="Save"
          secondary={<a href={groupHref(group.id)}>Leave without saving</a>}
        >
          <GroupFields words={words} />
        </Form>
      </Page>
    );
  },
  forms: {
    form: form({
      action: changeGroup,
      input: (fields, params) => ({ ...fields, group: params.group }),
      done: ({ group }) => ({ to: groupHref(group), notice: 'Saved' }),
    }),
  },
};

/** A group: who is in it, how often they came, and who could join. */
export const groupPage: PageDefinition = {
  path: '/support/groups/:group',
  title: 'A group',
  who: practitioners,
  async show(page) {
    const id = idFrom(page, 'group');
    const [group, theirs, could] = await Promise.all([
      page.askOne(groupQuery, { group: id }),
      page.ask(members, { group: id }),
      page.ask(canJoin, { group: id }),
    ]);
    const joining = could.filter(({ people }) => people.length > 0);
    return (
      <Page
        shell={page.shell}
        title={group.title}
        lead={`${group.programmeTitle}, ${group.team}`}
        crumbs={[home, helpCrumb, groupsCrumb]}
        errors={refusedErrors(page)}
        actions={
          group.here ? (
            <ButtonLink href={`${groupHref(id)}/register`}>Write down who came</ButtonLink>
          ) : undefined
        }
      >
        <Progress
          label="Places"
          value={group.taken}
          max={group.places}
          text={`${group.taken} of ${group.places} are taken`}
        />
        <SummaryList
          rows={[
            { key: 'Where', value: group.place },
            { key: 'From', value: dayShort(group.firstOn) },
            { key: 'Until', value: group.lastOn === null ? 'It goes on' : dayShort(group.lastOn) },
          ]}
        />
        {group.here ? (
          <p>
            <a href={`${groupHref(id)}/change`}>Change the group</a>
          </p>
        ) : null}
        <h2>Who is in it</h2>
        <Table
          caption="Who is in it"
          captionHidden
          small="stack"
          columns={[
            { key: 'name', title: 'Who', width: 'wide' },
            { key: 'came', title: 'Came' },
            { key: 'since', title: 'Since' },
            { key: 'leave', title: 'Leave' },
          ]}
          rows={theirs.map((member) => ({
            name: <a href={supportHref(member.support)}>{member.name}</a>,
            came: member.met === 0 ? 'Has not met yet' : `${member.came} of ${member.met}`,
            since: dayShort(member.joinedOn),
            leave:
              member.leftOn !== null ? (
                `Left ${dayShort(member.leftOn)}`
              ) : group.here ? (
                <InlineForm
                  shell={page.shell}
                  action={groupHref(id)}
                  idempotencyKey={randomUUID()}
                  fields={{ _form: 'leave', person: member.person }}
                  submit="Leaves"
                  about={member.name}
                />
              ) : null,
          }))}
          empty={<p>Nobody yet.</p>}
        />
        {group.here && joining.length > 0 ? (
          <>
            <h2>Who could join</h2>
            <p>Families whom your team helps with this programme.</p>
            {joining.map((each) => (
              <Form
                key={each.support}
                shell={page.shell}
                action={groupHref(id)}
                idempotencyKey={randomUUID()}
                submit={`Put in the group: ${each.family}`}
                submitKind="secondary"
              >
                <Hidden name="_form" value="join" />
                <Hidden name="support" value={each.support} />
                <Checkboxes
                  name="people"
                  label={`The ${each.family} family`}
                  values={each.people.length === 1 ? each.people.map((person) => person.id) : []}
                  choices={each.people.map((person) => ({ value: person.id, label: person.name }))}
                />
              </Form>
            ))}
          </>
        ) : null}
      </Page>
    );
  },
  forms: {
    join: form({
      action: joinGroup,
      input: (fields, params) => ({ ...fields, group: params.group }),
      done: ({ group }) => ({ to: groupHref(group), notice: 'They are in the group' }),
    }),
    leave: form({
      action: leaveGroup,
      input: (fields, params) => ({ ...fields, group: params.group }),
      done: ({ group }) => ({ to: groupHref(group), notice: 'Saved' }),
    }),
  },
};

/** The register of one time that a group met. */
export const registerPage: PageDefinition = {
  path: '/support/groups/:group/register',
  title: 'Write down who came',
  who: practitioners,
  async show(page) {
    const id = idFrom(page, 'group');
    const [group, theirs] = await Promise.all([
      page.askOne(groupQuery, { group: id }),
      page.ask(members, { group: id }),
    ]);
    const here = theirs.filter(({ leftOn }) => leftOn === null);
    const words = await formWords(page, 'form', { on: page.today.toString() });
    return (
      <Page
        shell={page.shell}
        title="Write down who came"
        lead={group.title}
        back={{ href: groupHref(id), text: group.title }}
        errors={words.errors}
      >
        {here.length === 0 ? (
          <p>Nobody is in the group yet.</p>
        ) : (
          <Form
            shell={page.shell}
            action={`${groupHref(id)}/register`}
            idempotencyKey={randomUUID()}
            draft={words.draft}
            submit="Save"
            secondary={<a href={groupHref(id)}>Leave without saving</a>}
          >
            <WhenFields words={words} />
            <CameFields people={here.map(({ person, name }) => ({ id: person, name }))} words={words} />
            <TextArea
              {...fieldsOf(words)('what')}
              label="What did the group do?"
              hint="The same line stands in each family’s own record: name nobody"
              rows={3}
              optional
            />
          </Form>
        )}
      </Page>
    );
  },
  forms: {
    form: form({
      action: register,
      input: (fields, params) => ({ ...fields, group: params.group, came: startingWith(fields, 'came-') }),
      done: ({ group }) => ({ to: groupHref(group), notice: 'The register is kept' }),
    }),
  },
};

import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { dayOf, untilText } from '../../../platform/days.ts';
import {
  ButtonLink,
  Form,
  Hidden,
  InlineForm,
  Notification,
  Page,
  Radios,
  Table,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { allocate, end } from '../../knowing/actions.ts';
import {
  ChooseColleague,
  FindColleague,
  foundColleagues,
  NobodyFound,
} from '../../knowing/pages/colleague.tsx';
import { helpers, stands } from '../../knowing/queries.ts';
import { canEnd, isWorking, roleChoices } from '../../knowing/rules.ts';
import { practitioners } from '../../roles.ts';
import { formWords, idFrom } from './forms.ts';

type Helper = z.output<typeof helpers.row>;

const nameOf = (helper: Helper) => helper.names || helper.post || 'Nobody in post at present';

/** What can be done about one line: whoever is in charge hands over or ends, and everybody ends what is their own. */
const Deeds = ({ request, family, helper }: { request: PageRequest; family: string; helper: Helper }) => (
  <div>
    {helper.in_charge && isWorking(helper.kind) ? (
      <p>
        <a href={`/families/${family}/hand-over?reason=${helper.reason}`}>
          Hand over<span class="visually-hidden"> what {nameOf(helper)} does</span>
        </a>
      </p>
    ) : null}
    {canEnd(helper.kind) && (helper.in_charge || helper.mine) ? (
      <InlineForm
        shell={request.shell}
        action={`/families/${family}/helping`}
        idempotencyKey={randomUUID()}
        fields={{ _form: 'end', reason: helper.reason }}
        submit={helper.mine ? 'Hand back' : 'End'}
        about={`${helper.mine ? 'this family' : `that ${nameOf(helper)} sees this family`}: ${helper.kind_title}`}
      />
    ) : null}
  </div>
);

async function Allocate({ request, family }: { request: PageRequest; family: string }) {
  const { said, found } = await foundColleagues(request);
  const words = await formWords(request, 'share');
  return (
    <>
      <h2>Ask a colleague to work with this family</h2>
      <p>
        They see the whole record from then on, and are told. A new lead professional takes the place of the
        one before.
      </p>
      <FindColleague action={`/families/${family}/helping`} said={said} />
      {found?.length === 0 ? <NobodyFound said={said} /> : null}
      {found && found.length > 0 ? (
        <Form
          shell={request.shell}
          action={`/families/${family}/helping?${new URLSearchParams({ text: said })}`}
          idempotencyKey={randomUUID()}
          submit="Share the family"
        >
          <Hidden name="_form" value="share" />
          <ChooseColleague
            name="to"
            label="Who will work with the family?"
            found={found}
            value={words.text('to')}
            error={words.errors.to}
          />
          <Radios
            name="as"
            label="What will they be to the family?"
            hint="A team always works with the family as a team"
            choices={roleChoices}
            value={words.text('as') || 'allocated'}
            error={words.errors.as}
          />
        </Form>
      ) : null}
    </>
  );
}

/** Who works with a family and who else sees it: sharing it, handing it over, and handing it back. */
export const helpingPage: PageDefinition = {
  path: '/families/:id/helping',
  title: 'Who works with a family',
  who: practitioners,
  async show(request) {
    const { shell, refused } = request;
    const id = idFrom(request);
    const [family, everybody] = await Promise.all([
      request.askOne(stands, { family: id }),
      request.ask(helpers, { family: id }),
    ]);
    const words = await formWords(request, refused?.form ?? 'share');
    return (
      <Page
        shell={shell}
        title="Who works with this family"
        back={{ href: `/families/${id}`, text: family.name }}
        wide
        errors={words.errors}
        actions={
          request.identity.posts.some((post) => post.role === 'senior-manager') ? (
            <ButtonLink href={`/families/${id}/restrict`} kind="secondary">
              {family.level === null ? 'Restrict this record' : 'Who may see this restricted record'}
            </ButtonLink>
          ) : null
        }
      >
        {family.level === null ? null : (
          <Notification
            kind="warning"
            title={family.level === 'sealed' ? 'This record is sealed.' : 'This record is restricted.'}
          >
            <p>Only the people named below see it. A team, a post or a stand-in cannot.</p>
          </Notification>
        )}
        <Table
          caption="Who works with this family, and who else may see it"
          captionHidden
          small="stack"
          columns={[
            { key: 'who', title: 'Who', width: 'wide' },
            { key: 'what', title: 'What they are to the family' },
            { key: 'since', title: 'Since' },
            { key: 'until', title: 'Until' },
            { key: 'change', title: 'Change' },
          ]}
          rows={everybody.map((helper) => ({
            who: (
              <div>
                {nameOf(helper)}
                {helper.mine ? ' (you)' : ''}
                <br />
                {[helper.post, helper.team].filter(Boolean).join(', ') || 'No post at present'}
              </div>
            ),
            what: helper.kind_title,
            since: `${dayOf(helper.since)}${helper.given_by ? `, given by ${helper.given_by}` : ''}`,
            until: helper.until ? untilText(helper.until) : 'No end',
            change: <Deeds request={request} family={id} helper={helper} />,
          }))}
          empty={<p>Nobody at present.</p>}
        />
        {family.in_charge ? await Allocate({ request, family: id }) : null}
      </Page>
    );
  },
  forms: {
    share: form({
      action: allocate,
      input: (fields, params) => ({ as: 'allocated', ...fields, family: params.id }),
      done: ({ family }) => ({
        to: `/families/${family}/helping`,
        notice: 'The family is shared, and they are told',
      }),
    }),
    end: form({
      action: end,
      input: (fields, params) => ({ ...fields, family: params.id }),
      done: () => ({ to: '/families', notice: 'That has ended, and they are told' }),
    }),
  },
};

import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { may } from '../../../platform/access/identity.ts';
import {
  Filters,
  Form,
  Hidden,
  InlineForm,
  Page,
  Radios,
  Table,
  TextField,
} from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { frontLine, practitioners } from '../../roles.ts';
import { handBack, shareFamily } from '../actions.ts';
import { colleagues, helpers, open } from '../queries.ts';
import { dayOf, formWords, idFrom } from './forms.ts';

type Helper = z.output<typeof helpers.row>;

const nameOf = (helper: Helper) => helper.names || helper.post || 'Nobody in post at present';

async function Share({ request, family }: { request: PageRequest; family: string }) {
  const { shell, query } = request;
  const said = (query.text ?? '').trim().slice(0, 100);
  const found = said === '' ? undefined : await request.ask(colleagues, { text: said });
  const words = await formWords(request, 'share');
  return (
    <>
      <h2>Ask a colleague to work with this family</h2>
      <Filters action={`/families/${family}/helping`} label="Find a colleague" submit="Find">
        <TextField
          name="text"
          label="Colleague or team"
          hint="Part of a name, a post or a team"
          value={said}
          type="search"
          spellcheck={false}
        />
      </Filters>
      {found?.length === 0 ? <p>Nobody who works with families matches “{said}”.</p> : null}
      {found && found.length > 0 ? (
        <Form
          shell={shell}
          action={`/families/${family}/helping?${new URLSearchParams({ text: said })}`}
          idempotencyKey={randomUUID()}
          submit="Share the family"
        >
          <Hidden name="_form" value="share" />
          <Radios
            name="with"
            label="Who will work with the family?"
            choices={found.map((colleague) => ({
              value: colleague.id,
              label: colleague.whole_post ? `${colleague.post}, ${colleague.name}` : colleague.name,
              hint: colleague.whole_post ? 'Whoever holds this post, now and later' : colleague.post,
            }))}
            value={words.text('with')}
            error={words.errors.with}
          />
        </Form>
      ) : null}
    </>
  );
}

/** Who works with a family: sharing it, and handing it back. */
export const helpingPage: PageDefinition = {
  path: '/families/:id/helping',
  title: 'Who works with a family',
  who: practitioners,
  async show(request) {
    const { shell, identity, refused } = request;
    const id = idFrom(request);
    const [family, everybody] = await Promise.all([
      request.askOne(open, { family: id }),
      request.ask(helpers, { family: id }),
    ]);
    const changes = may(identity, frontLine);
    const words = await formWords(request, refused?.form ?? 'share');
    return (
      <Page
        shell={shell}
        title="Who works with this family"
        back={{ href: `/families/${id}`, text: family.name }}
        wide
        errors={words.errors}
      >
        <Table
          caption="Who works with this family"
          captionHidden
          small="stack"
          columns={[
            { key: 'who', title: 'Who', width: 'wide' },
            { key: 'team', title: 'Post and team', width: 'wide' },
            { key: 'since', title: 'Since' },
            ...(changes ? [{ key: 'end', title: 'End' }] : []),
          ]}
          rows={everybody.map((helper) => ({
            who: helper.mine ? `${nameOf(helper)} (you)` : nameOf(helper),
            team: [helper.post, helper.team].filter(Boolean).join(', ') || 'No post at present',
            since: `${dayOf(helper.since)}${helper.given_by ? `, given by ${helper.given_by}` : ''}`,
            end: (
              <InlineForm
                shell={shell}
                action={`/families/${id}/helping`}
                idempotencyKey={randomUUID()}
                fields={{ _form: 'end', reason: helper.reason }}
                submit={helper.mine ? 'Hand back' : 'End'}
                about={helper.mine ? 'this family' : `that ${nameOf(helper)} works with this family`}
              />
            ),
          }))}
          empty={<p>Nobody at present.</p>}
        />
        {changes ? await Share({ request, family: id }) : null}
      </Page>
    );
  },
  forms: {
    share: form({
      action: shareFamily,
      input: (fields, params) => ({ ...fields, family: params.id }),
      done: ({ family }) => ({ to: `/families/${family}/helping`, notice: 'The family is shared' }),
    }),
    end: form({
      action: handBack,
      input: (fields, params) => ({ ...fields, family: params.id }),
      done: () => ({ to: '/families', notice: 'That has ended' }),
    }),
  },
};

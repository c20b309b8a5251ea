import { randomUUID } from 'node:crypto';
import { Form, Hidden, Inset, Page } from '../../../platform/ui/index.ts';
import { form, type PageDefinition } from '../../../platform/web/page.ts';
import { formWords, idFrom } from '../../families/pages/forms.ts';
import { practitioners } from '../../roles.ts';
import { handOver } from '../actions.ts';
import { everythingInHand, type InHand } from '../in-hand.ts';
import { helpers, stands } from '../queries.ts';
import { isWorking } from '../rules.ts';
import { ChooseColleague, FindColleague, foundColleagues, NobodyFound } from './colleague.tsx';

/** Handing a family over to a colleague, another team or another organisation: everything in hand, on one page, in one step. */
export const handOverPage = (inHand: readonly InHand[]): PageDefinition => ({
  path: '/families/:id/hand-over',
  title: 'Hand over a family',
  who: practitioners,
  async show(request) {
    const id = idFrom(request);
    const [family, everybody, areas, { said, found }] = await Promise.all([
      request.askOne(stands, { family: id }),
      request.ask(helpers, { family: id }),
      everythingInHand(inHand, request, id),
      foundColleagues(request),
    ]);
    const working = everybody.filter((helper) => isWorking(helper.kind));
    const wanted = request.query.reason;
    const from =
      working.find((helper) => helper.reason === wanted) ??
      working.find((helper) => helper.mine) ??
      working[0];
    const words = await formWords(request, 'form');
    const name = from?.names || from?.post || 'Nobody in post at present';
    const roles = working.filter((helper) => helper.names === from?.names && helper.post === from?.post);
    const also = { reason: from?.reason ?? '' };
    return (
      <Page
        shell={request.shell}
        title={`Hand over the ${family.name} family`}
        back={{ href: `/families/${id}/helping`, text: 'Who works with this family' }}
        errors={words.errors}
        lead={
          from?.mine
            ? 'You stop seeing this family as soon as it is handed over.'
            : `${name} stops seeing this family as soon as it is handed over.`
        }
      >
        <h2>What goes over</h2>
        <p>
          {name}: {roles.map((helper) => helper.kind_title).join(', ')}.
        </p>
        <h2>Everything in hand</h2>
        {areas.length === 0 ? (
          <p>Nothing is begun and unfinished. The whole record goes over as it stands.</p>
        ) : (
          areas.map(({ title, items }) => (
            <section key={title} aria-label={title}>
              <h3>{title}</h3>
              <ul>
                {items.map((item) => (
                  <li key={item.href}>
                    <a href={item.href}>{item.text}</a>
                  </li>
                ))}
              </ul>
            </section>
          ))
        )}
        <Inset>
          <p>All of it stays with the family. Nobody has to ask the family again.</p>
        </Inset>
        {family.in_charge && from ? (
          <>
            <h2>To whom</h2>
            <FindColleague action={`/families/${id}/hand-over`} said={said} also={also} />
            {found?.length === 0 ? <NobodyFound said={said} /> : null}
            {found && found.length > 0 ? (
              <Form
                shell={request.shell}
                action={`/families/${id}/hand-over?${new URLSearchParams({ ...also, text: said })}`}
                idempotencyKey={randomUUID()}
                submit="Hand over"
                secondary={<a href={`/families/${id}/helping`}>Leave without handing over</a>}
              >
                <Hidden name="reason" value={from.reason} />
                <ChooseColleague
                  name="to"
                  label="Who takes this over?"
                  found={found}
                  value={words.text('to')}
                  error={words.errors.to}
                />
              </Form>
            ) : null}
          </>
        ) : null}
      </Page>
    );
  },
  forms: {
    form: form({
      action: handOver,
      input: (fields, params) => ({ ...fields, family: params.id }),
      done: () => ({ to: '/families', notice: 'The family is handed over, and both are told' }),
    }),
  },
});

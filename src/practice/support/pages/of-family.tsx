import type { z } from 'zod';
import { dayShort } from '../../../platform/days.ts';
import { ButtonLink, Page, Table } from '../../../platform/ui/index.ts';
import type { PageDefinition, PageRequest } from '../../../platform/web/page.ts';
import type { FamilyPanel } from '../../../record/area.ts';
import { idFrom } from '../../../record/families/pages/forms.ts';
import { open } from '../../../record/families/queries.ts';
import { practitioners } from '../../../record/roles.ts';
import { ofFamily } from '../queries.ts';
import { levelWords } from '../rules.ts';
import { DueIn, requestHref, StateTag, supportHref } from './words.tsx';

type Help = z.output<typeof ofFamily.row>;

const live = ({ state }: Help) => ['sent', 'acknowledged', 'waiting', 'active', 'paused'].includes(state);

const HelpTable = ({
  help,
  caption,
  today,
  empty,
}: {
  help: readonly Help[];
  caption: string;
  today: Temporal.PlainDate;
  empty: string;
}) => (
  <Table
    caption={caption}
    captionHidden
    small="stack"
    columns={[
      { key: 'what', title: 'Help', width: 'wide' },
      { key: 'who', title: 'Who is helping' },
      { key: 'state', title: 'State' },
    ]}
    rows={help.map((each) => ({
      what: (
        <>
          <a href={each.kind === 'request' ? requestHref(each.id) : supportHref(each.id)}>{each.title}</a>
          <div class="kith-quiet">
            {[each.people, each.level === null ? null : levelWords[each.level]].filter(Boolean).join('; ')}
          </div>
        </>
      ),
      who: [each.lead, each.team].filter(Boolean).join(', '),
      state: (
        <>
          <StateTag state={each.state} />{' '}
          {live(each) && each.answerBy !== null ? (
            <DueIn what="Answer" due={each.answerBy} today={today} />
          ) : (
            `${each.until === null ? 'since ' : ''}${dayShort(each.until ?? each.day)}`
          )}{' '}
          {each.state === 'ended' ? <a href={`${supportHref(each.id)}/back`}>Come back</a> : null}
        </>
      ),
    }))}
    empty={<p>{empty}</p>}
  />
);

async function helpOf(request: PageRequest, family: string) {
  const all = await request.ask(ofFamily, { family });
  return { now: all.filter(live), before: all.filter((each) => !live(each)) };
}

/** Who is helping a family, what it waits for, and what it had. */
export const familyPage: PageDefinition = {
  path: '/families/:id/support',
  title: 'Who is helping a family',
  who: practitioners,
  async show(request) {
    const family = idFrom(request);
    const [{ name }, { now, before }] = await Promise.all([
      request.askOne(open, { family }),
      helpOf(request, family),
    ]);
    return (
      <Page
        shell={request.shell}
        title="Who is helping"
        lead={`The ${name} family`}
        back={{ href: `/families/${family}`, text: `The ${name} family` }}
        actions={<ButtonLink href={`/families/${family}/support/ask`}>Ask for help</ButtonLink>}
        wide
      >
        <HelpTable
          help={now}
          caption="Help now"
          today={request.today}
          empty="Nobody is helping at present, and nothing is asked for."
        />
        <h2>Help they had</h2>
        <p>A family can come back to help it had, without asking anew.</p>
        <HelpTable help={before} caption="Help they had" today={request.today} empty="None yet." />
      </Page>
    );
  },
};

/** Who is helping, on the page of a family. */
export const familyPanel: FamilyPanel = {
  title: 'Who is helping',
  who: practitioners,
  async load(request, family) {
    const { now, before } = await helpOf(request, family);
    return (
      <>
        <HelpTable
          help={now}
          caption="Who is helping"
          today={request.today}
          empty="Nobody is helping at present, and nothing is asked for."
        />
        <p>
          <a href={`/families/${family}/support/ask`}>Ask for help</a>
          {' · '}
          <a href={`/families/${family}/support`}>
            {before.length > 0 ? 'Help they had, and coming back' : 'Everything about help'}
          </a>
        </p>
      </>
    );
  },
};

import { dayShort } from '../../../platform/days.ts';
import { ButtonLink, Page, Table } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import type { FamilyPanel } from '../../../record/area.ts';
import { idFrom } from '../../../record/families/pages/forms.ts';
import { open } from '../../../record/families/queries.ts';
import { practitioners } from '../../../record/roles.ts';
import { processHref } from '../asking.ts';
import { type Listed, ofFamily } from '../queries.ts';
import { endingWords } from '../rules.ts';
import { NextText, StateTag } from './words.tsx';

const FamilyTable = ({ all, today }: { all: readonly Listed[]; today: Temporal.PlainDate }) => (
  <Table
    caption="Family group meetings"
    captionHidden
    small="stack"
    columns={[
      { key: 'what', title: 'Asked', width: 'wide' },
      { key: 'who', title: 'Coordinator' },
      { key: 'state', title: 'State' },
    ]}
    rows={all.map((each) => ({
      what: (
        <>
          <a href={processHref(each.id)}>{dayShort(each.askedOn)}</a>
          <div class="kith-quiet">{[each.children, each.reference].filter(Boolean).join('; ')}</div>
        </>
      ),
      who: each.coordinator ?? 'Nobody yet',
      state: (
        <>
          <StateTag state={each.state} /> <NextText of={each} today={today} />
          {each.endedOn === null ? null : (
            <div class="kith-quiet">
              {endingWords(each.ending)}, {dayShort(each.endedOn)}
            </div>
          )}
        </>
      ),
    }))}
    empty={<p>None has been asked for.</p>}
  />
);

/** The family group meetings of a family: the one that goes on, and those before. */
export const familyPage: PageDefinition = {
  path: '/families/:id/family-meetings',
  title: 'Family group meetings of a family',
  who: practitioners,
  async show(request) {
    const family = idFrom(request);
    const [{ name }, all] = await Promise.all([
      request.askOne(open, { family }),
      request.ask(ofFamily, { family }),
    ]);
    const live = all.some(
      ({ state }) => state === 'waiting' || state === 'preparing' || state === 'following',
    );
    return (
      <Page
        shell={request.shell}
        title="Family group meetings"
        lead={`The ${name} family`}
        back={{ href: `/families/${family}`, text: `The ${name} family` }}
        actions={
          live ? undefined : (
            <ButtonLink href={`/families/${family}/family-meetings/ask`}>Ask for a meeting</ButtonLink>
          )
        }
        wide
      >
        <FamilyTable all={all} today={request.today} />
      </Page>
    );
  },
};

/** Family group meetings, on the page of a family. */
export const familyPanel: FamilyPanel = {
  title: 'Family group meetings',
  who: practitioners,
  async load(request, family) {
    const all = await request.ask(ofFamily, { family });
    const live = all.filter(
      ({ state }) => state === 'waiting' || state === 'preparing' || state === 'following',
    );
    return (
      <>
        {live.length === 0 ? (
          <p>
            {all.length === 0 ? 'None has been asked for.' : 'None at present.'}{' '}
            <a href={`/families/${family}/family-meetings/ask`}>Ask for a family group meeting</a>
          </p>
        ) : (
          <FamilyTable all={live} today={request.today} />
        )}
        {all.length > live.length ? (
          <p>
            <a href={`/families/${family}/family-meetings`}>Those before</a>
          </p>
        ) : null}
      </>
    );
  },
};

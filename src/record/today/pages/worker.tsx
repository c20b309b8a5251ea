import { dayText } from '../../../platform/days.ts';
import { ButtonLink, DescriptionEmpty, Page, Table } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import { managers } from '../../knowing/rules.ts';
import { clockHistory } from '../../tasks/clock-queries.ts';
import { supervisions, worker, workerFamilies } from '../team-queries.ts';
import { Contact, Reviewed, ToDo, weekly } from './parts.tsx';

/** One worker for their manager: their families, how each is doing, and supervision. */
export const workerPage: PageDefinition = {
  path: '/team/:account',
  title: 'A worker of your team',
  who: managers,
  async show(request) {
    const account = idFrom(request, 'account');
    const who = await request.askOne(worker, { account });
    const [them, held, clocks] = await Promise.all([
      request.ask(workerFamilies, { account }),
      request.ask(supervisions, { account }),
      request.ask(clockHistory, { clock: 'team-review' }),
    ]);
    const clock = weekly(clocks, request.today);
    return (
      <Page
        shell={request.shell}
        title={who.name}
        crumbs={[{ href: '/team', text: 'Team' }]}
        actions={<ButtonLink href={`/team/${account}/supervision`}>Write down a supervision</ButtonLink>}
        wide
      >
        <Table
          caption="Families"
          small="stack"
          columns={[
            { key: 'name', title: 'Family' },
            { key: 'review', title: 'This week', width: 'wide' },
            { key: 'contact', title: 'Last in touch', width: 'wide' },
            { key: 'todo', title: 'To do' },
            { key: 'look', title: 'Review' },
          ]}
          rows={them.map((family) => ({
            name: (
              <>
                <a href={`/families/${family.about}`}>{family.name}</a>
                {family.lead ? <span class="kith-quiet">, lead professional</span> : null}
              </>
            ),
            review: <Reviewed family={family} clock={clock} today={request.today} />,
            contact: <Contact family={family} today={request.today} />,
            todo: <ToDo family={family} />,
            look: (
              <a href={`/families/${family.about}/review`}>
                Review<span class="visually-hidden"> the {family.name} family</span>
              </a>
            ),
          }))}
          empty={
            <DescriptionEmpty
              title="No families that you can see"
              text="You see the families for which you have a reason: those you manage, or work with yourself."
            />
          }
        />
        <p class="kith-quiet">
          Only the families that you have a reason to see are listed. Last in touch is what is written down,
          by any agency.
        </p>
        <h2>Supervision</h2>
        {held.length === 0 ? (
          <p>None is written down between the two of you.</p>
        ) : (
          <ul>
            {held.map((each) => (
              <li key={each.supervision}>
                <a href={`/supervision/${each.supervision}`}>{dayText(each.held_on)}</a>
                <span class="kith-quiet">, with {each.manager_name}</span>
              </li>
            ))}
          </ul>
        )}
      </Page>
    );
  },
};

import { dayText, momentText } from '../../../platform/days.ts';
import { Inset, Page, SummaryList } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import { practitioners } from '../../roles.ts';
import { voluntaryText } from '../document.ts';
import { edition } from '../queries.ts';
import { levelWords } from '../rules.ts';
import { editionNumber } from './files.ts';
import { givenOf, NeedShown, namesOf, Paragraphs, SaveAs, ViewShown } from './parts.tsx';

/** A plan as it was agreed on a day, whole. */
export const editionPage: PageDefinition = {
  path: '/plans/:plan/agreed/:number',
  title: 'A plan as it was agreed',
  who: practitioners,
  async show(request) {
    const id = idFrom(request, 'plan');
    const number = editionNumber(request);
    const kept = await request.askOne(edition, { plan: id, number });
    const { whole } = kept;
    return (
      <Page
        shell={request.shell}
        title={`The plan of ${namesOf(whole.people)}, as agreed`}
        lead={dayText(kept.agreed_on)}
        back={{ href: `/plans/${id}`, text: 'The plan' }}
      >
        <Inset>
          <p>
            This is how it was agreed on {dayText(kept.agreed_on)}. It is kept as it was. Written down by{' '}
            {[kept.agreed_by, kept.agreed_as].filter(Boolean).join(', ')}, {momentText(kept.agreed_at)}.
          </p>
        </Inset>
        {kept.words === '' ? null : (
          <section>
            <h2>What had come of it</h2>
            <Paragraphs text={kept.words} />
          </section>
        )}
        <SummaryList
          rows={[
            { key: 'Why there is a plan', value: <Paragraphs text={whole.why} /> },
            { key: 'How much help', value: levelWords[whole.level] },
            { key: 'Is it voluntary?', value: voluntaryText(whole.compulsory) },
            { key: 'Lead professional', value: whole.lead === '' ? 'Nobody yet' : whole.lead },
            { key: 'To be looked at again by', value: dayText(kept.review_on) },
          ]}
        />
        <h2>What each person said</h2>
        {whole.views.length === 0 ? <p class="kith-quiet">Nothing was written down.</p> : null}
        {whole.views.map((view) => (
          <ViewShown key={view.id} view={view} />
        ))}
        <h2>Needs, and what would be done</h2>
        {whole.needs.map((need) => (
          <NeedShown key={need.id} need={need} whose={givenOf(whole.people)} />
        ))}
        <SaveAs file={`/plans/${id}/agreed/${number}/plan`} />
      </Page>
    );
  },
};

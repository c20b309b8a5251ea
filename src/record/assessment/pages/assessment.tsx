import { dayText, momentText } from '../../../platform/days.ts';
import { ButtonLink, Inset, Page } from '../../../platform/ui/index.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import { practitioners } from '../../roles.ts';
import { one } from '../queries.ts';
import { Drawn } from './drawn.tsx';
import { AnswersShown, Changes, First, namesOf } from './parts.tsx';

/** An assessment to be read: drawn, with what changed, and with every answer as text beneath. */
export const assessmentPage: PageDefinition = {
  path: '/assessments/:assessment',
  title: 'How somebody is doing',
  who: practitioners,
  async show(request) {
    const id = idFrom(request, 'assessment');
    const of = await request.askOne(one, { assessment: id });
    const signed = of.signed_at !== null;
    return (
      <Page
        shell={request.shell}
        title={of.title}
        lead={`${namesOf(of.people)}, ${dayText(of.held_on)}`}
        back={{ href: `/families/${of.about}/assessments`, text: `How the ${of.family} family is doing` }}
        actions={
          signed ? (
            <ButtonLink kind="secondary" href={`/families/${of.about}/assessments/add?from=${id}`}>
              Start the next one from this
            </ButtonLink>
          ) : (
            <ButtonLink href={`/assessments/${id}/write`}>Go on writing</ButtonLink>
          )
        }
        wide
      >
        {of.next_id === null ? null : (
          <Inset>
            <p>
              There is a newer one. <a href={`/assessments/${of.next_id}`}>See how it is now</a>.
            </p>
          </Inset>
        )}
        <Drawn of={of} />
        <First of={of} />
        <Changes of={of} />
        <AnswersShown of={of} />
        <p class="ds_hint-text">
          {of.signed_at === null
            ? `Being written; last touched by ${of.touched_by ?? 'somebody'} on ${momentText(of.touched_at)}. Not signed yet.`
            : `Signed by ${[of.signed_by, of.signed_as].filter(Boolean).join(', ')} on ${momentText(of.signed_at)}. It is never changed.`}
          {of.before_id === null || of.before_on === null ? null : (
            <>
              {' '}
              It began from <a href={`/assessments/${of.before_id}`}>the one of {dayText(of.before_on)}</a>.
            </>
          )}
        </p>
      </Page>
    );
  },
};

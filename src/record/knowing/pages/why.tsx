import type { VNode } from 'preact';
import { dayOf, untilText } from '../../../platform/days.ts';
import { Details } from '../../../platform/ui/index.ts';

import type { FamilyPanel, PersonPanel } from '../../panels.ts';
import { practitioners } from '../../roles.ts';
import { keptBack, type Why, why, whyOfPerson } from '../queries.ts';

/** One reason in a sentence: what it is, since and until when, who gave it, and what was written for it. */
const sentence = (reason: Why): string =>
  [
    reason.stands_in_for ? `You stand in for ${reason.stands_in_for}, who is away` : reason.title,
    reason.through ? `as ${reason.through}` : '',
    `since ${dayOf(reason.since)}`,
    reason.until ? `until ${untilText(reason.until)}` : '',
    reason.given_by ? `given by ${reason.given_by}` : '',
  ]
    .filter(Boolean)
    .join(', ');

/** Every reason for which whoever reads this sees the record. `open` when the reasons are what the page is about. */
const WhyYouSeeThis = ({
  reasons,
  open,
  families,
}: {
  reasons: readonly Why[];
  open?: boolean;
  /** Says of which family each reason is: for a person, who may be in several. */
  families?: boolean;
}): VNode => (
  <Details summary="Why you can see this" open={open}>
    <ul>
      {reasons.map((reason) => (
        <li key={`${reason.about}${reason.kind}${reason.since.toString()}`}>
          {families ? `The ${reason.family} family: ` : ''}
          {sentence(reason)}
          {reason.words ? `. “${reason.words}”` : ''}
        </li>
      ))}
    </ul>
  </Details>
);

/** Why the reader sees this family. */
export const whyPanel: FamilyPanel = {
  title: 'Why you can see this',
  who: practitioners,
  load: async (request, family) => <WhyYouSeeThis reasons={await request.ask(why, { family })} />,
};

/** Why the reader sees this person: through which family, and for what reason. */
export const personWhyPanel: PersonPanel = {
  title: 'Why you can see this',
  who: practitioners,
  load: async (request, person) => (
    <WhyYouSeeThis reasons={await request.ask(whyOfPerson, { person })} families />
  ),
};

/** That a family has people whom the reader is not shown, because a restricted record keeps them; nothing when it has none. */
export const keptBackPanel: FamilyPanel = {
  title: 'People you are not shown',
  who: practitioners,
  async load(request, family) {
    const [back] = await request.ask(keptBack, { family });
    if (back === undefined) return null;
    return (
      <p>
        {back.people === 1
          ? 'One person in this family is not shown to you: their record is'
          : `${back.people} people in this family are not shown to you: their records are`}{' '}
        kept to people named one by one. If you have to know more, ask {back.ask.join(' or ')}.
      </p>
    );
  },
};

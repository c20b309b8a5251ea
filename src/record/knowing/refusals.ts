import { Problem } from '../../platform/problem.ts';

// What the refusals of the database mean to a person, by the name it gives them.

const refusal = (code: string, title: string, detail: string) => () =>
  new Problem(409, code, title, { detail });

/** Refusals of everything that changes who works with a family. */
export const workerRefusals = {
  somebody_stays: refusal(
    'somebody-stays',
    'Nobody would be left working with this family',
    'Share the family with a colleague first, then end this.',
  ),
  ended_already: refusal(
    'ended-already',
    'This has ended already',
    'Open the page again to see who works with the family.',
  ),
  same_holder: refusal(
    'same-holder',
    'They work with this family already',
    'Choose somebody else to hand over to.',
  ),
  restricted_record: refusal(
    'restricted-record',
    'This record is kept to people named one by one',
    'Choose a person. A team, a post or a stand-in cannot be given it.',
  ),
} as const;

export const coverRefusals = {
  nothing_to_cover: refusal(
    'nothing-to-cover',
    'There is no family to cover',
    'They work with no family of those chosen, or only with restricted ones, which are not covered.',
  ),
  ended_already: refusal('ended-already', 'This has ended already', 'Open the page again.'),
} as const;

export const answerRefusals = {
  answered_already: refusal(
    'answered-already',
    'Somebody has answered this already',
    'Open the page again to see what is still asked.',
  ),
  restricted_record: workerRefusals.restricted_record,
} as const;

export const urgentRefusals = {
  nothing_fits: refusal(
    'nothing-fits',
    'No record fits what you wrote',
    'Check the spelling and the date of birth, or give a number. If somebody is in danger now, ring the police on 999.',
  ),
  several_fit: refusal(
    'several-fit',
    'More than one person fits what you wrote',
    'Add the date of birth, or give a number such as the CHI number. Nothing has been opened.',
  ),
  sees_it_already: refusal(
    'sees-it-already',
    'You can see this record already',
    'Find it among your families. There is no need for urgent access.',
  ),
  reviewed_already: refusal(
    'reviewed-already',
    'Somebody has done this already',
    'Open the page again to see what they said.',
  ),
} as const;

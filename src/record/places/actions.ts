import { z } from 'zod';
import { action, type Doing } from '../../platform/actions/declare.ts';
import { day, id, optionalDay, version } from '../../platform/actions/fields.ts';
import { dayText } from '../../platform/days.ts';
import { changedMeanwhile, invalid, notFound, Problem } from '../../platform/problem.ts';
import { placeFields, placeId, professionalFields, roleThere, since } from './fields.ts';
import {
  changePlace,
  changeProfessional,
  endRole,
  endTeam,
  isTeam,
  kindOf,
  kindsInside,
  type OpenTime,
  removeRole,
  removeTeam,
  roleOf,
  teamThere,
  worksThere,
  writePlace,
  writeProfessional,
  writeRole,
  writeTeam,
} from './records.ts';
import { acquainted, cannotLieWithin, endingOf, keepers, kindWords, type PlaceKind } from './rules.ts';

const sameAgain = () =>
  invalid({
    name: 'There is a place of this kind and name there already. Open that one, or say how they differ',
  });
const sameCode = () => invalid({ code: 'Another place of this kind has this number. Check it' });
const sameTeam = () => invalid({ team: 'This team is there already' });
const endedAlready = () =>
  new Problem(409, 'ended-already', 'This has ended already', {
    detail: 'Open the page again to see how it stands.',
  });

const placeRefusals = {
  place_once: sameAgain,
  place_code: sameCode,
  place_within_itself: () => invalid({ within: 'It cannot be part of something that is part of it' }),
};

/** A place may lie where it is said to, and what lies within it may go on doing so. */
async function checkWithin(
  { rows }: Doing,
  kind: PlaceKind,
  within: string | undefined,
  place?: string,
): Promise<void> {
  const [above, inside] = await Promise.all([
    within === undefined ? undefined : kindOf(rows, within),
    place === undefined ? [] : kindsInside(rows, place),
  ]);
  if (within !== undefined) {
    const wrong = above === undefined ? 'Choose a place from the list' : cannotLieWithin(kind, above);
    if (wrong !== undefined) throw invalid({ within: wrong });
  }
  const left = inside.find((each) => cannotLieWithin(each, kind) !== undefined);
  if (left !== undefined) {
    throw invalid({ kind: `There is a ${kindWords[left].toLowerCase()} within this. Move that first` });
  }
}

export const add = action({
  name: 'places.add',
  title: 'Add a place to the list of places',
  who: keepers,
  about: 'nobody',
  input: z.object(placeFields),
  async run(doing, place) {
    await checkWithin(doing, place.kind, place.within);
    return { about: [], place: await writePlace(doing.rows, place) };
  },
  refusals: placeRefusals,
});

export const change = action({
  name: 'places.change',
  title: 'Change what is known of a place',
  who: keepers,
  about: 'nobody',
  input: z.object({
    place: placeId(),
    version: version(),
    ...placeFields,
    closedOn: optionalDay('Enter the day it closed'),
  }),
  async run(doing, { place, version: opened, closedOn, ...details }) {
    if ((await kindOf(doing.rows, place)) === undefined) throw notFound();
    await checkWithin(doing, details.kind, details.within, place);
    if ((await changePlace(doing.rows, place, opened, details, closedOn)) === 0) throw changedMeanwhile();
    return { about: [], place, version: opened + 1 };
  },
  refusals: placeRefusals,
});

async function checkNew(doing: Doing, place: string, name: string, role: string): Promise<void> {
  if (await worksThere(doing.rows, place, name, role, doing.today)) {
    throw invalid({
      name: 'Somebody of this name does this there already. If it is somebody else, say how to tell them apart',
    });
  }
}

export const addProfessional = action({
  name: 'places.add-professional',
  title: 'Add somebody who works at a place',
  who: acquainted,
  about: 'nobody',
  input: z.object({ place: placeId(), ...professionalFields, role: roleThere(), since: since() }),
  async run(doing, { place, role, since: from, ...details }) {
    if ((await kindOf(doing.rows, place)) === undefined) throw notFound();
    await checkNew(doing, place, details.name, role);
    const professional = await writeProfessional(doing.rows, details);
    await writeRole(doing.rows, professional, place, role, from);
    return { about: [], place, professional };
  },
});

export const changeProfessionalDetails = action({
  name: 'places.change-professional',
  title: 'Change the work contact details of somebody who helps families',
  who: acquainted,
  about: 'nobody',
  input: z.object({ professional: id(), version: version(), ...professionalFields }),
  async run({ rows }, { professional, version: opened, ...details }) {
    if ((await changeProfessional(rows, professional, opened, details)) === 0) throw changedMeanwhile();
    return { about: [], professional, version: opened + 1 };
  },
});

/** Whether a time that ends on this day never was; a refusal when it cannot end on it. */
function neverWas(had: OpenTime, on: Temporal.PlainDate, field = 'on'): boolean {
  const ending = endingOf(had, on);
  if (ending === 'ended already') throw endedAlready();
  if (ending === 'too early') {
    throw invalid({
      [field]: `Enter ${had.from ? dayText(had.from) : 'a later day'} or later: that is when this began`,
    });
  }
  return ending === 'never was';
}

const endOrRemove = (
  { rows }: Doing,
  role: string,
  had: OpenTime,
  on: Temporal.PlainDate,
  field?: string,
): Promise<number> => (neverWas(had, on, field) ? removeRole(rows, role) : endRole(rows, role, on));

export const moveProfessional = action({
  name: 'places.move-professional',
  title: 'Move somebody to another place of work',
  who: acquainted,
  about: 'nobody',
  input: z.object({
    leaves: id('Choose what they leave'),
    place: placeId(),
    newRole: roleThere(),
    movedOn: day('Enter the day they moved'),
  }),
  async run(doing, { leaves, place, newRole, movedOn }) {
    const had = await roleOf(doing.rows, leaves);
    if (had?.professional === undefined) throw notFound();
    if ((await kindOf(doing.rows, place)) === undefined)
      throw invalid({ place: 'Choose a place from the list' });
    await endOrRemove(doing, leaves, had, movedOn, 'movedOn');
    await writeRole(doing.rows, had.professional, place, newRole, movedOn);
    return { about: [], professional: had.professional };
  },
  refusals: { role_there_once: () => invalid({ newRole: 'They do this there already' }) },
});

export const endProfessionalRole = action({
  name: 'places.end-role',
  title: 'End that somebody works at a place',
  who: acquainted,
  about: 'nobody',
  input: z.object({ role: id(), on: day('Enter the day it ended') }),
  async run(doing, { role, on }) {
    const had = await roleOf(doing.rows, role);
    if (had?.professional === undefined) throw notFound();
    await endOrRemove(doing, role, had, on);
    return { about: [], professional: had.professional };
  },
});

export const addTeam = action({
  name: 'places.add-team',
  title: 'Say that a team of ours works at a place',
  who: keepers,
  about: 'nobody',
  input: z.object({ place: placeId(), team: id('Choose a team'), since: since() }),
  async run({ rows }, { place, team, since: from }) {
    const [kind, known] = await Promise.all([kindOf(rows, place), isTeam(rows, team)]);
    if (kind === undefined) throw notFound();
    if (!known) throw invalid({ team: 'Choose a team from the list' });
    await writeTeam(rows, team, place, from);
    return { about: [], place };
  },
  refusals: { team_there_once: sameTeam },
});

export const endTeamThere = action({
  name: 'places.end-team',
  title: 'End that a team of ours works at a place',
  who: keepers,
  about: 'nobody',
  input: z.object({ place: placeId(), work: id(), on: day('Enter the day it ended') }),
  async run({ rows }, { place, work, on }) {
    const had = await teamThere(rows, work);
    if (had === undefined) throw notFound();
    await (neverWas(had, on) ? removeTeam(rows, work) : endTeam(rows, work, on));
    return { about: [], place };
  },
});

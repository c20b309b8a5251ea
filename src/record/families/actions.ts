import sql from 'sql-template-tag';
import { z } from 'zod';
import { action, type Doing } from '../../platform/actions/declare.ts';
import { id, text, version } from '../../platform/actions/fields.ts';
import { changedMeanwhile, invalid, notFound } from '../../platform/problem.ts';
import { followPeople } from '../chronology/following.ts';
import { familyFields, familyId, newMember, optionalPostcode, personFields } from '../fields.ts';
import { writeFirstHome } from '../homes/records.ts';
import { workerRefusals } from '../knowing/refusals.ts';
import { frontLine, practitioners } from '../roles.ts';
import {
  changeFamily,
  changePerson,
  familyName,
  isMember,
  newIds,
  worksWithFamilies,
  writeFamily,
  writePeople,
} from './records.ts';

/** Somebody not yet born has a place in the record only when expected dates are: see the issue on the shared record. */
function checkBorn(
  dateOfBirth: Temporal.PlainDate | undefined,
  today: Temporal.PlainDate,
  field: string,
): void {
  if (dateOfBirth !== undefined && Temporal.PlainDate.compare(dateOfBirth, today) > 0) {
    throw invalid({ [field]: 'Enter a date of birth that is today or earlier' });
  }
}

const share = ({ rows }: Doing, family: string, holder: string) =>
  rows.run(sql`select record.allocate(${family}::uuid, ${holder}::uuid, 'allocated')`);

async function checkColleague({ rows }: Doing, holder: string, field: string): Promise<void> {
  if (!(await worksWithFamilies(rows, holder, practitioners))) {
    throw invalid({ [field]: 'Choose a colleague or a team that works with families' });
  }
}

export const add = action({
  name: 'families.add',
  title: 'Add a family',
  who: frontLine,
  about: 'the family that is added',
  input: z.object({
    ...familyFields,
    /** Where they all live now; one by one, homes are said on the page of each person. */
    postcode: optionalPostcode(),
    members: z
      .array(newMember)
      .min(1, 'Add at least one person')
      .max(30, 'Add the first 30 people, then the others one by one'),
  }),
  async run({ rows, today }, input) {
    input.members.forEach((member, index) => {
      checkBorn(member.dateOfBirth, today, `members.${index}.dateOfBirth`);
    });
    // First the reason, then the record: row-level security accepts a family only from somebody who may see it.
    const [[opened], [address = '', ...people]] = await Promise.all([
      rows.many<{ id: string }>(sql`select access.open_subject('allocated') as id`),
      newIds(rows, input.members.length + 1),
    ]);
    if (opened === undefined) throw new Error('no record was opened');
    const family = opened.id;
    await Promise.all([
      writeFamily(rows, family, input),
      writePeople(
        rows,
        family,
        input.members.map((member, index) => ({
          ...member,
          id: people[index] ?? '',
          familyName: member.familyName === '' ? input.name : member.familyName,
        })),
      ),
      input.postcode === undefined ? 0 : writeFirstHome(rows, address, input.postcode, people),
    ]);
    await followPeople(rows, people);
    return { about: [family, ...people], family, people };
  },
});

export const addPerson = action({
  name: 'families.add-person',
  title: 'Add a person to a family',
  who: frontLine,
  about: 'the family and the person',
  input: newMember.extend({ family: familyId() }),
  async run({ rows, today }, { family, ...person }) {
    checkBorn(person.dateOfBirth, today, 'dateOfBirth');
    const name = await familyName(rows, family);
    if (name === undefined) throw notFound();
    const [made = ''] = await newIds(rows, 1);
    await writePeople(rows, family, [
      { ...person, id: made, familyName: person.familyName === '' ? name : person.familyName },
    ]);
    await followPeople(rows, [made]);
    return { about: [family, made], family, person: made };
  },
});

export const change = action({
  name: 'families.change',
  title: 'Change a family’s details',
  who: frontLine,
  about: 'the family',
  input: z.object({ family: familyId(), version: version(), ...familyFields }),
  async run({ rows }, { family, version: opened, ...details }) {
    if ((await changeFamily(rows, family, opened, details)) === 0) {
      throw (await familyName(rows, family)) === undefined ? notFound() : changedMeanwhile();
    }
    return { about: [family], family, version: opened + 1 };
  },
});

export const changePersonDetails = action({
  name: 'families.change-person',
  title: 'Change a person’s details',
  who: frontLine,
  about: 'the family and the person',
  input: z.object({
    family: familyId(),
    person: id(),
    version: version(),
    ...personFields,
    familyName: text(200, 'Enter their family name'),
  }),
  async run({ rows, today }, { family, person, version: opened, ...details }) {
    checkBorn(details.dateOfBirth, today, 'dateOfBirth');
    if ((await changePerson(rows, family, person, opened, details)) === 0) {
      throw (await isMember(rows, family, person)) ? changedMeanwhile() : notFound();
    }
    await followPeople(rows, [person]);
    return { about: [family, person], family, person, version: opened + 1 };
  },
});

export const shareFamily = action({
  name: 'families.share',
  title: 'Ask a colleague to work with a family',
  who: frontLine,
  about: 'the family',
  input: z.object({ family: familyId(), with: id('Choose a colleague or a team') }),
  async run(doing, { family, with: holder }) {
    if ((await familyName(doing.rows, family)) === undefined) throw notFound();
    await checkColleague(doing, holder, 'with');
    await share(doing, family, holder);
    return { about: [family], family };
  },
  refusals: workerRefusals,
});

export const handBack = action({
  name: 'families.hand-back',
  title: 'End that somebody works with a family',
  who: frontLine,
  about: 'the family',
  input: z.object({ family: familyId(), reason: id(), to: id().optional() }),
  async run(doing, { family, reason, to }) {
    if ((await familyName(doing.rows, family)) === undefined) throw notFound();
    if (to === undefined) {
      await doing.rows.run(sql`select record.hand_back(${family}::uuid, ${reason}::uuid)`);
    } else {
      await checkColleague(doing, to, 'to');
      await doing.rows.run(sql`select record.hand_over(${family}::uuid, ${reason}::uuid, ${to}::uuid)`);
    }
    return { about: [family], family };
  },
  refusals: workerRefusals,
});

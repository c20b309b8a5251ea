import type { z } from 'zod';
import { Inset, Table } from '../../../platform/ui/index.ts';
import { nearestFirst, type Wanted } from '../likely.ts';
import { likelihoodText } from '../matching/score.ts';
import type { likely } from '../queries.ts';
import { nameAndBirth } from './same-person.tsx';

/**
 * People who may be the one about to be added, before a new record is made: those whom the asker sees with what agrees, of the
 * others a team to ask. Nothing when there is nobody. `wanted` is what was typed; `rows` the answer of `same-person.likely`.
 */
export const LikelyPeople = ({
  wanted,
  rows,
}: {
  wanted: Wanted;
  rows: readonly z.output<typeof likely.row>[];
}) => {
  const seen = nearestFirst(wanted, rows);
  const teams = [...new Set(rows.filter((row) => row.person === null).flatMap((row) => row.ask))];
  const hidden = rows.some((row) => row.person === null);
  if (seen.length === 0 && !hidden) return null;
  return (
    <>
      {hidden ? (
        <Inset>
          <p>
            A record that may be {wanted.givenName} {wanted.familyName} exists. Ask{' '}
            {teams.length > 0 ? teams.join(' or ') : 'your team manager'} before you add another.
          </p>
        </Inset>
      ) : null}
      {seen.length === 0 ? null : (
        <Table
          caption={`Is ${wanted.givenName} ${wanted.familyName} one of these?`}
          small="stack"
          columns={[
            { key: 'who', title: 'Person' },
            { key: 'family', title: 'Family' },
            { key: 'why', title: 'What agrees', width: 'wide' },
            { key: 'likely', title: 'How likely' },
          ]}
          rows={seen.map(({ facts, family, familyName, score }) => ({
            who: (
              <a href={`/people/${facts.id}`}>
                {nameAndBirth(`${facts.givenName} ${facts.familyName}`, facts.born)}
              </a>
            ),
            family: <a href={`/families/${family}`}>{familyName}</a>,
            why: score
              .reasons()
              .filter(({ weight }) => weight > 0)
              .map(({ title }) => title)
              .join('; '),
            likely: likelihoodText(score.probability),
          }))}
          empty={null}
        />
      )}
    </>
  );
};

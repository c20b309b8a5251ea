import type { z } from 'zod';
import { Filters, Hidden, Radios, TextField } from '../../../platform/ui/index.ts';
import type { PageRequest } from '../../../platform/web/page.ts';
import { colleagues } from '../../families/queries.ts';

export type Colleague = z.output<typeof colleagues.row>;

/** What was typed to find a colleague, and who was found; undefined while nothing is typed. */
export async function foundColleagues(
  request: PageRequest,
): Promise<{ said: string; found: readonly Colleague[] | undefined }> {
  const said = (request.query.text ?? '').trim().slice(0, 100);
  return { said, found: said === '' ? undefined : await request.ask(colleagues, { text: said }) };
}

/** Finds a colleague or a team by part of a name. `also` is carried along, so that the page comes back as it was. */
export const FindColleague = ({
  action,
  said,
  also = {},
  teams = true,
}: {
  action: string;
  said: string;
  also?: Readonly<Record<string, string>>;
  teams?: boolean;
}) => (
  <Filters action={action} label="Find a colleague" submit="Find">
    {Object.entries(also).map(([name, value]) => (
      <Hidden key={name} name={name} value={value} />
    ))}
    <TextField
      name="text"
      label={teams ? 'Colleague or team' : 'Colleague'}
      hint={teams ? 'Part of a name, a post or a team' : 'Part of a name'}
      value={said}
      type="search"
      spellcheck={false}
    />
  </Filters>
);

/** The colleagues found, to choose one. */
export const ChooseColleague = ({
  name,
  label,
  found,
  value,
  error,
}: {
  name: string;
  label: string;
  found: readonly Colleague[];
  value: string;
  error: string | undefined;
}) => (
  <Radios
    name={name}
    label={label}
    choices={found.map((colleague) => ({
      value: colleague.id,
      label: colleague.whole_post ? `${colleague.post}, ${colleague.name}` : colleague.name,
      hint: colleague.whole_post ? 'Whoever holds this post, now and later' : colleague.post,
    }))}
    value={value}
    error={error}
  />
);

/** Said when nobody was found. */
export const NobodyFound = ({ said }: { said: string }) => (
  <p>Nobody who works with families matches “{said}”.</p>
);

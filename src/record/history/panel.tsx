import { dayText } from '../../platform/days.ts';
import { DateField, Filters } from '../../platform/ui/index.ts';
import type { PageRequest } from '../../platform/web/page.ts';
import type { Panel } from '../panels.ts';
import { practitioners } from '../roles.ts';
import { corrected } from './queries.ts';

/** What has been corrected since the day that is looked at. */
async function Since(request: PageRequest, id: string) {
  const corrections = await request.ask(corrected, { of: id });
  if (corrections.length === 0) return <p>Nothing has been corrected here since that day.</p>;
  return (
    <>
      <p>Corrected since that day:</p>
      <ul>
        {corrections.map(({ given_name, what, why, at, by }) => (
          <li key={at.toString()}>
            {given_name}, {what}: {why} ({dayText(at.toZonedDateTimeISO('Europe/London').toPlainDate())}
            {by === null ? '' : `, ${by}`})
          </li>
        ))}
      </ul>
    </>
  );
}

const panelOf = (place: 'families' | 'people'): Panel => ({
  title: 'As it stood',
  who: practitioners,
  async load(request, id) {
    return (
      <>
        {request.asAt ? (
          await Since(request, id)
        ) : (
          <p>See this page as it stood on a day before today: what was known then, and nothing since.</p>
        )}
        <Filters action={`/${place}/${id}`} label="See a past day" submit="Show that day">
          <DateField name="as-at" label="Day" value={request.asAt?.day.toString()} />
        </Filters>
      </>
    );
  },
});

/** The way to a past day on the page of a family, and on that of a person. */
export const familyPanel = panelOf('families');
export const personPanel = panelOf('people');

/** A panel of an area that keeps no past: on a past day it says so, in place of showing what is true today. */
export const onlyToday = (panel: Panel): Panel => ({
  ...panel,
  load: async (request, id) =>
    request.asAt ? (
      <p>This is not kept as it stood: see the page as it is today.</p>
    ) : (
      panel.load(request, id)
    ),
});

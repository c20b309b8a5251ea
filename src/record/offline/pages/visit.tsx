import { momentText } from '../../../platform/days.ts';
import { Problem } from '../../../platform/problem.ts';
import { Page, Tag } from '../../../platform/ui/index.ts';
import { form, type PageDefinition, type PageRequest } from '../../../platform/web/page.ts';
import { formWords } from '../../families/pages/forms.ts';
import { mine } from '../../families/queries.ts';
import { practitioners } from '../../roles.ts';
import { write } from '../actions.ts';
import { arrived, type keysWith } from '../queries.ts';
import { calledBy } from '../rules.ts';
import { installable, VisitForm } from './visit-form.tsx';

/** The visits that have arrived and wait, and the last ones that became notes. */
const Arrived = async (request: PageRequest) => {
  const all = await request.ask(arrived, {});
  const waiting = all.filter(({ state }) => state === 'waiting');
  const signed = all.filter(({ state }) => state === 'signed');
  if (all.length === 0) return null;
  return (
    <section aria-labelledby="visits-arrived">
      <h2 id="visits-arrived">Visits that arrived</h2>
      {waiting.length === 0 ? null : (
        <>
          <p>Only you see these. Choose the family and sign, and they are saved for everyone.</p>
          <ul>
            {waiting.map((visit) => (
              <li key={visit.id}>
                <Tag tone="active">Arrived</Tag> <a href={`/visit/arrived/${visit.id}`}>{calledBy(visit)}</a>,
                written {momentText(visit.written_at)}
                {visit.finished ? '' : ', not finished'}
              </li>
            ))}
          </ul>
        </>
      )}
      {signed.length === 0 ? null : (
        <ul>
          {signed.map((visit) => (
            <li key={visit.id}>
              <Tag tone="good">Saved for everyone</Tag>{' '}
              <a href={`/notes/${visit.note_id}`}>The visit written {momentText(visit.written_at)}</a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};

/** Writing a visit, with signal or without: `keys` is the query that gives a device its keys. */
export const visitPage = (keys: ReturnType<typeof keysWith>): PageDefinition => ({
  path: '/visit',
  title: 'Write a visit',
  who: practitioners,
  async show(request) {
    const { shell, today } = request;
    const [words, list, families, ours] = await Promise.all([
      formWords(request, 'form', { on: today.toString() }),
      Arrived(request),
      request.ask(mine, {}),
      request.askOne(keys, {}).catch((error: unknown) => {
        if (error instanceof Problem && error.status === 503) return undefined;
        throw error;
      }),
    ]);
    return (
      <Page
        shell={shell}
        title="Write a visit"
        lead="It works with no signal too, once you have opened it on your device. What you write is sealed at once, and sent when there is signal."
        errors={words.errors}
        {...(ours ? installable : {})}
      >
        <VisitForm
          shell={shell}
          keys={ours}
          text={words.text}
          errors={words.errors}
          families={families}
          arrived={list}
        />
      </Page>
    );
  },
  forms: {
    form: form({
      action: write,
      done: ({ visit }) => ({
        to: `/visit/arrived/${visit}`,
        notice: 'Saved. Only you see it until you have chosen the family and signed it',
      }),
    }),
  },
});

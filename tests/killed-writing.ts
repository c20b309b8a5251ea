import { parseHTML } from 'linkedom';
import type { Client } from 'pg';
import type { Desk } from '../src/platform/actions/desk.ts';
import type { Worker } from '../src/platform/testing/people.ts';
import { begin as beginAssessment } from '../src/record/assessment/actions.ts';
import { makeFamily } from '../src/record/notes/testing.ts';

// Somebody who writes an assessment in a browser, over HTTP: each time they type, everything on the page says which time it
// was, so that what comes back shows of itself what is missing, and whether it is whole.

export type Step = 'draft' | 'save' | 'sign';
type Fields = Readonly<Record<string, string>>;

/** What was sent and not answered: the same is sent again, as a browser does when the page is loaded again. */
interface Sent {
  step: Step;
  to: string;
  fields: Fields;
}

export interface Writing {
  id: string;
  family: string;
  /** What is still to be done. */
  steps: Step[];
  /** Which time they typed last, and which was typed when they were last told that it is kept. */
  typed: number;
  told: number;
  /** How many saves, and whether a signature, they were told of. */
  saves: number;
  signed: boolean;
  cut?: Sent | undefined;
  /** The form as the page showed it when it was opened. */
  form?: Fields | undefined;
}

const codes = ['now.worries', 'now.working', 'now.next', 'own.child', 'sense.together'];
const said = (time: number, of: string) => `${of}, typed time ${time}.`;
const timesIn = (texts: readonly string[]): number[] => [
  ...new Set(
    texts.flatMap((text) => [...text.matchAll(/typed time (\d+)\./g)].map(([, time]) => Number(time))),
  ),
];

/** What is typed, by the names of the fields: words and numbers. */
export const typing = (time: number): Fields => ({
  ...Object.fromEntries(codes.map((code) => [`words-${code}`, said(time, code)])),
  whose0: 'Jamie',
  number0: String(time % 11),
  why0: said(time, 'Jamie'),
  whose1: 'Class teacher',
  number1: String((time + 3) % 11),
  why1: said(time, 'Teacher'),
});
const texts = Object.values(typing(1)).filter((value) => timesIn([value]).length > 0).length;

/** Everything is there that was typed, all of it at one time, between the two. Before anything was typed there is nothing. */
function isWhole(found: readonly string[], from: number, to: number): boolean {
  const all = found.join('\n').match(/typed time \d+\./g) ?? [];
  const [time = 0, ...others] = timesIn(found);
  return time >= from && time <= to && others.length === 0 && all.length >= (time > 0 ? texts : 0);
}

/** What the database says of an assessment. */
interface Standing {
  saves: number;
  signed: boolean;
  words: string[];
  audited: number;
  answered: number;
  events: number;
  drafts: number;
}
const standing = `
  select a.version - 1 as saves, a.signed_at is not null as signed,
    array(select r.words from record.assessment_answer r where r.assessment_id = a.id and r.words <> ''
      union all select n.why from record.assessment_number n where n.assessment_id = a.id) as words,
    (select count(*)::int from audit.event e
      where e.kind = 'action' and e.name = 'assessments.save' and e.about @> array[a.family_id]) as audited,
    (select count(*)::int from platform.submission s
      where s.action = 'assessments.save' and s.outcome ->> 'assessment' = a.id::text) as answered,
    (select count(*)::int from record.event v where v.from_area = 'assessments' and v.from_id = a.id) as events,
    (select count(*)::int from platform.draft d where d.name like '/assessments/' || a.id || '/%') as drafts
  from record.assessment a where a.id = $1`;

/** A draft holds what people typed; the page's own values, and those it carries unseen, stay on the page. */
const inDraft = (form: Fields): Fields =>
  Object.fromEntries(Object.entries(form).filter(([name]) => name === '_csrf' || !/^(_|person)/.test(name)));

export function writers(at: { url: string; cookie: string; desk: Desk; worker: Worker; superuser: Client }) {
  const path = ({ id }: Writing) => `/assessments/${id}/write`;

  async function begin(steps: readonly Step[]): Promise<Writing> {
    const { id: family, jamie } = await makeFamily(at.desk, at.worker);
    const on = at.desk.today().toString();
    const { assessment } = await at.desk.act(
      beginAssessment,
      { family, kind: 'mapping', people: [jamie], on },
      at.worker.asking,
    );
    return { id: assessment, family, steps: [...steps], typed: 0, told: 0, saves: 0, signed: false };
  }

  async function read(url: string) {
    const answer = await fetch(`${at.url}${url}`, { headers: { cookie: at.cookie } });
    if (answer.status !== 200) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
    return parseHTML(await answer.text()).document;
  }

  /** The form of the page as it comes back now. */
  async function opened(of: Writing): Promise<Fields> {
    const form = (await read(path(of))).querySelector('form[data-draft]');
    const fields = [...(form?.querySelectorAll('input, textarea') ?? [])];
    return Object.fromEntries(
      fields.map((field) => [
        field.getAttribute('name') ?? '',
        field.localName === 'textarea' ? (field.textContent ?? '') : (field.getAttribute('value') ?? ''),
      ]),
    );
  }

  /** Sends it and says whether an answer came. Any answer but the one that says it is done is a fault. */
  async function send(of: Writing, sent: Sent): Promise<boolean> {
    of.cut = sent;
    const answer = await fetch(`${at.url}${sent.to}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: at.cookie },
      body: new URLSearchParams(sent.fields),
    }).catch(() => undefined);
    if (answer === undefined) return false;
    const done =
      sent.step === 'draft' ? answer.ok : answer.headers.get('location') === `/assessments/${of.id}`;
    if (!done) throw new Error(`${sent.step}: ${answer.status} ${await answer.text()}`);
    of.cut = undefined;
    of.told = of.typed;
    of.steps.shift();
    if (sent.step === 'draft') return true;
    of.saves += 1;
    of.signed = sent.step === 'sign';
    of.form = undefined;
    return true;
  }

  /** Types something new into the page and does the next step with it; false when no answer came. */
  async function doNext(of: Writing): Promise<boolean> {
    const [step] = of.steps;
    if (step === undefined) throw new Error('nothing is left to do');
    const form = of.form ?? (await opened(of).catch(() => undefined));
    if (form === undefined) return false;
    of.form = form;
    of.typed += 1;
    const fields = { ...form, ...typing(of.typed) };
    return send(
      of,
      step === 'draft'
        ? { step, to: `/drafts/${encodeURIComponent(form._draft ?? '')}`, fields: inDraft(fields) }
        : { step, to: path(of), fields: step === 'sign' ? { ...fields, finish: 'sign' } : fields },
    );
  }

  /** Sends again what was cut off, and does all that is left, or so many steps of it. */
  async function goOn(of: Writing, most = of.steps.length): Promise<void> {
    const left = of.steps.length - most;
    while (of.steps.length > left)
      if (!(await (of.cut ? send(of, of.cut) : doNext(of)))) throw new Error('no answer came');
  }

  /** What is wrong with what stands now, past every policy and on the page: nothing, when all is as they were told. */
  async function faults(of: Writing): Promise<string[]> {
    const { rows } = await at.superuser.query<Standing>(standing, [of.id]);
    const [row] = rows;
    if (row === undefined) return ['it is gone'];
    const shown = row.signed
      ? [(await read(`/assessments/${of.id}`)).querySelector('main')?.textContent ?? '']
      : Object.entries(await opened(of)).flatMap(([name, value]) =>
          /^(words-|why)/.test(name) ? [value] : [],
        );
    const unsure = of.cut?.step;
    const wrong: [string, boolean][] = [
      ['what was typed does not come back whole', !isWhole(shown, of.told, of.typed)],
      ['what is saved is half done', row.saves > 0 && !isWhole(row.words, 1, of.typed)],
      ['something is saved that nobody saved', row.saves === 0 && row.words.length > 0],
      ['a save is missing', row.saves < of.saves],
      ['a save was done twice', row.saves > of.saves + (unsure === 'save' || unsure === 'sign' ? 1 : 0)],
      ['a save is not written down once', row.audited !== row.saves || row.answered !== row.saves],
      ['a signature is missing', of.signed && !row.signed],
      ['it is signed, and nobody signed', row.signed && !of.signed && unsure !== 'sign'],
      ['the chronology does not say once that it is signed', row.events !== (row.signed ? 1 : 0)],
      ['a draft is left of what is saved', of.signed && row.drafts > 0],
    ];
    return wrong.flatMap(([fault, is]) =>
      is ? [`${fault}: ${JSON.stringify({ ...of, ...row, shown })}`] : [],
    );
  }
  return { begin, doNext, goOn, faults };
}

import { dayFrom } from '../actions/fields.ts';
import { invalid } from '../problem.ts';
import { type Asked, checkAsked, dimensionsOf, type Measure, type Period } from './measure.ts';

// A question in an address: /figures/ID?from=2021-02-15&to=2021-04-30&by=service,fund&category=clothing

/** The last quarter that is over: what a list of figures shows unless asked for something else. */
export function lastQuarter(today: Temporal.PlainDate): Period {
  const first = today.with({ day: 1, month: Math.floor((today.month - 1) / 3) * 3 + 1 });
  return { from: first.subtract({ months: 3 }), to: first.subtract({ days: 1 }) };
}

type Given = Readonly<Record<string, unknown>>;

const word = (given: Given, name: string): string => {
  const value = given[name];
  return typeof value === 'string' ? value.trim() : '';
};

/** A period from an address or a form, both days needed once one is given; `otherwise` when neither is. */
export function periodFrom(given: Given, otherwise: Period): Period {
  const [from, to] = [word(given, 'from'), word(given, 'to')];
  if (from === '' && to === '') return otherwise;
  const days = { from: dayFrom(from), to: dayFrom(to) };
  const wrong: Record<string, string> = {};
  if (days.from === undefined) wrong.from = 'Enter the first day of the period, like 15/2/2021';
  if (days.to === undefined) wrong.to = 'Enter the last day of the period, like 30/4/2021';
  if (days.from === undefined || days.to === undefined) throw invalid(wrong);
  if (Temporal.PlainDate.compare(days.from, days.to) > 0) {
    throw invalid({ to: 'The last day is before the first: swap the two dates' });
  }
  return { from: days.from, to: days.to };
}

/**
 * The question in the parameters of an address: `from` and `to` or `on`; `by` (and `and`, its second part), with commas
 * between several; every other parameter that is a dimension narrows to one value. Throws a `Problem` for a bad one.
 */
export function askedFrom(measure: Measure, given: Given, today: Temporal.PlainDate): Asked {
  const by = [word(given, 'by'), word(given, 'and')]
    .flatMap((names) => names.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const only = Object.fromEntries(
    dimensionsOf(measure)
      .map((name) => [name, word(given, name)] as const)
      .filter(([, value]) => value !== ''),
  );
  const asked = { by: [...new Set(by)], only, when: whenFrom(measure, given, today) };
  checkAsked(measure, asked);
  return asked;
}

function whenFrom(measure: Measure, given: Given, today: Temporal.PlainDate): Asked['when'] {
  if (measure.kind === 'during') return { during: periodFrom(given, lastQuarter(today)) };
  const on = word(given, 'on') === '' ? today : dayFrom(word(given, 'on'));
  if (on === undefined) throw invalid({ on: 'Enter the day, like 31/3/2026' });
  return { on };
}

/** The parameters that ask this question again. */
function parametersOf(asked: Asked): Record<string, string> {
  const when =
    'on' in asked.when
      ? { on: asked.when.on.toString() }
      : { from: asked.when.during.from.toString(), to: asked.when.during.to.toString() };
  return { ...when, ...(asked.by.length > 0 ? { by: asked.by.join(',') } : {}), ...asked.only };
}

/** The address of a measure's page, or of `/rows`, `.csv` or `.json` under it, for a question. */
export const addressOf = (
  measure: Pick<Measure, 'id'>,
  asked: Asked,
  form: '' | '/rows' | '.csv' | '.json' = '',
  more: Readonly<Record<string, string>> = {},
): string => `/figures/${measure.id}${form}?${new URLSearchParams({ ...parametersOf(asked), ...more })}`;

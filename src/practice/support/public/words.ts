import { dayText } from '../../../platform/days.ts';
import { askers, bornOn, howSoon, notWays, type Step, type Told, toldList, toldText } from './rules.ts';

// What was told, as keys and words: for whoever wrote it, and for the team that answers.

const wordOf = (of: Readonly<Record<string, string>>, id: string): string => of[id] ?? '';
const lines = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n');
const care: Readonly<Record<string, string>> = {
  yes: 'Care experienced',
  no: 'Not care experienced',
  unsaid: '',
};

/** The day, or what was written where it is none yet. */
const bornWords = (told: Told): string => {
  const day = bornOn(told);
  return day === undefined ? toldText(told, 'born') : dayText(day);
};

export interface Shown {
  step: Step;
  title: string;
  text: string;
}

/**
 * Every step with what was written, in order. `titleOf` gives the title of a programme; `own` is for whoever wrote it, who is
 * spoken to.
 */
export function shownOf(told: Told, titleOf: (programme: string) => string, own = false): Shown[] {
  const at = (name: string): string => toldText(told, name);
  const other = at('who') === 'somebody else';
  const all: (Shown | false)[] = [
    { step: 'who', title: 'Who is asking', text: wordOf(askers, at('who')) },
    other && {
      step: 'agreed',
      title: 'On their behalf',
      text: lines([at('asker'), at('agreed') === 'yes' ? 'They know and agree' : '']),
    },
    {
      step: 'name',
      title: at('who') === 'myself' ? 'Name' : 'Who it is for',
      text: lines([at('name'), at('young')]),
    },
    {
      step: 'age',
      title: 'Age',
      text: lines([at('age'), at('born') === '' ? '' : `Born ${bornWords(told)}`, care[at('care')] ?? '']),
    },
    { step: 'wanted', title: 'What would help', text: at('help') },
    {
      step: 'which',
      title: 'Asked for',
      text: at('programme') === '' ? 'Not known yet' : titleOf(at('programme')),
    },
    { step: 'tried', title: 'What has been tried', text: at('tried') },
    {
      step: 'view',
      title: at('who') === 'myself' ? 'What people should know' : 'What the child or young person says',
      text: at('view'),
    },
    { step: 'soon', title: 'How soon', text: wordOf(howSoon, at('urgency')) },
    {
      step: 'where',
      title: own ? 'Where you live' : 'Where they live',
      text: lines([at('locality'), at('school'), at('address')]),
    },
    {
      step: 'reach',
      title: own ? 'How to reach you' : 'Phone, e-mail or another way',
      text: lines([at('phone'), at('email'), at('other')]),
    },
    {
      step: 'safe',
      title: 'When and how it is safe',
      text: lines([at('safe'), ...toldList(told, 'not').map((way) => wordOf(notWays, way))]),
    },
  ];
  return all.filter((each): each is Shown => each !== false);
}

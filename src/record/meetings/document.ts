import type { z } from 'zod';
import { dayText } from '../../platform/days.ts';
import type { Block, SmallDocument } from '../../platform/documents/document.ts';
import type { one } from './queries.ts';
import { asText, comingWords, standingOf, whenText } from './rules.ts';

// A meeting on paper: what it is for and has to answer before it is held, and its notes afterwards. Pure: it says what the page says.

type MeetingRead = z.output<typeof one.row>;

/** For whom a document of a meeting is made, and of which day. */
export interface Made {
  today: Temporal.PlainDate;
  /** It shows a past day. */
  past: boolean;
  /** To give to everybody who was asked: no part of a paper that is kept to some of them. */
  forAll: boolean;
}

const heading = (level: 2 | 3, text: string): Block => ({ type: 'heading', level, text });
const plain = (text: string): Block => ({ type: 'paragraph', text });
const quiet = (text: string): Block => ({ type: 'paragraph', text, quiet: true });
const said = (label: string, text: string): Block[] =>
  text.trim() === '' ? [] : [{ type: 'paragraph', label, text }];
const section = (title: string, blocks: readonly Block[]): Block[] =>
  blocks.length === 0 ? [] : [heading(2, title), ...blocks];

const dayOf = (at: Temporal.Instant): string => dayText(at.toZonedDateTimeISO('Europe/London').toPlainDate());

const signedText = (meeting: MeetingRead): string =>
  meeting.signed_at === null
    ? ''
    : [dayOf(meeting.signed_at), meeting.signed_by ?? 'somebody who worked here', meeting.signed_as]
        .filter(Boolean)
        .join(', ');

const standsBlocks = (meeting: MeetingRead): Block[] => {
  if (meeting.cancelled_because !== null)
    return [{ type: 'paragraph', label: 'This meeting is called off', text: meeting.cancelled_because }];
  return [
    ...(meeting.quorum === false
      ? [plain(`${meeting.quorum_words} What it would have decided is put forward.`)]
      : []),
    ...(meeting.signed_at === null && meeting.begun
      ? [plain('What follows is not signed yet, and can still change.')]
      : []),
  ];
};

const factBlocks = (meeting: MeetingRead): Block[] => [
  ...said('What it is for', meeting.purpose),
  ...said('About', meeting.people.map(({ name }) => name).join(', ')),
  ...said('Where', meeting.room),
  ...said('Getting there', meeting.signed_at === null ? meeting.getting_there : ''),
  ...said('Next meeting', meeting.next_on === null ? '' : dayText(meeting.next_on)),
  ...said(
    'Meets again by',
    meeting.again_by === null || meeting.next_on !== null ? '' : dayText(meeting.again_by),
  ),
  ...said('Notes are given by', meeting.notes_by === null ? '' : dayText(meeting.notes_by)),
  ...said('Signed', signedText(meeting)),
];

const guestBlocks = (meeting: MeetingRead): Block[] => {
  if (meeting.guests.length === 0) return [quiet('Nobody is asked yet.')];
  const written = meeting.begun || standingOf(meeting) === 'held';
  return [
    {
      type: 'table',
      caption: standingOf(meeting) === 'held' ? 'Who came' : 'Who is asked to come',
      columns: ['Name', 'As', ...(written ? ['Came'] : [])],
      rows: meeting.guests.map((guest) => [
        guest.name,
        [guest.role, guest.chair ? 'Leads the meeting' : ''].filter(Boolean).join('\n'),
        ...(written ? [guest.came === null ? 'Not said yet' : comingWords[guest.came]] : []),
      ]),
    },
  ];
};

const viewBlocks = ({ views }: MeetingRead): Block[] =>
  views.flatMap((view): Block[] => [
    view.as_said
      ? { type: 'quote', text: view.words, by: view.whose }
      : { type: 'paragraph', label: view.whose, text: view.words },
    ...said('What is done about it', view.done),
  ]);

const decisionBlocks = ({ decisions }: MeetingRead): Block[] =>
  decisions.flatMap((decision, index): Block[] => [
    heading(3, `${index + 1}. ${decision.what}`),
    ...said('Because', decision.why),
    quiet(
      `${decision.decided ? 'Decided by' : 'Put forward, not decided yet. To be decided by'} ${asText({
        name: decision.by_name,
        role: decision.by_role,
      })}`,
    ),
  ]);

const dissentBlocks = ({ dissents }: MeetingRead): Block[] =>
  dissents.map((dissent) => ({
    type: 'paragraph',
    label: `${dissent.whose_name}${dissent.about_what === null ? '' : `, with “${dissent.about_what}”`}`,
    text: dissent.words,
  }));

const doneBlocks = ({ actions }: MeetingRead): Block[] => [
  heading(2, 'What is to be done'),
  actions.length === 0
    ? quiet('Nothing was agreed to be done.')
    : {
        type: 'table',
        caption: 'Who does what, and by when',
        columns: ['What', 'Who', 'By when'],
        wide: 0,
        rows: actions.map(({ what, owner_name, due }) => [
          what,
          owner_name,
          due === null ? 'No date' : dayText(due),
        ]),
      },
];

const recordBlocks = (meeting: MeetingRead): Block[] => [
  ...section('What people think', viewBlocks(meeting)),
  ...section('What was talked about', meeting.said === '' ? [] : [plain(meeting.said)]),
  ...section(
    'What the meeting answered',
    meeting.answers.flatMap(({ question, answer }) => [
      heading(3, question),
      answer === '' ? quiet('Not answered yet') : plain(answer),
    ]),
  ),
  heading(2, 'What was decided'),
  ...(meeting.decisions.length === 0 ? [quiet('Nothing was decided.')] : decisionBlocks(meeting)),
  ...section('Who does not agree', dissentBlocks(meeting)),
  ...doneBlocks(meeting),
];

const correctionBlocks = ({ corrections }: MeetingRead): Block[] =>
  corrections.flatMap((each): Block[] => [
    { type: 'paragraph', label: each.why, text: each.words },
    quiet([dayOf(each.at), each.by ?? 'Somebody who worked here', each.as].filter(Boolean).join(', ')),
  ]);

const paperBlocks = ({ papers }: MeetingRead, forAll: boolean): Block[] =>
  papers.flatMap((paper): Block[] => [
    heading(3, paper.title),
    ...(paper.words === '' ? [] : [plain(paper.words)]),
    ...(paper.kept !== null && !forAll
      ? [
          {
            type: 'paragraph',
            label: `Kept to ${paper.kept_to ?? 'nobody else'} and whoever wrote it`,
            text: [paper.kept_why, paper.kept].filter(Boolean).join('\n'),
          } as const,
        ]
      : paper.kept_part
        ? [quiet('A part of this paper is kept to people who are named in it, and is left out here.')]
        : []),
    quiet(`Written by ${paper.by ?? 'somebody who worked here'}`),
  ]);

/** Whether a document of a meeting can hold a part of a paper that not everybody who was asked may read. */
export const holdsKept = ({ papers }: MeetingRead): boolean => papers.some(({ kept }) => kept !== null);

/** A meeting as a document: what whoever reads it may see, or what can be given to everybody who was asked. */
export function meetingDocument(meeting: MeetingRead, { today, past, forAll }: Made): SmallDocument {
  const held = standingOf(meeting) === 'held';
  const about = meeting.people.map(({ name }) => name).join(', ');
  return {
    title: meeting.title,
    subtitle: [
      whenText(meeting),
      past ? `as it stood on ${dayText(today)}` : '',
      holdsKept(meeting) && !forAll ? 'not for everybody who was asked' : '',
    ]
      .filter(Boolean)
      .join(', '),
    foot: [meeting.title, about, dayText(meeting.meets_on)].filter(Boolean).join(', '),
    blocks: [
      ...standsBlocks(meeting),
      ...factBlocks(meeting),
      ...guestBlocks(meeting),
      ...(held || meeting.begun
        ? recordBlocks(meeting)
        : section(
            'What the meeting has to answer',
            meeting.answers.length === 0
              ? []
              : [{ type: 'bullets', items: meeting.answers.map(({ question }) => question) }],
          )),
      ...section('Corrections', correctionBlocks(meeting)),
      ...section('Papers', paperBlocks(meeting, forAll)),
    ],
  };
}

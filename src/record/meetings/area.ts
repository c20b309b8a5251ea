import type { Area } from '../../platform/area.ts';
import * as actions from './actions.ts';
import { make, mine, stop } from './calendar.ts';
import { addKind, setKind } from './kind-actions.ts';
import { addPaperPage, correctPage, notesPage } from './pages/beside.tsx';
import { calendarPage } from './pages/calendar.tsx';
import { pdfPage, wordPage } from './pages/files.ts';
import { addKindPage, kindPage, kindsPage } from './pages/kinds.tsx';
import { meetingPage } from './pages/meeting.tsx';
import { meetingsPage } from './pages/meetings.tsx';
import { changePage, planPage } from './pages/plan.tsx';
import { writePage } from './pages/write.tsx';
import * as queries from './queries.ts';

export { registerCalendar } from './calendar.ts';
export { due } from './due.ts';
export { familyPanel } from './pages/meetings.tsx';

/** Meetings of families: one engine for every kind, what each asks for held as data. */
export const meetingsArea = ({ publicUrl = '' }: { publicUrl?: string } = {}): Area => ({
  id: 'meetings',
  title: 'Meetings',
  nav: [
    {
      href: '/meeting-kinds',
      text: 'Kinds of meeting',
      place: 'more',
      who: 'anyone signed in',
      about: 'Who is asked to each kind of meeting, and what it has to answer',
    },
    {
      href: '/calendar',
      text: 'My calendar',
      place: 'more',
      who: 'anyone signed in',
      about: 'When you meet, in the calendar that you use, without the name of anybody',
    },
  ],
  pages: [
    meetingsPage,
    planPage,
    meetingPage,
    changePage,
    writePage,
    addPaperPage,
    notesPage,
    wordPage,
    pdfPage,
    correctPage,
    kindsPage,
    addKindPage,
    kindPage,
    calendarPage(publicUrl),
  ],
  actions: [...Object.values(actions), addKind, setKind, make, stop],
  queries: [...Object.values(queries), mine],
});

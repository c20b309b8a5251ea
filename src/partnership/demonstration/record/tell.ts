import { tellAssessments } from './assessment.ts';
import { type Cast, makeCast } from './cast.ts';
import { tellChronology } from './chronology.ts';
import { describe } from './describe.ts';
import { tellKin } from './kin.ts';
import { tellLetters } from './letters.ts';
import { tellLooks } from './looks.ts';
import { tellMeetings } from './meetings.ts';
import { tellNotes } from './notes.ts';
import { tellPlans } from './plans.ts';
import { tellHelpers, writePlaces } from './professionals.ts';
import { tellSharing } from './shared.ts';
import { tellTasks } from './tasks.ts';
import { tellToday } from './today.ts';
import { tellTwice } from './twice.ts';
import { tellWhoMayKnow } from './who-may-know.ts';

/** Fills the shared record of families that are written down already: each part with dice of its own. */
export function tellRecord(of: Pick<Cast, 'households' | 'staff' | 'today' | 'filled'>): void {
  describe(makeCast(of, 0x77686f));
  tellKin(makeCast(of, 0x6b696e));
  tellTwice(makeCast(of, 0x747769));
  const helping = makeCast(of, 0x68656c);
  const places = writePlaces(helping);
  tellHelpers(helping, places);
  tellSharing(makeCast(of, 0x746f6c), places);
  tellNotes(makeCast(of, 0x6e6f74));
  tellChronology(makeCast(of, 0x636872));
  tellAssessments(makeCast(of, 0x617373));
  tellPlans(makeCast(of, 0x706c61));
  tellWhoMayKnow(makeCast(of, 0x776179));
  tellLooks(makeCast(of, 0x6c6f6f));
  tellTasks(makeCast(of, 0x746173));
  tellToday(makeCast(of, 0x746f64));
  tellMeetings(makeCast(of, 0x6d6565));
  tellLetters(makeCast(of, 0x6c6574));
}

import type { DocumentKind } from '../../../platform/documents/document.ts';
import { documentFile } from '../../../platform/documents/download.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import { practitioners } from '../../roles.ts';
import { meetingDocument } from '../document.ts';
import { document } from '../queries.ts';

/** The notes of a meeting as a file; with `for=all`, what can be given to everybody who was asked. */
const filePage = (kind: DocumentKind): PageDefinition => ({
  path: `/meetings/:meeting/notes.${kind}`,
  title: 'Notes of a meeting, as a document',
  who: practitioners,
  async show(request) {
    const meeting = await request.askOne(document, { meeting: idFrom(request, 'meeting') });
    const made = meetingDocument(meeting, {
      today: request.today,
      past: request.asAt !== undefined,
      forAll: request.query.for === 'all',
    });
    return documentFile(made, kind, `${made.title} ${meeting.meets_on}`);
  },
});

export const wordPage = filePage('docx');
export const pdfPage = filePage('pdf');

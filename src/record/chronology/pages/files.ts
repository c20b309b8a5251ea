import type { DocumentKind } from '../../../platform/documents/document.ts';
import { documentFile } from '../../../platform/documents/download.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import { open } from '../../families/queries.ts';
import { practitioners } from '../../roles.ts';
import { chronologyDocument } from '../document.ts';
import { analyses, wholeOf } from '../queries.ts';
import { nameOf, narrowedTo, narrowedWords } from './parts.ts';

/** The chronology as a file, narrowed as the address says; with `for=others`, only what may be given to others. */
const filePage = (kind: DocumentKind): PageDefinition => ({
  path: `/families/:id/chronology/chronology.${kind}`,
  title: 'Chronology of a family, as a document',
  who: practitioners,
  async show(request) {
    const id = idFrom(request);
    const narrowed = narrowedTo(request);
    const [family, events, said] = await Promise.all([
      request.askOne(open, { family: id }),
      request.ask(wholeOf, { family: id, ...narrowed }),
      request.ask(analyses, { family: id }),
    ]);
    const person = nameOf(family.members, narrowed.person);
    const made = chronologyDocument(
      events,
      said.filter(({ person: of }) => of === null || of === narrowed.person || !narrowed.person),
      {
        family: family.name,
        person,
        narrowed: narrowedWords(narrowed),
        forOthers: request.query.for === 'others',
        today: request.today,
        past: request.asAt !== undefined,
      },
    );
    return documentFile(made, kind, `${made.title} ${request.today}`);
  },
});

export const wordPage = filePage('docx');
export const pdfPage = filePage('pdf');

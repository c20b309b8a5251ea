import type { DocumentKind } from '../../../platform/documents/document.ts';
import { documentFile } from '../../../platform/documents/download.ts';
import { notFound } from '../../../platform/problem.ts';
import type { PageDefinition } from '../../../platform/web/page.ts';
import { idFrom } from '../../../record/families/pages/forms.ts';
import { practitioners } from '../../../record/roles.ts';
import { planDocumentOf } from '../document.ts';
import { planDocument } from '../queries.ts';

/** The family's plan as a file, to give to everybody. */
const filePage = (kind: DocumentKind): PageDefinition => ({
  path: `/family-meetings/:process/plan.${kind}`,
  title: 'The family’s plan, as a document',
  who: practitioners,
  async show(request) {
    const made = planDocumentOf(
      await request.askOne(planDocument, { process: idFrom(request, 'process') }),
      request.today,
    );
    if (made === undefined) throw notFound();
    return documentFile(made, kind);
  },
});

export const wordPage = filePage('docx');
export const pdfPage = filePage('pdf');

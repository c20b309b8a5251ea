import type { DayOf, DocumentKind } from '../../../platform/documents/document.ts';
import { documentFile } from '../../../platform/documents/download.ts';
import { notFound } from '../../../platform/problem.ts';
import type { PageDefinition, PageRequest } from '../../../platform/web/page.ts';
import { idFrom } from '../../families/pages/forms.ts';
import { practitioners } from '../../roles.ts';
import * as documents from '../document.ts';
import { document, editionDocument } from '../queries.ts';

const madeOn = ({ today, asAt }: PageRequest): DayOf => ({ today, past: asAt !== undefined });

/** A plan as a file, as it stands. */
const planFile = (kind: DocumentKind): PageDefinition => ({
  path: `/plans/:plan/plan.${kind}`,
  title: 'A Child’s Plan, as a document',
  who: practitioners,
  async show(request) {
    const plan = await request.askOne(document, { plan: idFrom(request, 'plan') });
    const made = documents.planDocument(plan, madeOn(request));
    return documentFile(made, kind, `${made.title} ${request.today}`);
  },
});

/** A plan as the child reads it, as a file. */
const forMeFile = (kind: DocumentKind): PageDefinition => ({
  path: `/plans/:plan/my-plan.${kind}`,
  title: 'My plan, as a document',
  who: practitioners,
  async show(request) {
    const plan = await request.askOne(document, { plan: idFrom(request, 'plan') });
    return documentFile(documents.documentForMe(plan, madeOn(request)), kind);
  },
});

/** The number of a version that was agreed, from the address. */
export function editionNumber({ params }: PageRequest): string {
  const number = params.number ?? '';
  if (!/^[1-9]\d{0,3}$/.test(number)) throw notFound();
  return number;
}

/** A plan as it was agreed on a day, as a file. */
const editionFile = (kind: DocumentKind): PageDefinition => ({
  path: `/plans/:plan/agreed/:number/plan.${kind}`,
  title: 'A plan as it was agreed, as a document',
  who: practitioners,
  async show(request) {
    const kept = await request.askOne(editionDocument, {
      plan: idFrom(request, 'plan'),
      number: editionNumber(request),
    });
    const made = documents.editionDocument(kept);
    return documentFile(made, kind, `${made.title} agreed ${kept.agreed_on}`);
  },
});

export const filePages: readonly PageDefinition[] = (['docx', 'pdf'] as const).flatMap((kind) => [
  planFile(kind),
  forMeFile(kind),
  editionFile(kind),
]);

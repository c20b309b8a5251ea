import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';

/** The largest file that a form may send, in bytes. */
const fileLimit = 700_000;

const limits = { fileSize: fileLimit, files: 1, fields: 200, fieldSize: 100_000, parts: 201 };

/** What stands in the place of a file that is larger: no data URL, so that no action takes it for one. */
const tooLarge = 'too large';

type Parts = ReturnType<FastifyRequest['parts']>;
type Part = Parts extends AsyncIterable<infer Each> ? Each : never;

async function wordsOf(part: Part): Promise<string> {
  if (part.type === 'field') return String(part.value);
  const content = await part.toBuffer();
  if (part.file.truncated) return tooLarge;
  return content.length === 0 ? '' : `data:${part.mimetype};base64,${content.toString('base64')}`;
}

async function fieldsIn(request: FastifyRequest): Promise<Record<string, string | string[]>> {
  const fields = new Map<string, string[]>();
  try {
    for await (const part of request.parts()) {
      const given = fields.get(part.fieldname) ?? [];
      fields.set(part.fieldname, [...given, await wordsOf(part)]);
    }
  } catch (cause) {
    throw new Problem(400, 'broken-form', 'What was sent is broken, or is too much at once', {
      detail: 'Go back, choose one file again, and send the form.',
      cause,
    });
  }
  return Object.fromEntries(
    [...fields].map(([name, [first = '', ...more]]) => [name, more.length > 0 ? [first, ...more] : first]),
  );
}

/**
 * Lets a form send one file of 700 kB or less. The file comes to the form's action as a data URL in the field of its name, so
 * that it is a field like any other; one that is larger comes as the words "too large", and the action says so.
 */
export async function registerUploads(app: FastifyInstance): Promise<void> {
  await app.register(multipart, { limits, throwFileSizeLimit: false });
  app.addHook('preValidation', async (request) => {
    if (request.isMultipart()) request.body = await fieldsIn(request);
  });
}

import { createReadStream } from 'node:fs';
import fastifyFormbody from '@fastify/formbody';
import fastify, { type FastifyInstance } from 'fastify';
import { galleryPages } from '../gallery.tsx';
import { assets, renderPage } from '../index.ts';

/** The policy that every page is held to. */
const policy = "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:";

/** What the gallery was sent, so that tests can see what the scripts do. `answer` is the status of the next drafts. */
export type Sent = {
  drafts: { name: string; fields: Record<string, string | string[]> }[];
  forms: Record<string, string | string[]>[];
  answer: number;
  /** How long a form takes to be answered, in milliseconds. */
  formDelay: number;
};

/** Serves the gallery on a free port of this machine; the caller closes it. */
export const serveGallery = async (): Promise<{ url: string; sent: Sent; server: FastifyInstance }> => {
  const server = fastify({ forceCloseConnections: true });
  await server.register(fastifyFormbody);
  const sent: Sent = { drafts: [], forms: [], answer: 204, formDelay: 0 };
  const pages = galleryPages();

  server.addHook('onSend', async (_request, reply) => {
    reply.header('content-security-policy', policy);
  });
  for (const asset of assets) {
    server.get(asset.urlPath, (_request, reply) =>
      reply.type(asset.contentType).send(createReadStream(asset.file)),
    );
  }
  server.get<{ Params: { name: string } }>('/gallery/:name', (request, reply) => {
    const page = pages.get(request.params.name);
    return page ? reply.type('text/html; charset=utf-8').send(renderPage(page)) : reply.callNotFound();
  });
  server.post<{ Params: { name: string }; Body: Record<string, string> }>(
    '/drafts/:name',
    (request, reply) => {
      if (sent.answer < 300) sent.drafts.push({ name: request.params.name, fields: request.body });
      return reply.code(sent.answer).send();
    },
  );
  server.post<{ Body: Record<string, string> }>('/gallery/sent', async (request, reply) => {
    sent.forms.push(request.body);
    await new Promise((resolve) => setTimeout(resolve, sent.formDelay));
    return reply.redirect('/gallery/list', 303);
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return { url, sent, server };
};

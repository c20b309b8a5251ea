import { hash } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type pg from 'pg';
import { z } from 'zod';
import { type Rows, rowsOn } from '../../../platform/database/rows.ts';
import { Problem } from '../../../platform/problem.ts';
import {
  pageOf,
  serviceAtInList,
  serviceAtRow,
  serviceAtWhole,
  serviceInList,
  serviceInShort,
  serviceRow,
  serviceWhole,
  taxonomyOf,
  taxonomyRow,
  termOf,
  termRow,
} from './hsds.ts';
import { openApi } from './open-api.ts';
import { parametersOf, serviceParameters, taxonomyParameters, termParameters } from './parameters.ts';
import * as records from './records.ts';

export interface FeedOptions {
  /** The pool of kith_open: whatever is asked, this is all that can be read. */
  open: pg.Pool;
  /** Where families open the pages of the directory, without a slash at the end. */
  publicUrl: string;
  partnership: string;
  trustProxy: boolean;
  log?: FastifyBaseLogger | undefined;
  /** Requests a minute from one address. */
  perMinute?: number;
}

/** For how long an answer is kept here, and for how long others may keep it, in seconds. */
const keptHere = 60;
const keptElsewhere = 300;
/** How much is kept at most, in characters: a whole page of a hundred services is about half a million. */
const mostKept = 20_000_000;

const inPage = z.object({ total: z.int() });
type Fields = Record<string, unknown>;

/** What the feed is asked, with the rows it reads them from. */
type Answering = (rows: Rows, request: FastifyRequest) => Promise<Fields>;

const idIn = ({ params }: FastifyRequest): string => {
  const id = (params as Record<string, string>).id ?? '';
  if (!z.uuid().safeParse(id).success) throw nothing();
  return id;
};
const nothing = () => new Problem(404, 'not-found', 'There is nothing with this id');

const totalOf = async (rows: Rows, statement: ReturnType<typeof records.countTaxonomies>): Promise<number> =>
  (await rows.rows(inPage, statement))[0]?.total ?? 0;

async function oneOf<S extends z.ZodType>(rows: Rows, row: S, statement: Parameters<Rows['many']>[0]) {
  const [found] = await rows.rows(row, statement);
  if (found === undefined) throw nothing();
  return found;
}

const narrowedBy = (given: z.output<typeof serviceParameters>): records.Narrowed => ({
  search: given.search,
  taxonomyTerm: given.taxonomy_term_id,
  taxonomy: given.taxonomy_id,
  organization: given.organization_id,
  modifiedAfter: given.modified_after,
  minimumAge: given.minimum_age,
  maximumAge: given.maximum_age,
});

// Inside JSON the database writes days and moments as text.
const nestedService = serviceAtRow.extend({
  service: serviceRow.extend({
    checked_on: z
      .string()
      .nullable()
      .transform((written) => (written === null ? null : Temporal.PlainDate.from(written))),
    changed_at: z.string().transform((written) => Temporal.Instant.from(written)),
  }),
});

/** What is answered at each address. */
function answers(page: (id: string) => string): Readonly<Record<string, Answering>> {
  return {
    async '/services'(rows, { query }) {
      const given = parametersOf(serviceParameters, query);
      const by = narrowedBy(given);
      const paging = { page: given.page, perPage: given.per_page };
      const total = await totalOf(rows, records.countServices(by));
      const found = await rows.rows(serviceRow, records.services(by, paging));
      const shown = given.full ? serviceWhole : given.minimal ? serviceInShort : serviceInList;
      return pageOf(
        found.map((each) => shown(each, page)),
        total,
        given.page,
        given.per_page,
      );
    },
    async '/services/:id'(rows, request) {
      return serviceWhole(await oneOf(rows, serviceRow, records.oneService(idIn(request))), page);
    },
    async '/service_at_locations'(rows, { query }) {
      const given = parametersOf(serviceParameters, query);
      const by = narrowedBy(given);
      const paging = { page: given.page, perPage: given.per_page };
      const total = await totalOf(rows, records.countServicesAt(by));
      const found = await rows.rows(nestedService, records.servicesAt(by, paging));
      const shown = given.full ? serviceAtWhole : serviceAtInList;
      return pageOf(
        found.map((each) => shown(each, page)),
        total,
        given.page,
        given.per_page,
      );
    },
    async '/service_at_locations/:id'(rows, request) {
      return serviceAtWhole(await oneOf(rows, nestedService, records.oneServiceAt(idIn(request))), page);
    },
    async '/taxonomies'(rows, { query }) {
      const given = parametersOf(taxonomyParameters, query);
      const total = await totalOf(rows, records.countTaxonomies(given.search));
      const found = await rows.rows(
        taxonomyRow,
        records.taxonomies(given.search, { page: given.page, perPage: given.per_page }),
      );
      return pageOf(found.map(taxonomyOf), total, given.page, given.per_page);
    },
    async '/taxonomies/:id'(rows, request) {
      return taxonomyOf(await oneOf(rows, taxonomyRow, records.oneTaxonomy(idIn(request))));
    },
    async '/taxonomy_terms'(rows, { query }) {
      const given = parametersOf(termParameters, query);
      const total = await totalOf(rows, records.countTerms(given.search, given.taxonomy_id));
      const found = await rows.rows(
        termRow,
        records.terms(given.search, given.taxonomy_id, { page: given.page, perPage: given.per_page }),
      );
      return pageOf(found.map(termOf), total, given.page, given.per_page);
    },
    async '/taxonomy_terms/:id'(rows, request) {
      return termOf(await oneOf(rows, termRow, records.oneTerm(idIn(request))));
    },
  };
}

interface Kept {
  until: number;
  etag: string;
  body: string;
}

/** Answers that were given lately, by address: a feed is asked for the same by many. */
function makeKept() {
  const kept = new Map<string, Kept>();
  let size = 0;
  return {
    find(url: string): Kept | undefined {
      const found = kept.get(url);
      return found !== undefined && found.until > performance.now() ? found : undefined;
    },
    keep(url: string, body: string): Kept {
      size += url.length + body.length;
      if (size > mostKept) {
        kept.clear();
        size = url.length + body.length;
      }
      const made = {
        until: performance.now() + keptHere * 1000,
        etag: `"${hash('sha256', body, 'base64url').slice(0, 27)}"`,
        body,
      };
      kept.set(url, made);
      return made;
    },
  };
}

const baseOf = (request: FastifyRequest): string => `${request.protocol}://${request.host}`;

/** The problem that an error is to whoever asks; nothing of the inside. */
function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const code =
    typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  return code >= 400 && code < 500
    ? new Problem(code, 'bad-request', 'The request could not be understood')
    : new Problem(500, 'our-fault', 'Something went wrong on our side', {
        detail: 'Try again in a minute.',
        cause: error,
      });
}

/**
 * The open feed of the directory, as HSDS 3.0 and Open Referral UK have it: no key, readable from any site, a few hundred
 * requests a minute from one address. Not yet listening.
 */
export async function buildFeed(options: FeedOptions): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    trustProxy: options.trustProxy,
    routerOptions: { maxParamLength: 100 },
    forceCloseConnections: 'idle',
  });
  const kept = makeKept();
  await app.register(rateLimit, {
    global: true,
    max: options.perMinute ?? 300,
    timeWindow: '1 minute',
    errorResponseBuilder: () =>
      new Problem(429, 'too-many', 'There have been too many requests from here', {
        detail: 'Wait a minute and try again.',
      }),
  });
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'etag',
      'cross-origin-resource-policy': 'cross-origin',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    });
  });
  app.options('/*', async (_request, reply) =>
    reply
      .headers({
        'access-control-allow-methods': 'GET, HEAD, OPTIONS',
        'access-control-allow-headers': 'content-type, if-none-match',
        'access-control-max-age': '86400',
      })
      .code(204)
      .send(),
  );

  const send = (request: FastifyRequest, reply: FastifyReply, { etag, body }: Kept) => {
    reply.header('etag', etag).header('cache-control', `public, max-age=${keptElsewhere}`);
    const has = (request.headers['if-none-match'] ?? '')
      .split(',')
      .map((each) => each.trim().replace(/^W\//, ''));
    if (has.includes(etag) || has.includes('*')) return reply.code(304).send();
    return reply.type('application/json; charset=utf-8').send(body);
  };
  const page = (id: string) => `${options.publicUrl}/directory/${id}`;
  for (const [path, answer] of Object.entries(answers(page))) {
    app.get(path, async (request, reply) => {
      const before = kept.find(request.url);
      if (before) return send(request, reply, before);
      const client = await options.open.connect();
      let body: string;
      try {
        body = JSON.stringify(await answer(rowsOn(client), request));
      } finally {
        client.release();
      }
      return send(request, reply, kept.keep(request.url, body));
    });
  }
  app.get('/', async (request, reply) => {
    const body = JSON.stringify({
      version: '3.0',
      profile: 'https://open-referral-uk-profile.readthedocs.io/en/latest/',
      openapi_url: `${baseOf(request)}/openapi.json`,
      description: `Help for children, young people and families: the directory of ${options.partnership}`,
      publisher: { name: options.partnership, website: options.publicUrl },
    });
    return send(request, reply, kept.keep(`${baseOf(request)}/`, body));
  });
  app.get('/openapi.json', async (request, reply) =>
    send(
      request,
      reply,
      kept.keep(
        `${baseOf(request)}/openapi.json`,
        JSON.stringify(openApi(baseOf(request), options.partnership)),
      ),
    ),
  );

  const refuse = (request: FastifyRequest, reply: FastifyReply, error: unknown) => {
    const problem = problemOf(error);
    if (problem.status >= 500)
      options.log?.error({ err: error, route: request.routeOptions.url }, problem.message);
    return reply
      .code(problem.status)
      .header('cache-control', 'no-store')
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: `${options.publicUrl}/problems/${problem.code}`,
          title: problem.message,
          status: problem.status,
          ...(problem.detail === undefined ? {} : { detail: problem.detail }),
          ...(Object.keys(problem.fields).length > 0 ? { fields: problem.fields } : {}),
        }),
      );
  };
  app.setErrorHandler(async (error, request, reply) => refuse(request, reply, error));
  app.setNotFoundHandler(async (request, reply) =>
    refuse(
      request,
      reply,
      new Problem(404, 'not-found', 'There is nothing at this address', {
        detail:
          'The addresses there are: /, /services, /services/ID, /service_at_locations, /service_at_locations/ID, /taxonomies, /taxonomies/ID, /taxonomy_terms, /taxonomy_terms/ID, /openapi.json',
      }),
    ),
  );
  return app;
}

/** Serves the feed on a port of its own until it is closed. Throws a `Problem` where the port is taken. */
export async function serveFeed(
  options: FeedOptions,
  { host, port }: { host: string; port: number },
): Promise<FastifyInstance> {
  const app = await buildFeed(options);
  try {
    await app.listen({ host, port });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new Problem(503, 'port-taken', `Port ${port} is taken by another program`, {
      detail: 'Choose another for the feed of the directory with KITH_DIRECTORY_PORT.',
      cause: error,
    });
  }
  return app;
}

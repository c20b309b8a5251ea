import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { plainJson } from '../actions/desk.ts';
import type { Area } from '../area.ts';
import { Problem } from '../problem.ts';
import { asAtName, asAtOf } from './as-at.ts';
import { askingOf, checkCsrf, csrfToken, type WebContext } from './context.ts';

/** Of what keeps no past, nothing is known as it stood: today's rows must not be taken for it. */
const keepsNoPast = () =>
  new Problem(422, 'no-past', 'This is not kept as it stood on a past day', {
    detail: `Leave out ${asAtName} to see it as it is today.`,
  });

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Every action at POST /api/actions/NAME and every query at GET /api/queries/NAME, with the same rules as the pages. */
export function registerApi(app: FastifyInstance, context: WebContext): void {
  app.get('/api/openapi.json', async (_request, reply) =>
    reply.type('application/json').send(openApi(context.areas, context.settings.publicUrl)),
  );
  // For our own pages that were open, or kept on the device, before this session began: the token that their forms must carry.
  app.get('/api/session', async (request, reply) => {
    const { identity } = await askingOf(request, context);
    return reply
      .type('application/json')
      .header('cache-control', 'no-store')
      .send({ csrf: csrfToken(context.settings, identity.session) });
  });
  for (const area of context.areas) {
    for (const query of area.queries) {
      app.get(`/api/queries/${query.name}`, async (request, reply) => {
        const asked = await askingOf(request, context);
        const asAt = asAtOf(request, context.desk.today());
        if (asAt && !area.keepsPast) throw keepsNoPast();
        const { [asAtName]: _day, ...input } = request.query as Record<string, unknown>;
        const rows = await context.desk.ask(query, input, asAt ? { ...asked, asAt } : asked);
        return reply.type('application/json').header('cache-control', 'no-store').send(plainJson({ rows }));
      });
    }
    for (const action of area.actions) {
      app.post(`/api/actions/${action.name}`, async (request, reply) => {
        const asking = await askingOf(request, context);
        if (!asking.bearer)
          checkCsrf(context.settings, asking.identity.session, request.headers['x-csrf-token']);
        const key = request.headers['idempotency-key'];
        if (key !== undefined && (typeof key !== 'string' || !uuid.test(key))) {
          throw new Problem(400, 'bad-key', 'The Idempotency-Key header must be a UUID');
        }
        const done = await context.desk.act(action, request.body ?? {}, asking, { key });
        return reply.type('application/json').header('cache-control', 'no-store').send(plainJson(done));
      });
    }
  }
}

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};

const problemAnswers = {
  401: { description: 'No session or access token, or one that has ended' },
  404: { description: 'It does not exist, or you may not see it' },
  409: { description: 'It changed meanwhile, or the key was used for something else' },
  422: { description: 'The input cannot be accepted; `fields` says why' },
};

const asAtParameter = {
  name: asAtName,
  in: 'query',
  required: false,
  schema: { type: 'string', format: 'date' },
  description: 'A past day: the rows as the record stood at the end of it',
};

/** The OpenAPI 3.1 description of every action and query. */
function openApi(areas: readonly Area[], publicUrl: string): object {
  const paths: Record<string, object> = {};
  for (const area of areas) {
    for (const query of area.queries) {
      const input = schemaOf(query.input, 'input') as {
        properties?: Record<string, object>;
        required?: string[];
      };
      paths[`/api/queries/${query.name}`] = {
        get: {
          operationId: query.name,
          summary: query.title,
          description: `About: ${query.about}. Who may: ${typeof query.who === 'string' ? query.who : query.who.join(', ')}.`,
          tags: [area.title],
          parameters: [
            ...Object.entries(input.properties ?? {}).map(([name, schema]) => ({
              name,
              in: 'query',
              required: input.required?.includes(name) ?? false,
              schema,
            })),
            ...(area.keepsPast ? [asAtParameter] : []),
          ],
          responses: {
            200: {
              description: 'The rows you may see',
              content: {
                'application/json': {
                  schema: {
                    type: 'object',
                    required: ['rows'],
                    properties: { rows: { type: 'array', items: schemaOf(query.row, 'output') } },
                  },
                },
              },
            },
            ...problemAnswers,
          },
        },
      };
    }
    for (const action of area.actions) {
      paths[`/api/actions/${action.name}`] = {
        post: {
          operationId: action.name,
          summary: action.title,
          description: `About: ${action.about}. Who may: ${typeof action.who === 'string' ? action.who : action.who.join(', ')}.`,
          tags: [area.title],
          parameters: [
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: false,
              schema: { type: 'string', format: 'uuid' },
              description: 'The same key again does nothing and gives the first answer',
            },
          ],
          requestBody: {
            required: true,
            content: { 'application/json': { schema: schemaOf(action.input, 'input') } },
          },
          responses: {
            200: { description: 'Done', content: { 'application/json': { schema: { type: 'object' } } } },
            ...problemAnswers,
          },
        },
      };
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Kith',
      version: '1',
      description:
        'Everything people can do and see on the pages, for machines. Sign in with a personal access token: `Authorization: Bearer …`. Money is written in pounds (`"120.00"`) and answered in whole pence (`12000`); days are ISO 8601.',
    },
    servers: [{ url: publicUrl }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    security: [{ token: [] }],
    paths,
  };
}

const schemas = 'https://raw.githubusercontent.com/openreferral/specification/3.0/schema';

const text = { type: 'string' };
const id = { type: 'string', format: 'uuid' };
const parameter = (name: string, schema: object, description: string) => ({
  name,
  in: 'query',
  required: false,
  description,
  schema,
});

const paging = [
  parameter('page', { type: 'integer', minimum: 1, default: 1 }, 'Which page'),
  parameter('per_page', { type: 'integer', minimum: 1, maximum: 100, default: 50 }, 'How many on a page'),
];
const search = parameter('search', text, 'Words to look for');
const narrowing = [
  search,
  ...paging,
  parameter('full', { type: 'boolean', default: false }, 'With everything that belongs to it'),
  parameter('taxonomy_term_id', id, 'Sorted under this term'),
  parameter('taxonomy_id', id, 'Sorted under any term of this taxonomy'),
  parameter('organization_id', id, 'Given by this organization'),
  parameter('modified_after', { type: 'string', format: 'date-time' }, 'Changed at this moment or since'),
  parameter('minimum_age', { type: 'number' }, 'The youngest age served is this or higher'),
  parameter('maximum_age', { type: 'number' }, 'The oldest age served is this or lower'),
];

const problem = {
  description: 'RFC 9457 problem details',
  content: { 'application/problem+json': { schema: { type: 'object' } } },
};
const json = (schema: object) => ({ content: { 'application/json': { schema } } });

const one = (summary: string, schema: string) => ({
  get: {
    summary,
    parameters: [{ name: 'id', in: 'path', required: true, schema: id }],
    responses: {
      200: { description: 'It', ...json({ $ref: `${schemas}/${schema}` }) },
      404: problem,
    },
  },
});

const many = (summary: string, schema: string, parameters: readonly object[]) => ({
  get: {
    summary,
    parameters,
    responses: {
      200: {
        description: 'A page; one beyond the last is empty',
        ...json({
          allOf: [{ $ref: '#/components/schemas/Page' }],
          properties: { contents: { type: 'array', items: { $ref: `${schemas}/${schema}` } } },
        }),
      },
      400: problem,
      429: problem,
    },
  },
});

/** The OpenAPI 3.1 description of the feed. */
export const openApi = (base: string, partnership: string): object => ({
  openapi: '3.1.0',
  info: {
    title: `The directory of ${partnership}`,
    version: '3.0',
    description:
      'What help there is for children, young people and families. Open, without a key. It follows the Human Services Data Specification 3.0: an Open Referral resource (https://openreferral.org/), CC BY-SA 4.0.',
  },
  servers: [{ url: base }],
  paths: {
    '/': {
      get: {
        summary: 'About this feed',
        responses: {
          200: { description: 'Its version, profile and description', ...json({ type: 'object' }) },
        },
      },
    },
    '/services': many('Services, those that have ended too', 'compiled/service_list.json', [
      ...narrowing,
      parameter(
        'minimal',
        { type: 'boolean', default: false },
        'Only what says which there are and which have changed',
      ),
    ]),
    '/services/{id}': one('A service with everything that belongs to it', 'compiled/service.json'),
    '/service_at_locations': many('Services at places', 'compiled/service_at_location_list.json', narrowing),
    '/service_at_locations/{id}': one('A service at a place', 'compiled/service_at_location.json'),
    '/taxonomies': many('Ways of sorting services', 'taxonomy.json', [search, ...paging]),
    '/taxonomies/{id}': one('A way of sorting services', 'taxonomy.json'),
    '/taxonomy_terms': many('What services are sorted under', 'taxonomy_term.json', [
      search,
      ...paging,
      parameter('taxonomy_id', id, 'Of this taxonomy'),
    ]),
    '/taxonomy_terms/{id}': one('What services are sorted under', 'taxonomy_term.json'),
  },
  components: {
    schemas: {
      Page: {
        type: 'object',
        required: ['empty'],
        properties: {
          total_items: { type: 'integer' },
          total_pages: { type: 'integer' },
          page_number: { type: 'integer' },
          size: { type: 'integer' },
          first_page: { type: 'boolean' },
          last_page: { type: 'boolean' },
          empty: { type: 'boolean' },
        },
      },
    },
  },
});

/** The floors of the house: a module imports from the floors below it, never from above or from a sibling area. */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Types may refer to each other; code that runs may not.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'platform-knows-nothing-above',
      comment: 'The platform knows nothing of social work.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/(record|practice|partnership|cli)/|^src/[^/]+\\.ts$' },
    },
    {
      name: 'record-knows-only-the-platform',
      severity: 'error',
      from: { path: '^src/record/' },
      to: { path: '^src/(practice|partnership|cli)/|^src/[^/]+\\.ts$' },
    },
    {
      name: 'areas-never-import-each-other',
      severity: 'error',
      from: { path: '^src/practice/([^/]+)/' },
      to: { path: '^src/practice/', pathNot: '^src/practice/$1/' },
    },
    {
      name: 'practice-below-partnership',
      severity: 'error',
      from: { path: '^src/practice/' },
      to: { path: '^src/(partnership|cli)/|^src/[^/]+\\.ts$' },
    },
    {
      name: 'partnership-below-the-front-door',
      severity: 'error',
      from: { path: '^src/partnership/' },
      to: { path: '^src/cli/|^src/[^/]+\\.ts$' },
    },
    {
      name: 'only-the-front-door-of-an-area',
      comment:
        'What starts things takes an area by its area.ts; the partnership may also take its import, reports, measures and rules.',
      severity: 'error',
      from: { path: '^src/[^/]+\\.ts$|^src/cli/' },
      to: { path: '^src/practice/[^/]+/(?!area\\.ts|import\\.ts|reports\\.ts|measures\\.ts)' },
    },
    {
      name: 'tests-stay-in-tests',
      severity: 'error',
      from: { pathNot: '\\.test\\.tsx?$|/testing(/|\\.ts)|\\.fixture\\.ts$' },
      to: { path: '\\.test\\.tsx?$|/testing(/|\\.ts$)|\\.fixture\\.ts$' },
    },
    { name: 'no-missing-dependencies', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-dev-dependencies',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.tsx?$|/testing(/|\\.ts)' },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};

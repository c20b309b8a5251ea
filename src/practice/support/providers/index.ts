import * as contracts from './contracts.ts';
import * as money from './money.ts';
import * as projects from './projects.ts';
import * as queries from './queries.ts';
import { correctReturn, sendReturn } from './returns.ts';

export { measures } from './measures.ts';
export { providersPages } from './pages/index.ts';
export { draws } from './pages/words.tsx';
export { providerReaders } from './who.ts';

/** What people do with providers, projects that are made together, and the money of programmes. */
export const actions = [
  sendReturn,
  correctReturn,
  contracts.addContract,
  contracts.changeContract,
  contracts.addTarget,
  contracts.takeOutTarget,
  projects.addProject,
  projects.changeProject,
  projects.evaluateProject,
  money.addAward,
  money.drawOnFund,
  money.changeAward,
  money.changeShare,
  money.addSpend,
];

const { contracts: allContracts, contract, owed, oneReturn, organisations } = queries;
const { projects: allProjects, project, awards, award, fundsToDrawOn, commissioning } = queries;

export const providerQueries = [
  allContracts,
  contract,
  owed,
  oneReturn,
  organisations,
  allProjects,
  project,
  awards,
  award,
  fundsToDrawOn,
  commissioning,
];

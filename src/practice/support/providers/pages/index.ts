import type { FiguresPool } from '../../../../platform/measures/compute.ts';
import type { PageDefinition } from '../../../../platform/web/page.ts';
import { addContractPage, addTargetPage, changeContractPage } from './contract-forms.tsx';
import { contractPage, contractsPage } from './contracts.tsx';
import { countedPage } from './counted.tsx';
import { addGrantPage, changeGrantPage, grantPage, grantsPage } from './money.tsx';
import { addProjectPage, changeProjectPage, evaluatePage } from './project-forms.tsx';
import { projectPage, projectsPage } from './projects.tsx';
import { correctFilePage, emptyFilePage, fileReturnPage } from './return-files.tsx';
import { addReturnPage, correctReturnPage, returnPage } from './returns.tsx';
import { drawPage } from './shares.tsx';
import { startPage } from './start.tsx';

/** Every page of providers, projects and money. */
export const providersPages = (pools?: FiguresPool): readonly PageDefinition[] => [
  startPage,
  contractsPage,
  addContractPage,
  contractPage,
  changeContractPage,
  addTargetPage,
  addReturnPage,
  fileReturnPage,
  emptyFilePage,
  returnPage,
  correctReturnPage,
  correctFilePage,
  projectsPage,
  addProjectPage,
  projectPage,
  changeProjectPage,
  evaluatePage,
  grantsPage,
  addGrantPage,
  drawPage,
  grantPage,
  changeGrantPage,
  countedPage(pools),
];

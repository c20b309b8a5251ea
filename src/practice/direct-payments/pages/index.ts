import type { PageDefinition } from '../../../platform/web/page.ts';
import { askPage } from './ask.tsx';
import { evaluationFilePage, evaluationPage } from './evaluation.tsx';
import { fundPage } from './fund.tsx';
import { addFundPage, fundsPage } from './funds.tsx';
import { minePage, queuePage } from './lists.tsx';
import { paymentsPage, runsPage } from './payments.tsx';
import { requestPage } from './request.tsx';
import { failedPage, runFilePage, runPage } from './run.tsx';
import { settingsPage } from './settings.tsx';
import { startPage } from './start.tsx';
import { withdrawPage } from './withdraw.tsx';

/** Every page of the scheme. */
export const pages: readonly PageDefinition[] = [
  startPage,
  askPage,
  requestPage,
  withdrawPage,
  queuePage,
  minePage,
  fundsPage,
  addFundPage,
  fundPage,
  paymentsPage,
  runsPage,
  runPage,
  runFilePage,
  failedPage,
  settingsPage,
  evaluationPage,
  evaluationFilePage,
];

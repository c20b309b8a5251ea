import { directory, due as directoryDue } from './partnership/directory/area.ts';
import {
  mentalHealthArea,
  draws as mentalHealthDraws,
  due as mentalHealthDue,
} from './partnership/mental-health/area.ts';
import { measures as mentalHealthMeasures } from './partnership/mental-health/measures.ts';
import { reports as mentalHealthReports } from './partnership/mental-health/reports.ts';
import { startArea } from './partnership/start/area.tsx';
import type { Area } from './platform/area.ts';
import type { Pools } from './platform/database/connect.ts';
import { figuresArea } from './platform/measures/area.ts';
import { reportsArea } from './platform/reports/area.ts';
import { accounts } from './platform/sign-in/area.ts';
import { directPayments, draws, due, familyPanel, inHand } from './practice/direct-payments/area.ts';
import { reports as directPaymentReports } from './practice/direct-payments/reports.ts';
import {
  familyGroup,
  due as familyGroupDue,
  inHand as familyGroupInHand,
  familyPanel as familyGroupPanel,
} from './practice/family-group/area.ts';
import {
  supportArea,
  draws as supportDraws,
  due as supportDue,
  familyPanel as supportFamily,
  inHand as supportInHand,
} from './practice/support/area.ts';
import { recordAreas, todayFirst } from './record/area.ts';
import { seesSmallNumbers } from './record/roles.ts';

/** One folder for each way families are supported. A new practice area is added to this list, and nowhere else. */
const practices = (setting?: Pick<AreaSetting, 'pools'>): readonly Area[] => [
  supportArea(setting),
  directPayments,
  familyGroup,
];

/** Every report that the areas offer. */
export const reports = [...directPaymentReports, ...mentalHealthReports];

/** What areas need to know of the installation they run in. */
export interface AreaSetting {
  pools: Pick<Pools, 'figures'>;
  /** The council or partnership, for the heads of reports. */
  council: string;
  publicUrl?: string;
  /** The installation's secret, then those it had before: what opens visits that were written with no signal. */
  secrets?: readonly string[];
}

/** Every area of the system, in the order in which the navigation shows them. */
export function allAreas({ pools, council, publicUrl, secrets }: AreaSetting): readonly Area[] {
  const ofRecord = {
    areas: () => areas,
    panels: [supportFamily, familyGroupPanel, familyPanel],
    inHand: [supportInHand, familyGroupInHand, inHand],
    drawers: [draws, supportDraws, mentalHealthDraws],
    due: [supportDue, familyGroupDue, due, directoryDue, mentalHealthDue],
    visitSecrets: secrets,
    publicUrl,
  };
  const mentalHealth = mentalHealthArea({ pools, council, publicUrl });
  const measured = [...recordAreas(ofRecord), ...practices({ pools }), mentalHealth];
  const areas: Area[] = [
    startArea(() => areas, todayFirst(ofRecord)),
    ...measured,
    directory,
    figuresArea({ areas: measured, pools, seesSmallNumbers }),
    reportsArea({ reports, pools, council, editors: ['planning-officer'], publicUrl }),
    accounts,
  ];
  return areas;
}

/** The areas that declare roles and kinds of reason: what the database has to know before anybody asks. */
export const catalogue: readonly Area[] = [...recordAreas(), ...practices(), directory];

/** Every measure that is published. */
export const measures = [...catalogue.flatMap((area) => area.measures ?? []), ...mentalHealthMeasures];

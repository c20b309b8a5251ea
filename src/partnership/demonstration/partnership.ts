// Strathmorran: a made-up council area, its partners, their teams and the people who work there.

/** Somebody whom the sign-in page of a demonstration offers to be. */
export interface Persona {
  readonly email: string;
  readonly name: string;
  readonly post: string;
  readonly organisation: string;
  /** What they do, in one line. */
  readonly does: string;
}

export const localities = ['Kinbrae', 'Ardwhin', 'Dunlarig', 'Invermarn', 'Balnoran', 'Glenfarrow'] as const;
export type Locality = (typeof localities)[number];

/** Schools of each cluster: the secondary first. */
export const schools: Readonly<Record<Locality, readonly string[]>> = {
  Kinbrae: ['Kinbrae Academy', 'Burnside Primary', 'Millhill Primary'],
  Ardwhin: ['Ardwhin High', 'Whinfield Primary', 'Ardwhin Gaelic Primary'],
  Dunlarig: ['Dunlarig Academy', 'Castle Wynd Primary', 'Larig Nursery Class'],
  Invermarn: ['Invermarn High', 'Harbour Primary', 'Marn Bridge Primary'],
  Balnoran: ['Balnoran Academy', 'Noran Primary', 'Birkwood School'],
  Glenfarrow: ['Glenfarrow High', 'Farrow Primary', 'Upper Glen Primary'],
};

const council = 'Strathmorran Council';
const trust = 'Cairn Family Trust';
export const organisations = [
  { name: council, kind: 'council' },
  { name: 'NHS Strathmorran', kind: 'health' },
  { name: trust, kind: 'third sector' },
] as const;

export type StaffRole =
  | 'social-worker'
  | 'school-wellbeing-lead'
  | 'team-manager'
  | 'senior-manager'
  | 'finance-officer'
  | 'planning-officer'
  | 'records-officer'
  | 'family-support-worker'
  | 'provider-worker'
  | 'directory-editor'
  | 'administrator'
  | 'system-administrator';

export interface Team {
  readonly name: string;
  readonly organisation: string;
  readonly service: string;
  readonly locality: Locality | null;
  readonly staff: readonly { readonly name: string; readonly role: StaffRole }[];
}

const socialWork = (locality: Locality, workers: readonly string[], manager: string): Team => ({
  name: `Children and families, ${locality}`,
  organisation: council,
  service: 'social-work',
  locality,
  staff: [
    ...workers.map((name) => ({ name, role: 'social-worker' as const })),
    { name: manager, role: 'team-manager' },
  ],
});
const cluster = (locality: Locality, leads: readonly string[], manager: string): Team => ({
  name: `${locality} cluster`,
  organisation: council,
  service: 'education',
  locality,
  staff: [
    ...leads.map((name) => ({ name, role: 'school-wellbeing-lead' as const })),
    { name: manager, role: 'team-manager' },
  ],
});
const central = (name: string, service: string, role: StaffRole, people: readonly string[]): Team => ({
  name,
  organisation: council,
  service,
  locality: null,
  staff: people.map((each) => ({ name: each, role })),
});

export const teams: readonly Team[] = [
  socialWork('Kinbrae', ['Ailsa Drummond', 'Paweł Zieliński', 'Rhona Petrie'], 'Gordon Rennie'),
  socialWork('Ardwhin', ['Struan Laurie', 'Bea Chisholm'], 'Isobel Geddes'),
  socialWork('Dunlarig', ['Hazel Moncur', 'Imran Aslam'], 'Wilma Tait'),
  socialWork('Invermarn', ['Craig Donnachie', 'Fiona Rattray'], 'Ewan Pirie'),
  socialWork('Balnoran', ['Tess Ballantyne', 'Leon Abara'], 'Margo Keir'),
  socialWork('Glenfarrow', ['Gillian Spence', 'Robbie Auld'], 'Una Farquhar'),
  cluster('Kinbrae', ['Mairi MacAskill', 'Euan Sillars'], 'Shabnam Akhtar'),
  cluster('Ardwhin', ['Peigi NicAonghais'], 'Colin Breck'),
  cluster('Dunlarig', ['Anya Sutherland'], 'Derek Wishart'),
  cluster('Invermarn', ['Lorraine Fyfe'], 'Stuart Haig'),
  cluster('Balnoran', ['Ola Jankowska'], 'Jean Lumsden'),
  cluster('Glenfarrow', ['Davie Marr'], 'Philippa Gow'),
  central('Children and families leadership', 'social-work', 'senior-manager', ['Catriona Buchan']),
  central('Education leadership', 'education', 'senior-manager', ['Alasdair Munro']),
  central('Finance', 'finance', 'finance-officer', ['Douglas Imrie', 'Senga Lowrie']),
  central('Planning and performance', 'planning', 'planning-officer', ['Yuliia Bondarenko']),
  central('Digital services', 'systems', 'system-administrator', ['Fraser Tulloch', 'Moira Laing']),
  {
    name: 'Family support',
    organisation: trust,
    service: 'third-sector',
    locality: null,
    staff: [
      { name: 'Niamh Docherty', role: 'family-support-worker' },
      { name: 'Sorcha Lennie', role: 'administrator' },
    ],
  },
  { name: 'Health visiting', organisation: 'NHS Strathmorran', service: 'health', locality: null, staff: [] },
  central('Records', 'records', 'records-officer', ['Rona Bisset']),
];

/** A team manager who stands in for another for a fortnight around the day of the demonstration. */
export const standIn = { who: 'Isobel Geddes', for: 'Wilma Tait' } as const;

/** The sign-in name of somebody who works in Strathmorran. */
export const emailOf = (name: string): string =>
  `${name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ł', 'l')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '.')}@strathmorran.example`;

const persona = (name: string, post: string, organisation: string, does: string): Persona => ({
  email: emailOf(name),
  name,
  post,
  organisation,
  does,
});

/** The sign-ins of the demonstration, in the order in which they are shown. */
export const demonstrationPersonas: readonly Persona[] = [
  persona(
    'Ailsa Drummond',
    'Social worker, Kinbrae',
    council,
    'Listens to families, asks for what would help, and tells what changed.',
  ),
  persona(
    'Paweł Zieliński',
    'Social worker, Kinbrae',
    council,
    'Works beside Ailsa: may decide what she asks for, and never his own requests.',
  ),
  persona(
    'Mairi MacAskill',
    'School wellbeing lead, Kinbrae cluster',
    council,
    'Asks for families through their schools.',
  ),
  persona(
    'Gordon Rennie',
    'Team manager, social work, Kinbrae',
    council,
    'Decides up to £1,500, asks for more, or sends up.',
  ),
  persona(
    'Shabnam Akhtar',
    'Team manager, Kinbrae cluster',
    council,
    'Decides what schools ask for, up to £1,500.',
  ),
  persona(
    'Catriona Buchan',
    'Senior manager, children and families',
    council,
    'Decides what is above £1,500, and what together passes it.',
  ),
  persona(
    'Douglas Imrie',
    'Finance officer',
    council,
    'Keeps the funds and pays families. Sees whom to pay and never their words.',
  ),
  persona(
    'Yuliia Bondarenko',
    'Planning officer',
    council,
    'Writes the committee report and reads every figure. Opens no family.',
  ),
  persona(
    'Rona Bisset',
    'Records officer',
    council,
    'Looks whether two records are of one person. Sees names only while she compares.',
  ),
  persona(
    'Fraser Tulloch',
    'System administrator',
    council,
    'Gives people of every partner their posts and keeps the settings. Opens no family.',
  ),
  persona(
    'Niamh Docherty',
    'Family support worker',
    trust,
    'Works for another organisation: helps the families who asked her team, and sees no others.',
  ),
  persona(
    'Sorcha Lennie',
    'Administrator',
    trust,
    'Looks after the accounts of her own organisation, and of no other. Opens no family.',
  ),
  persona(
    'Shona Baird',
    'Coordinator, family group decision making',
    council,
    'Brings families together so that they make their own plan. Sees those who wait, and those she is with.',
  ),
  persona(
    'Fern Adair',
    'Returns officer',
    'Quiet Corner',
    'Sends the sums of a provider, month by month. Sees her own contract, and no family.',
  ),
  persona(
    'Kirsteen Logie',
    'Directory editor',
    council,
    'Keeps what help there is true: who it is for, where, when, and last checked.',
  ),
  persona(
    'Innes Rattray',
    'Practitioner, CAMHS',
    'NHS Strathmorran',
    'Answers for the mental health service of the health board; what is not for it goes on with everything told.',
  ),
];

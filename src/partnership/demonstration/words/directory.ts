import type { Weekday } from '../../directory/rules.ts';
import type { Locality } from '../partnership.ts';

// What help there is in Strathmorran besides its programmes: groups, cafés, shops and lines that are made up, like all there is here.

interface Place {
  readonly name: string;
  readonly lines: string;
  readonly town: Locality;
  readonly gettingThere: string;
  readonly access: string;
}

const place = (name: string, lines: string, town: Locality, gettingThere = '', access = ''): Place => ({
  name,
  lines,
  town,
  gettingThere,
  access,
});

const places = {
  harbourHall: place(
    'Harbour Hall',
    '3 The Quay',
    'Invermarn',
    'Buses 4 and 14 stop outside',
    'A ramp at the side door; a toilet with rails',
  ),
  kinbraeHub: place(
    'Kinbrae Family Hub',
    '12 Station Road',
    'Kinbrae',
    'Two minutes from the station',
    'All on one floor, with a quiet room',
  ),
  ardwhinLibrary: place(
    'Ardwhin Library',
    'The Square',
    'Ardwhin',
    'The 21 bus from Glenfarrow',
    'Lift to the upper floor; hearing loop at the desk',
  ),
  dunlarigCentre: place(
    'Dunlarig Community Centre',
    '40 Castle Wynd',
    'Dunlarig',
    'Free parking behind',
    'Steps at the front, a level door behind',
  ),
  balnoranCampus: place(
    'Balnoran Campus',
    'Noran Avenue',
    'Balnoran',
    'Bus 9 from the town centre',
    'Level throughout; a changing place',
  ),
  glenBarn: place(
    'The Glen Barn',
    'Mill Lane',
    'Glenfarrow',
    'The community bus collects: ring the day before',
    'Gravel path; one step',
  ),
} as const;

interface Opening {
  readonly days: readonly Weekday[];
  readonly opens: string;
  readonly closes: string;
  readonly words?: string;
}

/** An entry, with the months since somebody checked it. */
export interface Told {
  readonly title: string;
  readonly organisation: string;
  readonly what: string;
  readonly whoFor: string;
  readonly ages?: readonly [number | null, number | null];
  readonly care?: readonly [number | null, number | null];
  readonly needs: readonly string[];
  readonly level?: 'universal' | 'additional' | 'intensive';
  readonly areas?: readonly Locality[];
  readonly howToGetIn: string;
  readonly where: string;
  readonly when: string;
  readonly outOfHours?: boolean;
  readonly cost?: string;
  readonly phone?: string;
  readonly web?: string;
  readonly otherwise?: string;
  readonly state?: 'open' | 'paused';
  readonly checkedMonthsAgo: number;
  readonly at: readonly {
    readonly place: Place;
    readonly words?: string;
    readonly openings: readonly Opening[];
  }[];
}

export const organisations: readonly {
  readonly name: string;
  readonly about: string;
  readonly web: string;
}[] = [
  {
    name: 'Strathmorran Council',
    about: 'The council, with its schools, nurseries, libraries and social work.',
    web: 'https://council.strathmorran.example',
  },
  {
    name: 'NHS Strathmorran',
    about: 'Doctors, nurses, health visitors and hospitals.',
    web: 'https://nhs.strathmorran.example',
  },
  { name: 'Cairn Family Trust', about: 'A charity of families for families.', web: 'https://cairn.example' },
  { name: 'Marn Churches Together', about: 'Churches of Invermarn that do things together.', web: '' },
  {
    name: 'Strathmorran Carers Centre',
    about: 'A charity for everybody who looks after somebody, of any age.',
    web: 'https://carers.strathmorran.example',
  },
  {
    name: 'Morran Youth',
    about: 'A charity where young people decide what there is.',
    web: 'https://morranyouth.example',
  },
  {
    name: 'Safe Harbour Women’s Aid',
    about: 'A charity for women, children and young people who live or lived with abuse.',
    web: 'https://safeharbour.example',
  },
];

const tel = (last: number): string => `01632 960 ${last}`;

export const entries: readonly Told[] = [
  {
    title: 'Harbour Pantry',
    organisation: 'Marn Churches Together',
    what: 'A shop where you choose a bag of good food and pay three pounds, or what you can. There is tea, and a table with toys for the wee ones.',
    whoFor: 'Anybody who finds it hard to make the money last. Nobody asks why.',
    needs: ['money and food'],
    level: 'universal',
    areas: ['Invermarn'],
    howToGetIn: 'Just come. You do not need to be sent by anybody.',
    where: 'Harbour Hall, Invermarn',
    when: 'Tuesday and Saturday mornings',
    outOfHours: true,
    cost: '£3 a bag, or what you can pay',
    phone: tel(201),
    otherwise: 'In other places ask at the family hub in Kinbrae: they know the pantry nearest to you.',
    checkedMonthsAgo: 2,
    at: [{ place: places.harbourHall, openings: [{ days: ['TU', 'SA'], opens: '09:30', closes: '12:00' }] }],
  },
  {
    title: 'School clothes swap',
    organisation: 'Cairn Family Trust',
    what: 'Bring what has grown too small and take what fits: uniforms, shoes, coats, PE kit. If you have nothing to bring, come anyway.',
    whoFor: 'Families with children at nursery or school.',
    ages: [3, 18],
    needs: ['money and food', 'school and learning'],
    level: 'universal',
    howToGetIn: 'Just come.',
    where: 'Kinbrae Family Hub, and a van that goes round the schools in August',
    when: 'Wednesday afternoons and the first Saturday of the month',
    outOfHours: true,
    phone: tel(205),
    checkedMonthsAgo: 1,
    at: [{ place: places.kinbraeHub, openings: [{ days: ['WE'], opens: '14:00', closes: '17:30' }] }],
  },
  {
    title: 'Money matters: advice for families',
    organisation: 'Strathmorran Council',
    what: 'Somebody sits down with you and looks at what you are due: benefits, grants, help with bills and debt. Families who came last year were better off by about £40 a week.',
    whoFor: 'Parents, carers, people expecting a baby, and young people who live by themselves.',
    ages: [16, null],
    needs: ['money and food'],
    level: 'additional',
    howToGetIn: 'Ring, or ask your health visitor or school to ring for you. They can come to your home.',
    where: 'At home, by phone, or at the family hub',
    when: 'Monday to Friday, 9am to 5pm, and Thursdays until 8pm',
    outOfHours: true,
    phone: tel(210),
    web: 'https://council.strathmorran.example/money',
    checkedMonthsAgo: 4,
    at: [
      { place: places.kinbraeHub, openings: [{ days: ['TH'], opens: '16:00', closes: '20:00' }] },
      {
        place: places.ardwhinLibrary,
        words: 'Ask at the desk',
        openings: [{ days: ['MO'], opens: '10:00', closes: '13:00' }],
      },
    ],
  },
  {
    title: 'Bumps, babies and toddlers',
    organisation: 'NHS Strathmorran',
    what: 'A morning with other new and expecting parents. A health visitor is there to weigh babies and to ask anything, and there are songs in the second half.',
    whoFor: 'Anybody who is expecting, and families with children up to three. Dads and grandparents too.',
    ages: [null, 3],
    needs: ['early years', 'family life'],
    level: 'universal',
    howToGetIn: 'Just come, from the day you know.',
    where: 'In four of our towns',
    when: 'Mornings, on another day in each place',
    phone: tel(220),
    checkedMonthsAgo: 3,
    at: [
      { place: places.kinbraeHub, openings: [{ days: ['MO'], opens: '10:00', closes: '11:30' }] },
      { place: places.harbourHall, openings: [{ days: ['TH'], opens: '10:00', closes: '11:30' }] },
      { place: places.dunlarigCentre, openings: [{ days: ['FR'], opens: '09:30', closes: '11:00' }] },
      { place: places.balnoranCampus, openings: [{ days: ['TU'], opens: '10:00', closes: '11:30' }] },
    ],
  },
  {
    title: 'Dads and wee ones',
    organisation: 'Cairn Family Trust',
    what: 'Breakfast rolls, a soft floor and other dads. On the last Saturday of the month we go out: the beach, the woods, the train.',
    whoFor: 'Dads, grandads and other men with children under eight.',
    ages: [0, 7],
    needs: ['early years', 'family life', 'somewhere to go'],
    level: 'universal',
    areas: ['Kinbrae', 'Ardwhin'],
    howToGetIn: 'Just come.',
    where: 'Kinbrae Family Hub',
    when: 'Saturday mornings',
    outOfHours: true,
    phone: tel(205),
    checkedMonthsAgo: 5,
    at: [{ place: places.kinbraeHub, openings: [{ days: ['SA'], opens: '09:30', closes: '11:30' }] }],
  },
  {
    title: 'Different minds',
    organisation: 'Cairn Family Trust',
    what: 'An evening for parents whose children are autistic, have ADHD, or think in other ways of their own. Each week somebody knows a lot about one thing: sleep, food, school, brothers and sisters.',
    whoFor: 'Parents and carers. You do not need a diagnosis to come.',
    ages: [0, 18],
    care: [0, 25],
    needs: ['neurodiversity', 'family life'],
    level: 'universal',
    howToGetIn: 'Ring or write, and we send you the link or keep you a chair.',
    where: 'Ardwhin Library, and online',
    when: 'Thursday evenings in term time',
    outOfHours: true,
    phone: tel(206),
    checkedMonthsAgo: 1,
    at: [
      {
        place: places.ardwhinLibrary,
        openings: [{ days: ['TH'], opens: '19:00', closes: '20:30', words: 'in term time' }],
      },
    ],
  },
  {
    title: 'Quiet Saturday at the pool',
    organisation: 'Strathmorran Council',
    what: 'The pool with the lights low, no music and few people. Staff know what helps, and there is a room to be by yourself in.',
    whoFor: 'Children and young people who find the pool too loud, with their families.',
    ages: [0, 25],
    needs: ['neurodiversity', 'health and disability', 'somewhere to go'],
    level: 'universal',
    howToGetIn: 'Book by phone, so that it stays quiet.',
    where: 'Balnoran Campus',
    when: 'Saturdays, 8am to 9:30am',
    outOfHours: true,
    cost: '£1 for each child; whoever helps them is free',
    phone: tel(230),
    checkedMonthsAgo: 7,
    at: [{ place: places.balnoranCampus, openings: [{ days: ['SA'], opens: '08:00', closes: '09:30' }] }],
  },
  {
    title: 'Drop-in for young people',
    organisation: 'Morran Youth',
    what: 'Pool, food, music, and adults who listen. If something is on your mind there is a room to talk in, and nothing goes further unless you say so or somebody is not safe.',
    whoFor: 'Anybody at secondary school or just out of it.',
    ages: [11, 18],
    care: [11, 25],
    needs: ['somewhere to go', 'mental health and wellbeing'],
    level: 'universal',
    howToGetIn: 'Just come. Nobody has to know.',
    where: 'Dunlarig and Glenfarrow',
    when: 'Four evenings a week',
    outOfHours: true,
    phone: tel(240),
    web: 'https://morranyouth.example/drop-in',
    checkedMonthsAgo: 2,
    at: [
      { place: places.dunlarigCentre, openings: [{ days: ['TU', 'FR'], opens: '18:30', closes: '21:30' }] },
      { place: places.glenBarn, openings: [{ days: ['WE', 'SU'], opens: '17:00', closes: '20:00' }] },
    ],
  },
  {
    title: 'Somebody to talk to: a line for parents',
    organisation: 'Cairn Family Trust',
    what: 'Another parent picks up. They have been trained, they have time, and they have had days like yours.',
    whoFor: 'Any parent or carer here, on any sort of day.',
    needs: ['mental health and wellbeing', 'family life'],
    level: 'universal',
    howToGetIn: 'Ring, or send a text with “ring me”.',
    where: 'By phone',
    when: 'Every day, 10am to 10pm',
    outOfHours: true,
    phone: tel(207),
    otherwise: 'At night, phone NHS 24 on 111 or Samaritans on 116 123.',
    checkedMonthsAgo: 3,
    at: [],
  },
  {
    title: 'Young carers club',
    organisation: 'Strathmorran Carers Centre',
    what: 'A night off with others who know what it is like: tea, games, a trip each holiday, and somebody who speaks to your school for you if you want that.',
    whoFor:
      'Children and young people who look after somebody at home: a parent, a brother or sister, a grandparent.',
    ages: [8, 18],
    care: [8, 25],
    needs: ['being a carer', 'somewhere to go'],
    level: 'additional',
    howToGetIn: 'Ring or message us yourself, or ask a teacher. We can collect you.',
    where: 'Kinbrae Family Hub and the Glen Barn',
    when: 'Monday and Thursday evenings',
    outOfHours: true,
    phone: tel(250),
    checkedMonthsAgo: 2,
    at: [
      { place: places.kinbraeHub, openings: [{ days: ['MO'], opens: '17:00', closes: '19:30' }] },
      { place: places.glenBarn, openings: [{ days: ['TH'], opens: '17:00', closes: '19:30' }] },
    ],
  },
  {
    title: 'Breaks for carers',
    organisation: 'Strathmorran Carers Centre',
    what: 'A few hours, a night or a weekend off, and money towards what would do you good. You choose.',
    whoFor: 'Adults who look after somebody who could not manage without them.',
    ages: [18, null],
    needs: ['being a carer', 'health and disability'],
    level: 'additional',
    howToGetIn: 'Ring. Somebody comes and makes an adult carer support plan with you, if you would like one.',
    where: 'Wherever suits you',
    when: 'Agreed with you',
    phone: tel(251),
    checkedMonthsAgo: 6,
    at: [],
  },
  {
    title: 'Kinship café',
    organisation: 'Cairn Family Trust',
    what: 'For grannies, aunties, big brothers and everybody else who brings up a child of the family. Lunch, a crèche, and a lawyer on the first Friday.',
    whoFor: 'Kinship carers, with an order or without one.',
    needs: ['care experience', 'family life'],
    level: 'universal',
    howToGetIn: 'Just come, or ring first if you would like somebody to meet you at the door.',
    where: 'Dunlarig Community Centre',
    when: 'Fridays in school time',
    phone: tel(208),
    checkedMonthsAgo: 4,
    at: [
      {
        place: places.dunlarigCentre,
        openings: [{ days: ['FR'], opens: '11:30', closes: '14:00', words: 'in term time' }],
      },
    ],
  },
  {
    title: 'Champions board',
    organisation: 'Strathmorran Council',
    what: 'Care experienced young people tell those who run things what has to change, and see to it that it does. There is a group for under-12s too.',
    whoFor: 'Anybody who is or was in care: at home, in kinship or foster care, or in a children’s house.',
    ages: [8, 25],
    needs: ['care experience'],
    level: 'universal',
    howToGetIn: 'Message us, or tell your worker that you would like to come. Travel and food are paid.',
    where: 'Balnoran Campus',
    when: 'The second Saturday of the month',
    outOfHours: true,
    phone: tel(231),
    checkedMonthsAgo: 3,
    at: [{ place: places.balnoranCampus, openings: [] }],
  },
  {
    title: 'Support after abuse, for children',
    organisation: 'Safe Harbour Women’s Aid',
    what: 'A worker of your own, who plays and talks with you about what happened and helps you to feel safe. Your mum has somebody of her own too.',
    whoFor:
      'Children and young people who live, or lived, with somebody who hurt or frightened people at home.',
    ages: [4, 18],
    needs: ['domestic abuse', 'mental health and wellbeing'],
    level: 'intensive',
    howToGetIn: 'Ring, or have somebody you trust ring. Where we meet is told to you alone.',
    where: 'Somewhere safe, or at school',
    when: 'Agreed with you; the line is open day and night',
    outOfHours: true,
    phone: tel(260),
    web: 'https://safeharbour.example',
    otherwise:
      'Scotland’s Domestic Abuse and Forced Marriage Helpline is there day and night on 0800 027 1234, for men as well.',
    checkedMonthsAgo: 1,
    at: [],
  },
  {
    title: 'When somebody at home drinks or takes drugs',
    organisation: 'Morran Youth',
    what: 'Somebody to see each week, things to do, and others in the same boat. It is not your fault, and you do not have to fix it.',
    whoFor:
      'Children and young people who worry about a parent’s or a brother’s or sister’s drinking or drugs.',
    ages: [7, 18],
    needs: ['alcohol and drugs', 'mental health and wellbeing'],
    level: 'additional',
    howToGetIn: 'Message us, or ask a teacher or school nurse.',
    where: 'At school, or at the drop-in',
    when: 'A time that suits you',
    phone: tel(241),
    checkedMonthsAgo: 8,
    at: [{ place: places.dunlarigCentre, openings: [] }],
  },
  {
    title: 'Homework and hot food',
    organisation: 'Strathmorran Council',
    what: 'A warm library, a computer, somebody who explains maths again, and soup at five.',
    whoFor: 'Anybody at primary 6 or above.',
    ages: [10, 18],
    needs: ['school and learning', 'money and food'],
    level: 'universal',
    areas: ['Ardwhin', 'Glenfarrow'],
    howToGetIn: 'Just come after school.',
    where: 'Ardwhin Library',
    when: 'Monday to Thursday after school',
    phone: tel(232),
    state: 'paused',
    checkedMonthsAgo: 2,
    at: [
      {
        place: places.ardwhinLibrary,
        openings: [
          { days: ['MO', 'TU', 'WE', 'TH'], opens: '15:30', closes: '18:00', words: 'in term time' },
        ],
      },
    ],
  },
  {
    title: 'Ready for work',
    organisation: 'Morran Youth',
    what: 'Six weeks of trying things: a kitchen, a garage, a nursery, an office. A mentor stays with you for a year, and the bus is paid.',
    whoFor: 'Young people who have left school, or are about to, and have nothing lined up.',
    ages: [16, 24],
    care: [15, 26],
    needs: ['work, college and what comes next'],
    level: 'additional',
    howToGetIn: 'Ring or message. We meet wherever you like.',
    where: 'With employers all over Strathmorran',
    when: 'A new group begins each month',
    phone: tel(242),
    checkedMonthsAgo: 5,
    at: [],
  },
];

/** Towns, villages and other names of places, with the locality each lies in. */
export const names: readonly (readonly [string, Locality])[] = [
  ['portmarn', 'Invermarn'],
  ['the harbour', 'Invermarn'],
  ['burnside', 'Kinbrae'],
  ['millhill', 'Kinbrae'],
  ['whinfield', 'Ardwhin'],
  ['castle wynd', 'Dunlarig'],
  ['birkwood', 'Balnoran'],
  ['noran', 'Balnoran'],
  ['upper glen', 'Glenfarrow'],
  ['the glen', 'Glenfarrow'],
];

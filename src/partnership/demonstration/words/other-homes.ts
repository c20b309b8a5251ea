import { type Ask, asks } from './asks.ts';

/** What kinship carers ask for, and young people who have left care and live in a place of their own. */
export const otherHomes: readonly Ask[] = [
  ...asks('bedroom furniture', 'kinship', [
    [
      'I took the bairns in with a day’s notice and I would do it again. {child} is in my bed and I am in the chair. A bed for {him}, and we are laughing.',
      'A bed, bedding and a wardrobe',
      'A night’s sleep for both of us',
      'I’m back in my own bed, and {child} comes in at seven to tell me the time.',
      'The placement with {adult} was made to last a week. It is settled now, and {child} calls the room “mine”.',
    ],
  ]),
  ...asks('clothing', 'kinship', [
    [
      '{child} came to me in what {he} stood up in. I knit, but you cannot knit school shoes.',
      'Uniform, shoes and a coat',
      'For {child} to feel looked after',
      'A whole drawer of it. {He} folds everything.',
      '{child} asked me to look in the drawer before anything else when I visited.',
    ],
  ]),
  ...asks('household essentials', 'kinship', [
    [
      'My wee fridge was fine for one pensioner. I’m shopping every day now, and my knees know it.',
      'A fridge freezer',
      'One shop a week',
      'My knees say thank you.',
      '{adult} has the time now to go to the kinship carers’ lunch, and has made two friends there.',
    ],
  ]),
  ...asks('family activity', 'kinship', [
    [
      'I’m not meant to be the one saying no all day. I would like one weekend of being the one who spoils {him}.',
      'A weekend at a holiday park',
      'Being family, and not only rules',
      'I went down the flume. There’s a photo. You’re not seeing it.',
      '{child} told the panel about the weekend when asked what makes {him} happy.',
    ],
  ]),
  ...asks('digital access', 'kinship', [
    [
      '{child} needs a computer for the school, and I would not know one end from the other. Something simple, and somebody to show us both.',
      'A laptop, and three visits from a digital champion',
      'Keeping up, both of us',
      '{child} is teaching me. I’m told I am a slow learner but a nice one.',
      '{adult} now does the online forms without help, and {child} does the homework.',
    ],
  ]),
  ...asks('clubs and sports', 'kinship', [
    [
      'I am seventy-one. I can’t kick a ball about with {child}. There’s a club that can, and then I can shout from the side.',
      'A year’s subscription, boots and a kit',
      'Running about with others the same age',
      'I’ve a folding chair and a flask. I’m part of the team.',
      'The other parents drive {child} home on wet nights. {adult} is less alone with it all.',
    ],
  ]),
  ...asks('outdoor play', 'kinship', [
    [
      'It was a garden for old folk till {child} came: gravel and roses. I’d like to make a bit of it for playing. The roses can move.',
      'Turf, a swing and a small fence',
      'A garden for both of us',
      'The roses didn’t mind.',
      '{child} waters the roses, and {adult} pushes the swing.',
    ],
  ]),
  ...asks('bedroom furniture', 'independent', [
    [
      'I got the keys on Friday. It’s a bed and a light bulb. I know folk think that’s fine for a first flat, but I have moved nine times and I would like this one to look like I’m staying.',
      'Curtains, a wardrobe, bedding and a rug',
      'A first flat that looks like a home',
      'I stayed in on Saturday because I wanted to.',
      '{child} invited me in for tea, and there were two chairs. There had been none.',
    ],
  ]),
  ...asks('household essentials', 'independent', [
    [
      'I can cook. I learnt it in the children’s house. I just have nothing to cook on. If I had a cooker I’d have my brother round for his tea.',
      'A cooker, connected by a registered fitter, and pans',
      'Having my brother round',
      'He had seconds.',
      'The two brothers eat together every Wednesday. It was the one thing that {child} had asked to keep.',
    ],
  ]),
  ...asks('digital access', 'independent', [
    [
      'All the college work is on the portal. I do it in the library, but it’s loud there and I lose my place. With a laptop I’d manage the course.',
      'A laptop and a year of broadband',
      'Finishing the course',
      'I passed the first unit. I’ve never passed a first anything.',
      '{child} has a place on the second year. The tutor wrote to say so.',
    ],
  ]),
  ...asks('clothing', 'independent', [
    [
      'I’ve an interview with the nursery. I have got joggies. I’d like to walk in looking like somebody who works there.',
      'Clothes and shoes for an interview and the first weeks',
      'The job',
      'I got it. I start on Monday. I GOT IT.',
      '{child} has kept the job past the three months, and has begun to save.',
    ],
  ]),
  ...asks('learning equipment', 'independent', [
    [
      'The salon will take me on if I have my own scissors and kit. Nobody I know has that kind of money.',
      'A hairdresser’s kit and the college fee',
      'An apprenticeship',
      'I cut my social worker’s hair. She has been very brave.',
      '{child} is in the second term at the salon, and gives free cuts at the drop-in.',
    ],
  ]),
  ...asks('clubs and sports', 'independent', [
    [
      'I used to run, in care, with a worker who ran as well. I stopped when I moved out. I’d like to join the harriers. It keeps my head right.',
      'Membership of the harriers, and running shoes',
      'Keeping well',
      'Ten kilometres, and a pie after.',
      '{child} runs with the club twice a week, and has not needed the crisis line since.',
    ],
  ]),
  ...asks('music tuition', 'independent', [
    [
      'I do open mics with a borrowed guitar. The lad wants it back. A guitar of my own, it’s the one thing I never get bored of.',
      'A guitar, a case and strings',
      'Playing on',
      'I’ve written one about my gran’s house. Come and hear it.',
      '{child} plays at the care leavers’ evening, and gets others up to sing.',
    ],
  ]),
];

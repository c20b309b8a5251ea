/** What children and young people of the demonstration say matters to them, in their own words, by their ages. */
export const whatMatters: readonly {
  readonly ages: readonly [number, number];
  readonly words: string;
  /** Said only by those who live so. */
  readonly home?: 'parents' | 'kinship' | 'independently';
}[] = [
  {
    ages: [4, 7],
    words: 'My teddy Bobo has to come too. I like the light on in the hall. I love my gran’s soup.',
  },
  {
    ages: [4, 7],
    words: 'Digging. Worms. My brother when he is not cross. I do not like the loud man on the stairs.',
  },
  { home: 'parents', ages: [4, 7], words: 'I want to stay with my mum and I want a purple bike.' },
  {
    ages: [5, 8],
    words: 'When you come, play first and talk after. I am good at jigsaws, the ones with a hundred.',
  },
  {
    ages: [5, 9],
    words:
      'I like it when everybody eats together. I like my teacher. I don’t like when people whisper about me.',
  },
  {
    home: 'parents',
    ages: [6, 10],
    words: 'My dog Haggis. Football on Saturday, because Dad comes and watches from the fence.',
  },
  {
    ages: [7, 11],
    words: 'Please say my name right. Ask me how if you forget. I am the one who knows.',
  },
  {
    ages: [7, 11],
    words:
      'I need to know what is happening before it happens. Write it on the calendar in the kitchen so I can look.',
  },
  {
    ages: [8, 12],
    words:
      'I want to see my brothers and sisters every week, not when there is time. We have a song that we do.',
  },
  { ages: [8, 12], words: 'Don’t take me out of art to talk to me. Art is the good bit. Come at lunch.' },
  {
    home: 'parents',
    ages: [9, 13],
    words:
      'Mum is better in the mornings. I can do the dinner, I am not a baby, but I get tired. Nobody asks about the tired.',
  },
  { ages: [9, 13], words: 'Swimming. I got my 400 metres. I want somebody to come to the gala and shout.' },
  {
    home: 'kinship',
    ages: [10, 14],
    words: 'I am fine with people knowing I live with my granny. I am not fine with them making the face.',
  },
  { ages: [11, 15], words: 'My phone is how I talk to my sister. If you take it away you take her away.' },
  {
    ages: [12, 16],
    words:
      'Don’t write “kicked off”. I was upset and nobody listened. Ask me what happened and write down that.',
  },
  {
    ages: [12, 16],
    words: 'My bus pass, the piano at school, and not having to tell it all again to a new person.',
  },
  {
    ages: [13, 17],
    words:
      'I want to be at meetings about me, for all of it, not the last five minutes. I will bring Shona with me.',
  },
  {
    ages: [14, 18],
    words:
      'I’m going to be a joiner. Mr Abara says I have the hands. Keep my Thursdays free, that is college.',
  },
  {
    ages: [15, 19],
    words: 'My Sundays, my exams, and my wee brother having somebody to walk him to school.',
  },
  {
    home: 'independently',
    ages: [16, 24],
    words: 'A home that stays mine. I have moved eleven times and I still have the same blanket.',
  },
  {
    home: 'independently',
    ages: [16, 24],
    words:
      'Somebody who answers the phone on a Sunday. I know how to cook. I don’t know how to do council tax.',
  },
  {
    ages: [17, 24],
    words: 'My record should sound like me. I was funny when I was six and nobody wrote that down.',
  },
];

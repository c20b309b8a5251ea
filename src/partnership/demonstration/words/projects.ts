/** What children, families and schools thought of together, by turns. */
export const ideas: readonly { title: string; about: string; need: string }[] = [
  {
    title: 'Art after school',
    about: 'A room with paint and clay, and a grown-up who has time.',
    need: 'Children said that there is nowhere quiet to be after three o’clock.',
  },
  {
    title: 'Soup and stories',
    about: 'Families cook together once a week, eat, and somebody reads.',
    need: 'Parents said that they know nobody at the gate.',
  },
  {
    title: 'The big outdoors',
    about: 'A morning a week in the woods, with boots for everybody.',
    need: 'Some children had not been in a wood.',
  },
  {
    title: 'Worries on a string',
    about: 'A small group that learns what to do when the stomach turns.',
    need: 'Teachers and children named worry before anything else.',
  },
  {
    title: 'Dads and bikes',
    about: 'Saturdays in the yard with tools and bicycles.',
    need: 'Hardly any fathers came to anything.',
  },
  {
    title: 'The breakfast band',
    about: 'Porridge and drums before school.',
    need: 'Those who came late had mostly not eaten.',
  },
  {
    title: 'Big ones, wee ones',
    about: 'Older pupils meet the youngest through the summer before they begin.',
    need: 'The move to a new school kept both awake.',
  },
];

/** Host organisations of community solutions, one in each locality. */
export const hosts: readonly string[] = [
  'Kinbrae Neighbours',
  'Ardwhin Development Trust',
  'Dunlarig Together',
  'Invermarn Harbour Trust',
  'Balnoran Community Council',
  'Glenfarrow Hall Association',
];

/** Who leads a theme of community solutions: groups and never somebody. */
export const themes: readonly string[] = [
  'Lead for older people',
  'Lead for carers',
  'Lead for mental health',
  'Lead for people with a disability',
  'Lead for those who had a stroke',
  'Lead for getting about',
  'Lead for food',
  'Lead for volunteers',
  'Lead for alcohol and drugs',
];

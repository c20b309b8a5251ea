/**
 * What requests are for, as the settings page shows it, with what is usual: ages and pounds from and to, and where
 * it is bought.
 */
export const categories = [
  {
    id: 'bedroom furniture',
    ages: [3, 17],
    examples: 'Beds, bedding, a wardrobe, curtains, a night light',
    pounds: [180, 950],
    supplier: 'Morran Beds and Furniture',
  },
  {
    id: 'clothing',
    ages: [4, 20],
    examples: 'Winter coats, shoes, uniform, clothes for an interview',
    pounds: [60, 420],
    supplier: 'Kinbrae Outfitters',
  },
  {
    id: 'clubs and sports',
    ages: [6, 20],
    examples: 'Club fees, a kit, swimming lessons, a bicycle and helmet',
    pounds: [60, 480],
    supplier: 'Strathmorran Leisure',
  },
  {
    id: 'digital access',
    ages: [8, 20],
    examples: 'A laptop, a tablet with a speaking program, a year of broadband',
    pounds: [160, 640],
    supplier: 'Morran Computers',
  },
  {
    id: 'family activity',
    ages: [3, 17],
    examples: 'A day out together, a short break, a season ticket, a party',
    pounds: [80, 720],
    supplier: 'Morran Days Out',
  },
  {
    id: 'household essentials',
    ages: [0, 20],
    examples: 'A washing machine, a cooker, a fridge, flooring, a table',
    pounds: [150, 780],
    supplier: 'Strathmorran Appliances',
  },
  {
    id: 'learning equipment',
    ages: [8, 20],
    examples: 'A desk, books, a tutor for an exam, tools for an apprenticeship',
    pounds: [70, 560],
    supplier: 'The Morran Bookshop',
  },
  {
    id: 'music tuition',
    ages: [7, 20],
    examples: 'Lessons, the hire of an instrument, a choir, a recording session',
    pounds: [90, 600],
    supplier: 'Morran School of Music',
  },
  {
    id: 'outdoor play',
    ages: [3, 12],
    examples: 'A swing, a trampoline, a safe garden fence, wellies',
    pounds: [70, 650],
    supplier: 'Glenfarrow Garden and Play',
  },
  {
    id: 'sensory equipment',
    ages: [4, 14],
    examples: 'A weighted blanket, lights, ear defenders, an aquarium',
    pounds: [60, 620],
    supplier: 'Calm Corner Supplies',
  },
] as const;

export type Category = (typeof categories)[number];

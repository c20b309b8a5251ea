// Names of those who were helped in years gone by. No surname is one of the families of today (names.ts), so that nobody who looks
// for somebody of today comes upon them.

/** Fifty surnames. */
export const surnames: readonly string[] =
  'Abernethy Auchterlonie Balfour Barclay Birnie Blackadder Burnett Carmichael Cochrane Colquhoun Crichton Cruickshank Dalziel Dinwiddie Drysdale Dunbar Esslemont Fairbairn Farquharson Fenwick Galbraith Garrioch Glendinning Guthrie Heriot Hepburn Jardine Kirkpatrick Lamont Leslie Lithgow Maitland Melville Menzies Moncrieff Napier Oliphant Pitcairn Raeburn Riddoch Rutherford Sinclair Skirving Stirling Swinton Traquair Turnbull Wedderburn Whitelaw Younger'.split(
    ' ',
  );

/** Given names: children take them from the beginning, grown-ups from the end. */
export const givenNames: readonly string[] =
  'Alba Arran Blythe Bruce Cara Corey Davina Douglas Edie Ewen Faye Gavin Greta Hamish Hebe Ivor Jura Keir Kendra Lachlan Lexie Lyle Mirren Muir Neve Ossian Paige Quinn Rhys Roslyn Senga Tavish Tilda Vaila Wallace Xanthe Yvaine Zander Bryony Clyde Dougal Esme Fraser Gillian Hector Ina Jessie Kenneth Lilias Morag Netta Oswald Peggy Ramsay Sheena Torquil Una Verity Wilma Bertie'.split(
    ' ',
  );

/** Why help ended, and what came after it. */
export const pastEnded: readonly { why: string; next: string }[] = [
  { why: 'They had what they had come for.', next: 'They know whom to ask if it gets hard again.' },
  { why: 'It had run its time, and things were steadier.', next: 'The school goes on with what helps.' },
  {
    why: 'They said that they could go on by themselves.',
    next: 'A call after three months, if they want it.',
  },
];

/** Schools that took part in projects, beside those in `partnership.ts`, by cluster. */
export const otherSchools = {
  Kinbrae: [
    'Auldbank Primary',
    'Linnside Primary',
    'Quarryfoot Primary',
    'St Kentigern’s Primary',
    'Kinbrae Nursery Class',
  ],
  Ardwhin: ['Whinhill Primary', 'Brackenlea Primary', 'St Enoch’s Primary', 'Ardwhin Nursery Class'],
  Dunlarig: ['Larigside Primary', 'Ferngate Primary', 'St Blane’s Primary', 'Netherton Primary'],
} as const;

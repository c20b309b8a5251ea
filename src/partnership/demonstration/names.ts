// Made-up people, named as families in Scotland are today. Surnames that change with gender give both forms.

export interface Heritage {
  /** How many families of a hundred, about. */
  readonly share: number;
  readonly women: readonly string[];
  readonly men: readonly string[];
  readonly surnames: readonly (string | readonly [woman: string, man: string])[];
}

const scottish: Heritage = {
  share: 60,
  women:
    'Isla Skye Eilidh Orla Freya Ava Rowan Kirsty Morven Iona Heather Carly Demi Shannon Lorna Elspeth Mhairi Ellie Poppy Robyn Brooke Jodie Leanne Nicole Sadie Erin Maisie Una Beth Innes'.split(
      ' ',
    ),
  men: 'Callum Finlay Lewis Rory Brodie Logan Harris Struan Kyle Jamie Fergus Murray Ross Aidan Blair Cameron Darren Greig Jack Kai Liam Mason Nathan Owen Scott Sandy Tam Dylan Reece Magnus'.split(
    ' ',
  ),
  surnames:
    'Baird Calder Dalgleish Erskine Fairley Geddes Haldane Imlach Jarvie Kinnaird Laidlaw Meikle Nairn Ogilvie Purdie Rankine Selkirk Telfer Urquhart Veitch Wardlaw Yule Abercrombie Buchanan Cunningham Duthie Elphinstone Forsyth Gilchrist Hunter Inglis Kilgour Lockhart Mowat Niven Pollock Ramage Struthers Tennant Watt'.split(
      ' ',
    ),
};
const gaelic: Heritage = {
  share: 9,
  women: 'Mòrag Seonag Catrìona Oighrig Peigi Sìne Mairead Anna'.split(' '),
  men: 'Ruairidh Iain Coinneach Tormod Eòghann Dòmhnall Aonghas Fionnlagh'.split(' '),
  surnames: [
    ['NicLeòid', 'MacLeòid'],
    ['NicDhòmhnaill', 'MacDhòmhnaill'],
    ['Nic an t-Saoir', 'Mac an t-Saoir'],
    ['NicAmhlaigh', 'MacAmhlaigh'],
    ['NicAoidh', 'MacAoidh'],
  ],
};
const polish: Heritage = {
  share: 10,
  women: 'Zofia Maja Hanna Oliwia Agnieszka Kasia Magda Lena Wiktoria Ewa'.split(' '),
  men: 'Jakub Antoni Szymon Filip Tomasz Piotr Marek Kacper Wojtek Adam'.split(' '),
  surnames: [
    ['Kowalska', 'Kowalski'],
    ['Wiśniewska', 'Wiśniewski'],
    ['Jabłońska', 'Jabłoński'],
    ['Zawadzka', 'Zawadzki'],
    'Nowak',
    'Wójcik',
    'Mazur',
  ],
};
const pakistani: Heritage = {
  share: 9,
  women: 'Ayesha Zainab Maryam Noor Hira Sana Fatima Amna Iqra Rabia'.split(' '),
  men: 'Hamza Bilal Yusuf Ibrahim Zayn Haris Imran Usman Adeel Danyal'.split(' '),
  surnames: 'Akhtar Hussain Malik Chaudhry Qureshi Sheikh Mirza Ashraf Iqbal'.split(' '),
};
const ukrainian: Heritage = {
  share: 6,
  women: 'Oksana Daryna Solomiia Yana Kateryna Zlata Olena Nadiia'.split(' '),
  men: 'Danylo Maksym Bohdan Taras Nazar Ostap Andrii Mykola'.split(' '),
  surnames: 'Shevchuk Kovalenko Melnyk Tkachenko Petrenko Lysenko Savchenko'.split(' '),
};
const other: Heritage = {
  share: 6,
  women: 'Amara Ngozi Layla Rima Ifeoma Salma Temi Hala'.split(' '),
  men: 'Chidi Tunde Omar Sami Emeka Karim Kofi Idris'.split(' '),
  surnames: 'Okafor Haddad Mensah Adeyemi Khoury Osei Nasser Balogun'.split(' '),
};

/** Families of many beginnings. */
export const heritages: readonly Heritage[] = [scottish, gaelic, polish, pakistani, ukrainian, other];

/** The form of a surname that a woman or a man bears; a family is called by the second. */
export const surnameOf = (surname: string | readonly [string, string], gender: 'female' | 'male'): string =>
  typeof surname === 'string' ? surname : gender === 'female' ? surname[0] : surname[1];

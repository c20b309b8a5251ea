// Names as they are found in Scotland, the commonest of each list first. They are put together by chance: nobody's.

export const origins = ['Scots', 'Gaelic', 'Polish', 'South Asian', 'Ukrainian'] as const;
type Origin = (typeof origins)[number];

const words = (text: string): string[] => text.split(' ');

export const girls: Readonly<Record<Origin, string[]>> = {
  Scots: words(
    'Emily Olivia Isla Sophie Ava Emma Amelia Lucy Ella Sophia Grace Freya Millie Jessica Charlotte Lily Ellie Evie Aria Erin Anna Harper Rosie Eilidh Orla Mia Ruby Chloe Hannah Katie Skye Poppy Maisie Robyn Eva Niamh Leah Zara Abbie Holly Amber Sarah Margaret Elizabeth Catherine Nicole Laura Louise Claire Karen Fiona Alison Susan Kirsty Morag Jean Agnes Isobel Heather Lorraine Ailsa Mhairi Iona Caitlin Summer Quinn',
  ),
  Gaelic: words(
    'Eilidh Catrìona Mòrag Mairead Màiri Seonag Ceitidh Beathag Sìne Oighrig Peigi Raonaid Fionnghal Ealasaid Iseabail Anna Ciorstaidh Marsaili',
  ),
  Polish: words(
    'Julia Zuzanna Zofia Hanna Maja Lena Alicja Oliwia Maria Anna Katarzyna Agnieszka Małgorzata Barbara Ewa Magdalena Joanna Monika Natalia Aleksandra Wiktoria Karolina Gabriela Łucja',
  ),
  'South Asian': words(
    'Aisha Fatima Maryam Zainab Khadija Amina Hafsa Noor Zara Sana Ayesha Saima Rukhsana Nasreen Shazia Samina Harpreet Simran Jasleen Manpreet Priya Anjali',
  ),
  Ukrainian: words(
    'Sofiia Anna Solomiia Mariia Daryna Oksana Olena Nataliia Iryna Yuliia Tetiana Kateryna Polina Viktoriia Zlata',
  ),
};

export const boys: Readonly<Record<Origin, string[]>> = {
  Scots: words(
    'Jack Noah James Harris Rory Oliver Leo Alexander Logan Finlay Lewis Alfie Luca Charlie Archie Thomas Max Brodie Lucas Daniel Jude Harry Adam Theo Hunter Mason Callum Ethan Arlo Cameron Nathan Jamie Angus Hamish Ryan Liam Connor Kyle David John William Robert Andrew Michael Stuart Craig Scott Gary Steven Alan Iain Kenneth Gordon Graeme Douglas Ross Euan Fraser Struan Aaron Jayden Kai Olly Tyler Dylan',
  ),
  Gaelic: words(
    'Ruairidh Calum Iain Seumas Alasdair Coinneach Dòmhnall Murchadh Aonghas Eòghann Fionnlagh Niall Tormod Uilleam Raibeart Seòras Lachlann Micheal',
  ),
  Polish: words(
    'Antoni Jan Aleksander Franciszek Jakub Szymon Filip Wojciech Mikołaj Adam Piotr Krzysztof Andrzej Tomasz Paweł Michał Marcin Grzegorz Łukasz Mateusz Kacper Bartosz Stanisław',
  ),
  'South Asian': words(
    'Muhammad Mohammed Ibrahim Yusuf Ali Hassan Omar Bilal Hamza Zain Imran Tariq Asif Nadeem Shahid Rizwan Arjun Gurpreet Harjit Rohan Aarav Sajid',
  ),
  Ukrainian: words(
    'Oleksandr Maksym Artem Dmytro Matvii Andrii Serhii Mykola Volodymyr Ivan Bohdan Taras Yaroslav Vasyl Yurii',
  ),
};

const scots = words(
  "Smith Brown Wilson Robertson Campbell Stewart Thomson Anderson Scott MacDonald Reid Murray Clark Taylor Ross Young Watson Mitchell Paterson Morrison Walker Miller Fraser Gray Henderson Hamilton Johnston Duncan Davidson Graham Ferguson Kerr Bell Cameron Kelly Martin Hunter Allan MacKenzie Grant Simpson McDonald MacLeod MacKay Black McLean Russell Marshall Wallace Gibson Kennedy Gordon Burns Sutherland Stevenson Munro Milne Watt Wood Hughes Crawford Docherty Boyle Baird Sinclair Craig McIntyre McGregor O'Neill Gallagher Jones Williams Shaw Ritchie Muir McMillan McKay Christie Lindsay Bruce Currie Dickson Rennie Cunningham Donaldson Aitken Cowan Hay Moore Jamieson Findlay Forbes Logan Lawson Irvine Barclay Nicol Petrie Drummond Nairn Lennox Orr Urquhart Heron",
);

export const surnames: Readonly<Record<Origin, string[]>> = {
  Scots: scots,
  Gaelic: words(
    'MacLeod MacDonald Morrison MacKenzie MacIver Murray MacKay Campbell MacAulay Nicolson MacLean MacInnes MacNeil Martin Matheson MacPhee Beaton Ferguson',
  ),
  Polish: words(
    'Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Jankowski Mazur Kwiatkowski Krawczyk Kaczmarek Piotrowski Grabowski Pawłowski',
  ),
  'South Asian': words(
    'Khan Ahmed Hussain Ali Singh Kaur Malik Akhtar Iqbal Mahmood Shah Begum Bibi Chaudhry Butt Mirza Qureshi Siddiqui Sharma Patel Rehman Anwar',
  ),
  Ukrainian: words(
    'Melnyk Shevchenko Kovalenko Bondarenko Boyko Tkachenko Kravchenko Koval Oliynyk Lysenko Rudenko Savchenko Petrenko Marchenko Moroz',
  ),
};

/** Beginnings, middles and ends of the surnames that few people have: some thirty thousand of them. */
export const rareParts = [
  words(
    'Bal Car Dun Glen Kin Loch Mor Pit Strath Tor Aber Inver Drum Kil Auch Bra Cul Fer Gar Hal Lin Mun Ner Ork Pol Rud Sal Tar Ull Ved',
  ),
  words('a e i o u ber den fer gan hil lan mer nar pel rin sed tol van wel zo ch ck ll nn rr ai ea'),
  words(
    'burn dale field ford gate ham land lee ley man mont more ness rie shaw son stone ton ville ward well wick worth ie as is us et ot el ol ard ert ond ing ung',
  ),
] as const;

// Names for made people, the commonest first.

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

export const girls = words(`
Emily Olivia Sophie Isla Amelia Grace Ava Ella Freya Lucy Charlotte Emma Lily Eilidh Anna Jessica Millie Chloe Erin Evie Katie
Rebecca Rachel Sarah Laura Nicola Claire Michelle Jennifer Louise Karen Lisa Kelly Gillian Fiona Angela Amanda Tracey Susan
Margaret Elizabeth Catherine Mary Anne Isabella Orla Maisie Skye Robyn Holly Abbie Niamh Zara Aria Harper Willow Ivy Rosie Poppy
Daisy Hannah Molly Megan Amy Beth Heather Kirsty Lauren Natalie Stephanie Samantha Victoria Julie Lorraine Yvonne Shona Morag
Catriona Mairi Seonaid Ailsa Iona Rhona Lorna Moira Zofia Maja Hanna Julia Oliwia Agnieszka Katarzyna Magdalena Monika Joanna
Ewa Beata Aleksandra Weronika Fatima Aisha Maryam Zainab Khadija Ayesha Saima Nasreen Amina Hafsa Olena Oksana Tetiana Nataliya
Iryna Svitlana Kateryna Yuliya Anastasiia Daryna Priya Ananya Chiamaka Ngozi Blessing Esther Mei Ling Marie Maria Danielle
Nadine Denise Elaine Carol Wilma Senga Effie Una Greer Innes Kenna Ishbel Marsaili Peigi Sheena Thea Esme Mila Luna Nova Ada
`);
export const boys = words(`
Jack James Lewis Harris Noah Rory Leo Alexander Finlay Oliver Logan Harry Archie Luca Thomas Callum Daniel Ryan Cameron Adam
Andrew David John Robert William Paul Mark Steven Scott Craig Stuart Kevin Brian Alan Gary Derek Ross Euan Fraser Connor Liam
Jamie Kyle Aidan Nathan Matthew Samuel Benjamin Joshua Aaron Joseph Max Theo Arthur Freddie Alfie Oscar Charlie George Brodie
Blair Murray Angus Hamish Ruaridh Lachlan Calum Iain Alasdair Donald Murdo Kenneth Neil Gordon Graeme Colin Douglas Ewan Gregor
Duncan Hugh Ian Jakub Filip Szymon Mateusz Kacper Piotr Krzysztof Tomasz Marcin Lukasz Pawel Andrzej Michal Mohammed Ali Omar
Hassan Hussain Ibrahim Yusuf Bilal Usman Imran Tariq Zain Oleksandr Dmytro Andriy Serhiy Volodymyr Mykola Bohdan Taras Maksym
Danylo Arjun Rohan Chinedu Emeka Tobi Samson Wei Jun Daniele Martin Peter Philip Patrick Sean Barry Keith Norman Walter Ronald
Torquil Magnus Struan Keir Rowan Caelan Arran Innes Tavish Fergus Ramsay Grant Dylan Jayden Kai Ollie Jude Ezra Otis Hugo
`);
export const familyNames = words(`
Smith Brown Wilson Campbell Stewart Thomson Robertson Anderson MacDonald Scott Reid Murray Taylor Clark Mitchell Ross Walker
Paterson Young Watson Morrison Miller Fraser Davidson Gray McDonald Henderson Johnston Hamilton Graham Kerr Simpson Martin
Ferguson Cameron Duncan Hunter Kelly Bell Grant MacKenzie Allan Black MacLeod McLean Russell Marshall Wallace Gibson Kennedy
Gordon Burns Sutherland Stevenson Munro Milne Watt Sinclair Mackay Craig Muir McIntosh Christie Wood White Cunningham Crawford
Bruce Lindsay Boyd Wright Douglas Johnstone Williamson Hughes Jones Fleming Docherty Gallacher McKay Rennie Ritchie Irvine
Fisher Shaw Donnelly McGregor Buchanan Barclay Dunn Hay Lamont Baird Logan Forbes Sharp Hendry Nowak Kowalski Kowalska
Wisniewski Wojcik Kaminski Lewandowska Zielinska Szymanska Wozniak Ahmed Khan Hussain Ali Akhtar Malik Iqbal Mahmood Begum
Shah Mirza Chaudhry Shevchenko Kovalenko Bondarenko Tkachenko Melnyk Kravchenko Oliynyk Polishchuk Singh Kaur Patel Sharma
Okafor Adeyemi Balogun Eze Chen Wang Li Murphy Sweeney Gillespie Abernethy Auchterlonie Begg Colquhoun Dalgleish Elphinstone
Farquharson Galbraith Heggie Imrie Jardine Kinnaird Laidlaw Menzies Naismith Ogilvie Pringle Rankine Strachan Tulloch Urquhart
Veitch Wedderburn Yule Aitken Blackwood Carmichael Dickson Erskine Findlay Geddes Hepburn Inglis Keith Lockhart Moncrieff
`);
/** Beginnings and ends of family names that are rare. */
export const placeWords: readonly (readonly string[])[] = [
  words(
    'Aber Auch Bal Braid Cald Carn Craig Cul Dal Drum Dun Fin Gart Glen Inver Kil Kin Kirk Lang Lin Lour Max Mel Ouch Pen Pit Pol Rath Ruth Stan Strath Tar Tulli Whit',
  ),
  words(
    'ach anie ard arton bank beg bourne brae burn craig dale die field ford gair gask gray haugh hill house ie ine land lie loch loan mont more muir ness nie ock ray ron rose shaw side son ston ter to ton wood worth',
  ),
];

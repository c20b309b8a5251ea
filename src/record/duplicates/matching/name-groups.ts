// Given names that one person may go by: short forms, spellings, and the same name in Gaelic, Polish, Ukrainian and Urdu as it
// is written here. One line is one group. A name may stand in several groups (Sandy, Nell): it is like the names of each.
const lines = `
alexander alex alec alick sandy ali alistair alasdair alastair alisdair sasha oleksandr aleksander aleksandr olek
alexandra alex sandra sandy lexi lexie oleksandra aleksandra ola sasha
andrew andy drew andrzej andriy andrii anndra
anne ann anna annie hanna hannah anya ania anka nan nancy
agnes aggie nessa una senga agnieszka
aidan aiden aodhan aydan
alan allan allen ailean
alison allison ali
amy aimee ami
angus aonghas gus aengus
anthony antony tony antoni
archibald archie baldie gilleasbuig
arthur art artair artur
barbara babs barbra barbora basia
benjamin ben benji benny
bernadette bernie detta
brian bryan
bridget bridie brigid biddy brid brygida
callum calum colum
cameron cam kameron
caitlin kaitlyn catelyn katelyn kaitlin caitlyn
catherine katherine kathryn cathryn kate katie cathy kathy kath cath kay catriona katarzyna kasia kateryna katya catrina caitriona katrina
charles charlie chas chuck tearlach karol
charlotte charlie lottie lotte
christina christine tina chrissie kirsty kirsten cairistiona kirsteen krystyna
christopher chris kit kris krzysztof topher
clare claire clara klara
colin cailean collin
connor conor konnor conner
craig kraig
daniel dan danny daniil danylo domhnall
danielle dani daniela
david dave davie davy daibhidh dawid davyd
deborah debbie debra deb
derek derrick deric
dmytro dmitri dmitry dima
donald don donnie domhnall
dorothy dot dottie dolly dorota
duncan donnchadh dunc
edward ed eddie ted ned eddy eideard
eilidh ailidh ellie aylee eilish helen
eleanor elinor ellie nell nellie ellen ella elena olena
elizabeth elisabeth liz lizzie beth betty bess eliza elspeth elsie lisbeth libby ealasaid elzbieta ela
emily emilie em emilia
emma em
erin eirinn
euan ewan ewen euen eoghan owen
evelyn evie eve
faisal faysal feisal
fatima fatimah fatema
finlay findlay fionnlagh finley fin finn
fiona ffiona fionna
fraser frazer frasier
frances fran francesca franny
francis frank frankie francie
gavin gav gawain
geoffrey jeffrey geoff jeff
george geordie seoras georgie jerzy heorhiy
georgina georgia georgie gina
gerald gerry jerry
gillian jillian gill jill
gordon gord gordie
graham graeme grahame
grace gracie grazyna
gregory greg gregor griogair gregg
hamish seumas james
harry harold henry hal hank eanraig harris
hassan hasan
heather hether
hector eachann
helen helena ellen nell nellie olena halina eilidh
hugh hughie uisdean shug hew
hussain husain hussein hussayn
iain ian eain
ibrahim ebrahim abraham
irene rena irena iryna irina
isabel isobel isabella isabelle bella izzy ishbel iseabail ysabel izabela izabella
isla ila islay
ivan john
jack jock john jackie
jacob jake jakub yakiv kuba
jacqueline jackie jacqui jaqueline
james jim jimmy jamie jimmie hamish seumas jay
jane jean jayne sine janie janet sheena janina
janet jessie seonaid jan netta jenny
jason jayson jase
jennifer jen jenny jenni jenna
jessica jess jessie
joanne jo joanna johanna joan joann
john jon johnny jack jock iain ian eoin sean shaun shawn jan ivan johnnie jonathan
jonathan jon jonny johnathan jonathon
joseph joe joey josef jozef yosyp seosamh yusuf yousuf
josephine jo josie
joshua josh
julia julie juliet yulia yuliya
karen caren karin kaz
kayleigh kayley kaylee kaleigh kaylie
kenneth ken kenny coinneach
kevin kev caoimhin
khadija khadijah khadeeja
kieran kiernan ciaran keiran kieron
kyle kile
lachlan lochlan lachie lauchlan lachlann
laura lora lorna
lauren loren lauryn
leo lev leon
leslie lesley les
lewis louis lou luis ludovic
liam william uilleam
linda lynda lin lindy
louise lou louisa
lucy lucie luce
lukasz luke lucas lukas luka
maeve meabh
magdalena magda maddie lena
malcolm calum callum malky mal
margaret maggie meg peggy madge greta rita mairead mags maisie malgorzata gosia margo marjorie margarita
maria mary marie mariya marysia mairi moira molly may mia maryam mariam
mark marc marek marko marcus
martin marty marcin martyn
mateusz matthew matt matvii mateus matthias
maureen mo
megan meghan meagan meg
michael mike mick mickey micheal michal mikey mykhailo mykhaylo misha
michelle shelly chelle
mohammed muhammad mohammad mohamed muhammed mohamad mohd md
morag marion moraig
murdo murdoch murchadh
nasreen nasrin nazreen
natalia nataliya natalie nat natasha tasha
neil niall neal nigel
niamh neve nieve neeve
nicholas nick nicky nicol mykola nicolas mikolaj
nicola nicky nikki nicole nic
norman tormod norrie
oksana oxana ksenia
oliver ollie oli olly
olivia liv livvy
omar umar
pamela pam
patricia pat patsy trish tricia
patrick pat paddy padraig patryk
paul pol pawel pavlo
peter pete peadar piotr petro
philip phil phillip
piotr peter petro
rachel rachael raonaid rache
rebecca becky becca rebekah bex
rhys reece reese rees
richard rick ricky dick rich ryszard
robert rob bob bobby robbie rab rabbie raibeart bert
ronald ron ronnie raghnall
rory ruairidh ruari ruaridh rorie ruairi
roderick rod roddy ruairidh
rosemary rose rosie romy
rowan roan rohan
russell russ russel
ryan rian
saima saimah
samantha sam sammy
samuel sam sammy somhairle samuil
sarah sara sally mor sadie sorcha
scott scot scotty
sean shaun shawn shane eoin
sharon shaz sharron
sheila sile sheilah shiela
shona seonaid shauna joan
sofia sophia sophie zofia sofiya zosia
stephanie steph stef stefanie stefania
stephen steven steve stevie stefan stepan
stewart stuart stu
susan sue susie suzanne susanna suzy
svitlana svetlana lana
taylor tayler
tetiana tatiana tetyana tanya tania
theodore theo ted
theresa teresa terry tess
thomas tom tommy tam tamas tomasz tommie
tracy tracey
usman uthman osman
valerie val
veronica vera ronnie weronika
victor vic viktor wiktor
victoria vicky vikki tori vicki wiktoria viktoriya
vincent vince vinnie
violet vi
volodymyr vladimir vova wlodzimierz
walter wally wat walt
william will bill billy willie liam uilleam wullie
yevhen evgeny eugene yevgen
yousaf yusuf yousef yousuf joseph
yvonne evonne
zachary zach zack zac zak
zainab zaynab zeinab
zoe zoey zoya
`;

const groupsByName = new Map<string, Set<number>>();
for (const [index, line] of lines.trim().split('\n').entries()) {
  for (const name of line.trim().split(/\s+/)) {
    const groups = groupsByName.get(name) ?? new Set<number>();
    groups.add(index);
    groupsByName.set(name, groups);
  }
}

/** Whether two folded given names stand in one group: Robert and Bob, Euan and Ewan, Mohammed and Muhammad. */
export function sameGroup(one: string, other: string): boolean {
  const groups = groupsByName.get(one);
  const others = groupsByName.get(other);
  if (groups === undefined || others === undefined) return false;
  return [...groups].some((group) => others.has(group));
}

/** Whether a folded given name is one that the list knows, so that it is hardly a slip of the fingers for another. */
export const isKnownName = (name: string): boolean => groupsByName.has(name);

const alike = new Map<string, readonly string[]>();

/** Names that may stand for this one, itself not among them; none for a name that is not in the list. */
export function alikeNames(name: string): readonly string[] {
  if (!isKnownName(name)) return [];
  const known = alike.get(name);
  if (known !== undefined) return known;
  const found = [...groupsByName.keys()].filter((other) => other !== name && sameGroup(name, other));
  alike.set(name, found);
  return found;
}

package match

// slavicPeoples are the Slavic languages; Croatian also serves Serbian and Bosnian in Latin letters.
func slavicPeoples() map[string]string {
	return map[string]string{
		"ru": russianPeoples, "uk": ukrainianPeoples, "be": belarusianPeoples, "bg": bulgarianPeoples, "sr": serbianPeoples,
		"hr": croatianPeoples, "sl": slovenePeoples, "cs": czechPeoples, "sk": slovakPeoples, "pl": polishPeoples,
	}
}

const russianPeoples = `
US|американский,американец,американцы|~Вашингтон,Белый дом,Пентагон,Госдепартамент,Госдеп
GB|британский,британец,британцы|Лондон
FR|французский,француз,французы,француженка|Париж,Елисейский дворец
DE|немецкий,германский,немец,немцы|Берлин,бундестаг
IT|итальянский,итальянец,итальянцы|Рим
ES|испанский,испанец,испанцы|Мадрид
PL|польский,поляк,поляки|Варшава
UA|украинский,украинец,украинцы|Киев,Верховная рада
RU|российский,русский,россиянин,россияне|Москва,Кремль,Госдума
BY|белорусский,белорус,белорусы|Минск
CN|китайский,китаец,китайцы|Пекин
JP|японский,японец,японцы|Токио
KP|северокорейский|Пхеньян
KR|южнокорейский|Сеул
IN|индийский,индиец,индийцы|Нью-Дели,Дели
PK|пакистанский,пакистанец|Исламабад
AF|афганский,афганец|Кабул
IR|иранский,иранец,иранцы|Тегеран
IQ|иракский|Багдад
SY|сирийский,сириец,сирийцы|Дамаск
IL|израильский,израильтянин,израильтяне|Иерусалим,Тель-Авив,кнессет
PS|палестинский,палестинец,палестинцы|Рамалла
LB|ливанский,ливанец|Бейрут
SA|саудовский|Эр-Рияд
YE|йеменский|Сана
EG|египетский,египтянин,египтяне|Каир
TR|турецкий,турок,турки|Анкара
GE|грузинский,грузин,грузины|Тбилиси
AM|армянский,армянин,армяне|Ереван
AZ|азербайджанский,азербайджанец|Баку
KZ|казахстанский,казахский,казахстанец,казахи|Астана
RS|сербский,серб,сербы|Белград
HU|венгерский,венгр,венгры|Будапешт
CZ|чешский,чех,чехи|Прага
RO|румынский,румын|Бухарест
BG|болгарский,болгарин,болгары|~София
GR|греческий,грек,греки|Афины
SE|шведский,швед|Стокгольм
FI|финский,финляндский,финн,финны|Хельсинки
VE|венесуэльский|Каракас
CU|кубинский,кубинец|Гавана
BR|бразильский,бразилец|Бразилиа
MD|молдавский,молдаванин,молдаване|Кишинев
LT|литовский,литовец|Вильнюс
LV|латвийский,латвиец,латыш|Рига
EE|эстонский,эстонец|Таллин,Таллинн
AT|австрийский,австриец|
AU|австралийский,австралиец|Канберра
CA|канадский,канадец|Оттава
CH|швейцарский,швейцарец|
DK|датский,датчанин,датчане|Копенгаген
NO|норвежский,норвежец|Осло
NL|нидерландский,голландский,голландец|Гаага,Амстердам
BE|бельгийский,бельгиец|
PT|португальский,португалец|Лиссабон
IE|ирландский,ирландец|Дублин
SK|словацкий,словак|Братислава
SI|словенский,словенец|Любляна
HR|хорватский,хорват|Загреб
BA|боснийский,босниец|Сараево
ME|черногорский,черногорец|Подгорица
MK|македонский,македонец|Скопье
AL|албанский,албанец|Тирана
XK|косовский|Приштина
KG|киргизский,кыргызский,киргиз|Бишкек
UZ|узбекский,узбекистанский,узбек|Ташкент
TJ|таджикский,таджик|Душанбе
TM|туркменский,туркмен|Ашхабад
MN|монгольский,монгол|Улан-Батор
VN|вьетнамский,вьетнамец|Ханой
TH|таиландский|Бангкок
ID|индонезийский,индонезиец|Джакарта
PH|филиппинский,филиппинец|
MX|мексиканский,мексиканец|Мехико
AR|аргентинский,аргентинец|Буэнос-Айрес
CL|чилийский,чилиец|
CO|колумбийский,колумбиец|
LY|ливийский,ливиец|Триполи
SD|суданский,суданец|Хартум
ET|эфиопский,эфиоп|Аддис-Абеба
NG|нигерийский,нигериец|Абуджа
DZ|алжирский,алжирец|
TN|тунисский|
MA|марокканский,марокканец|
JO|иорданский,иорданец|Амман
QA|катарский|Доха
CY|кипрский,киприот|Никосия
`

const ukrainianPeoples = `
US|американський,американець,американці|~Вашингтон,Білий дім,Білого дому,Пентагон,Держдеп,Білому домі,Білому дому,Білим домом
GB|британський,британець|Лондон
FR|французький,француз|Париж
DE|німецький,німець,німці|Берлін
IT|італійський|Рим
ES|іспанський|Мадрид
PL|польський,поляк|Варшава
UA|український,українець,українці|Київ,Києва,Верховна Рада,Банкова
RU|російський,росіянин,росіяни|Москва,Кремль
BY|білоруський,білорус|Мінськ
CN|китайський,китаєць,китайці|Пекін
JP|японський|Токіо
KP|північнокорейський|Пхеньян
KR|південнокорейський|Сеул
IN|індійський|Нью-Делі
IR|іранський,іранець|Тегеран
IQ|іракський|Багдад
SY|сирійський|Дамаск
IL|ізраїльський,ізраїльтянин|Єрусалим
PS|палестинський,палестинець|
EG|єгипетський|Каїр
TR|турецький|Анкара
GE|грузинський|Тбілісі
RS|сербський|Белград
HU|угорський,угорець|Будапешт
CZ|чеський|Прага
RO|румунський|Бухарест
GR|грецький|Афіни
MD|молдовський|Кишинів,Кишинева
SK|словацький|Братислава
`

const belarusianPeoples = `
US|амерыканскі,амерыканец|~Вашынгтон,Белы дом,Пентагон,Белага дома,Белым доме
GB|брытанскі|Лондан
FR|французскі|Парыж
DE|нямецкі|Берлін
PL|польскі|Варшава
UA|украінскі,украінец|Кіеў,Кіева
RU|расійскі,расіянін,расіяне|Масква,Крэмль
BY|беларускі,беларус|Мінск,Менск
CN|кітайскі|Пекін
IR|іранскі|Тэгеран
IL|ізраільскі|Іерусалім
TR|турэцкі|Анкара
LT|літоўскі|Вільня
LV|латвійскі|Рыга
HU|венгерскі|Будапешт
`

const bulgarianPeoples = `
US|американски,американец,американци|~Вашингтон,Белия дом,Белият дом,Пентагон,Пентагонът
GB|британски|Лондон
FR|френски|Париж
DE|немски|Берлин
IT|италиански|Рим
PL|полски|Варшава
UA|украински,украинец,украинци|Киев
RU|руски,руснак,руснаци|Москва,Кремъл,Кремъла
BY|беларуски|Минск
CN|китайски|Пекин
IR|ирански|Техеран
IL|израелски|Йерусалим
SY|сирийски|Дамаск
TR|турски|Анкара
GR|гръцки|Атина
RO|румънски|Букурещ
RS|сръбски|Белград
MK|македонски,македонец,македонци|Скопие
BG|български,българин,българи|София
HU|унгарски|Будапеща
`

const serbianPeoples = `
US|амерички,Американац,Американци|~Вашингтон,Бела кућа,Пентагон,Белој кући,Беле куће,Белу кућу
GB|британски|Лондон
FR|француски|Париз
DE|немачки,Немци|Берлин
UA|украјински,Украјинац,Украјинци|Кијев
RU|руски,Рус,Руси|Москва,Кремљ
CN|кинески|Пекинг
IR|ирански|Техеран
IL|израелски|Јерусалим
TR|турски|Анкара
HU|мађарски|Будимпешта
HR|хрватски|Загреб
RS|српски,Срби|Београд
BG|бугарски|Софија
XK|косовски|Приштина
ME|црногорски|Подгорица
BA|босански|Сарајево
MK|македонски,Македонци|Скопље
`

const croatianPeoples = `
US|američki,Amerikanac,Amerikanci|~Washington,Vašington,Bijela kuća,Bela kuća,Pentagon,Bijeloj kući,Bijele kuće,Bijelu kuću,Beloj kući,Bele kuće
GB|britanski|London
FR|francuski|Pariz
DE|njemački,nemački,Nijemac,Nijemci,Nemci|Berlin
IT|talijanski,italijanski|
UA|ukrajinski,Ukrajinac,Ukrajinci|Kijev
RU|ruski,Rus,Rusi|Moskva,Kremlj
CN|kineski|Peking
IR|iranski|Teheran
IL|izraelski|Jeruzalem,Jerusalim
TR|turski|Ankara
HU|mađarski|Budimpešta
HR|hrvatski,Hrvat|Zagreb
RS|srpski,Srbi|Beograd
AT|austrijski|Beč
SI|slovenski|Ljubljana
PL|poljski|Varšava
XK|kosovski|Priština
ME|crnogorski|Podgorica
BA|bosanski|Sarajevo
`

const slovenePeoples = `
US|ameriški,Američan,Američani|~Washington,Bela hiša,Pentagon,Beli hiši,Bele hiše,Belo hišo
GB|britanski|London
FR|francoski|Pariz
DE|nemški,=Nemci,=Nemcev,=Nemcem,=Nemce|Berlin
IT|italijanski|~Rim
UA|ukrajinski,Ukrajinec,Ukrajinci|Kijev
RU|ruski,Rus,Rusi|Moskva,Kremelj,Kremlja
CN|kitajski|Peking
IR|iranski|Teheran
IL|izraelski|Jeruzalem
TR|turški|Ankara
HU|madžarski|Budimpešta
HR|hrvaški|Zagreb
RS|srbski|Beograd
AT|avstrijski|Dunaj
SI|slovenski,Slovenec,Slovenci|Ljubljana
PL|poljski|Varšava
SK|slovaški|Bratislava
`

const czechPeoples = `
US|americký,Američan,Američané|~Washington,Bílý dům,Bílého domu,Pentagon,Bílému domu,Bílém domě,Bílým domem
GB|britský|Londýn
FR|francouzský|Paříž
DE|německý,=Němci,=Němců,=Němcům,=Němcích|Berlín
IT|italský|~Řím
PL|polský|Varšava
UA|ukrajinský,Ukrajinec,Ukrajinci|Kyjev
RU|ruský,Rus,Rusové|Moskva,Kreml
BY|běloruský|Minsk
CN|čínský|Peking
IR|íránský|Teherán
IL|izraelský|Jeruzalém
SY|syrský|Damašek
TR|turecký|Ankara
HU|maďarský|Budapešť
SK|slovenský|Bratislava
CZ|český|Praha
AT|rakouský|Vídeň
RS|srbský|Bělehrad
RO|rumunský|Bukurešť
SI|slovinský|Lublaň
`

const slovakPeoples = `
US|americký,Američan,Američania|~Washington,Biely dom,Bieleho domu,Pentagon,Bielom dome,Bielemu domu,Bielym domom
GB|britský|Londýn
FR|francúzsky|Paríž
DE|nemecký,=Nemci,=Nemcov,=Nemcom,=Nemcoch|Berlín
IT|taliansky|~Rím
PL|poľský|Varšava
UA|ukrajinský,Ukrajinec,Ukrajinci|Kyjev
RU|ruský,Rus,Rusi|Moskva,Kremeľ,Kremľa
BY|bieloruský|Minsk
CN|čínsky|Peking
IR|iránsky|Teherán
IL|izraelský|Jeruzalem
TR|turecký|Ankara
HU|maďarský|Budapešť
SK|slovenský|Bratislava
CZ|český|Praha
AT|rakúsky|Viedeň
RS|srbský|Belehrad
SI|slovinský|Ľubľana
`

//nolint:misspell // not English
const polishPeoples = `
US|amerykański,Amerykanin,Amerykanie|~Waszyngton,Biały Dom,Białego Domu,Pentagon,Departament Stanu
GB|brytyjski,Brytyjczyk,Brytyjczycy|Londyn
FR|francuski,Francuz|Paryż,Pałac Elizejski
DE|niemiecki,Niemiec,Niemczech|Berlin,Bundestag
IT|włoski,Włoszech|Rzym
ES|hiszpański|Madryt
PL|polski,Polak|Warszawa,Sejm
UA|ukraiński,Ukrainiec,Ukraińcy|Kijów
RU|rosyjski,Rosjanin,Rosjanie,Rosjan|Moskwa,Kreml,Kremlowi
BY|białoruski|Mińsk
CN|chiński,Chińczyk,Chińczycy|Pekin
JP|japoński|Tokio
KP|północnokoreański|Pjongjang
KR|południowokoreański|Seul
IN|indyjski|Nowe Delhi
IR|irański,Irańczyk|Teheran
IQ|iracki|Bagdad
SY|syryjski|Damaszek
IL|izraelski,Izraelczyk,Izraelczycy|Jerozolima
PS|palestyński,Palestyńczyk|
EG|egipski|Kair
TR|turecki|Ankara
GE|gruziński|
LT|litewski|Wilno
HU|węgierski,Węgrzech|Budapeszt
CZ|czeski,Czechach|Praga
SK|słowacki|Bratysława
RO|rumuński|Bukareszt
RS|serbski|Belgrad
GR|grecki|Ateny
`

package match

// englishPeoples are the members of the United Nations, and some others, in English: the ISO code, what their people are
// called, their capital and what else stands for their government. A tilde marks what is as often somebody's name, and
// counts only without another capitalised word beside it; a capital that bears its country's name is left out, and
// those that are everyday words (Male, Victoria in part).
const englishPeoples = `
AD|Andorran|Andorra la Vella
AE|Emirati|Abu Dhabi
AF|Afghan|Kabul
AG|Antiguan|St. John's
AL|Albanian|Tirana
AM|Armenian|Yerevan
AO|Angolan|Luanda
AR|Argentine,Argentinian,Argentinean|Buenos Aires,Casa Rosada
AT|Austrian|Vienna,Ballhausplatz
AU|Australian,Aussie|Canberra
AZ|Azerbaijani,Azeri|Baku
BA|Bosnian,Herzegovinian|Sarajevo
BB|Barbadian,Bajan|Bridgetown
BD|Bangladeshi|Dhaka
BE|Belgian|Brussels
BF|Burkinabe|Ouagadougou
BG|Bulgarian|~Sofia
BH|Bahraini|Manama
BI|Burundian|Gitega,Bujumbura
BJ|Beninese|Porto-Novo,Cotonou
BN|Bruneian|Bandar Seri Begawan
BO|Bolivian|La Paz,~Sucre
BR|Brazilian|Brasilia,Planalto,Itamaraty
BS|Bahamian|~Nassau
BT|Bhutanese|Thimphu
BW|Botswanan,Motswana,Batswana|Gaborone
BY|Belarusian,Belarussian,Belorussian|Minsk
BZ|Belizean|Belmopan
CA|Canadian|Ottawa,~Parliament Hill
CD|Congolese|Kinshasa
CF|Central African|Bangui
CG|Congolese|Brazzaville
CH|Swiss|Bern,Berne
CI|Ivorian,Ivoirian|Yamoussoukro,Abidjan
CL|Chilean|~Santiago,La Moneda
CM|Cameroonian|Yaoundé
CN|Chinese|Beijing,Peking,Zhongnanhai
CO|Colombian|Bogotá,Casa de Nariño
CR|Costa Rican|~San José
CU|Cuban|Havana
CV|Cape Verdean,Cabo Verdean|Praia
CY|Cypriot|Nicosia
CZ|Czech|Prague
DE|German|Berlin,Bundestag,Bundesrat
DJ|Djiboutian|
DK|Danish,Danes|Copenhagen,Folketing
DM||Roseau
DO|Dominican|Santo Domingo
DZ|Algerian|Algiers
EC|Ecuadorian,Ecuadorean|Quito
EE|Estonian|Tallinn,Riigikogu
EG|Egyptian|Cairo
ER|Eritrean|Asmara
ES|Spanish,Spaniard|Madrid,Moncloa
ET|Ethiopian|Addis Ababa
FI|Finnish,Finns|Helsinki,Eduskunta
FJ|Fijian|Suva
FM|Micronesian|Palikir
FR|French,Frenchman,Frenchmen|~Paris,Élysée,Quai d'Orsay,Matignon
GA|Gabonese|Libreville
GB|British,Briton,Brits|~London,Downing Street,Whitehall,Westminster
GD|Grenadian|St. George's
GE|Georgian|Tbilisi
GH|Ghanaian|Accra
GM|Gambian|Banjul
GN|Guinean|Conakry
GQ|Equatorial Guinean,Equatoguinean|Malabo
GR|Greek|Athens
GT|Guatemalan|Guatemala City
GW|Bissau-Guinean|Bissau
GY|Guyanese|~Georgetown
HK|Hongkonger,Hong Konger|
HN|Honduran|Tegucigalpa
HR|Croatian,Croat|Zagreb
HT|Haitian|Port-au-Prince
HU|Hungarian|Budapest
ID|Indonesian|Jakarta,Nusantara
IE|Irish,Irishman,Irishmen|Dublin,Dáil,Oireachtas
IL|Israeli|Jerusalem,Knesset
IN|Indian|New Delhi,Delhi,Lok Sabha,Rajya Sabha
IQ|Iraqi|Baghdad
IR|Iranian|Tehran,Teheran
IS|Icelandic,Icelander|Reykjavik,Althing
IT|Italian|~Rome,Quirinale,Palazzo Chigi,Farnesina
JM|Jamaican|~Kingston
JO|Jordanian|Amman
JP|Japanese|Tokyo,Kantei
KE|Kenyan|Nairobi
KG|Kyrgyz,Kyrgyzstani|Bishkek
KH|Cambodian,Khmer|Phnom Penh
KI|I-Kiribati|Tarawa
KM|Comorian,Comoran|~Moroni
KN|Kittitian,Nevisian|Basseterre
KP|North Korean|Pyongyang
KR|South Korean|Seoul,Blue House,Cheong Wa Dae
KW|Kuwaiti|
KZ|Kazakh,Kazakhstani|Astana,Nur-Sultan
LA|Lao,Laotian|Vientiane
LB|Lebanese|Beirut
LC|Saint Lucian,St. Lucian|Castries
LI|Liechtensteiner|Vaduz
LK|Sri Lankan|Colombo,Sri Jayawardenepura Kotte
LR|Liberian|Monrovia
LS|Basotho,Lesothan|Maseru
LT|Lithuanian|Vilnius,Seimas
LU|Luxembourgish,Luxembourger|
LV|Latvian|Riga,Saeima
LY|Libyan|Tripoli
MA|Moroccan|Rabat
MC|Monegasque,Monacan|
MD|Moldovan,Moldavian|Chisinau
ME|Montenegrin|Podgorica
MG|Malagasy,Madagascan|Antananarivo
MH|Marshallese|Majuro
MK|North Macedonian,Macedonian|Skopje
ML|Malian|Bamako
MM|Burmese|Naypyidaw,Nay Pyi Taw
MN|Mongolian|Ulaanbaatar,Ulan Bator
MR|Mauritanian|Nouakchott
MT|Maltese|Valletta
MU|Mauritian|Port Louis
MV|Maldivian|
MW|Malawian|Lilongwe
MX|Mexican|Mexico City,Los Pinos
MY|Malaysian|Kuala Lumpur,Putrajaya
MZ|Mozambican|Maputo
NA|Namibian|Windhoek
NE|Nigerien|Niamey
NG|Nigerian|Abuja,Aso Rock
NI|Nicaraguan|Managua
NL|Dutch,Dutchman,Dutchmen|The Hague,Binnenhof
NO|Norwegian|Oslo,Storting
NP|Nepali,Nepalese|Kathmandu
NR|Nauruan|Yaren
NZ|New Zealander|~Wellington
OM|Omani|Muscat
PA|Panamanian|Panama City
PE|Peruvian|~Lima
PG|Papua New Guinean|Port Moresby
PH|Filipino,Filipina,Philippine|Manila,Malacañang
PK|Pakistani|Islamabad,Rawalpindi
PL|Polish,Poles|Warsaw,Sejm
PS|Palestinian|Ramallah
PT|Portuguese|Lisbon,São Bento
PW|Palauan|Ngerulmud
PY|Paraguayan|Asunción
QA|Qatari|Doha
RO|Romanian|Bucharest,Cotroceni
RS|Serbian,Serb|Belgrade
RU|Russian|Moscow,Kremlin,State Duma
RW|Rwandan|Kigali
SA|Saudi|Riyadh
SB|Solomon Islander|Honiara
SC|Seychellois|
SD|Sudanese|Khartoum
SE|Swedish,Swede|Stockholm,Riksdag
SG|Singaporean|Istana
SI|Slovenian,Slovene|Ljubljana
SK|Slovak,Slovakian|Bratislava
SL|Sierra Leonean|Freetown
SM|Sammarinese|
SN|Senegalese|Dakar
SO|Somali|Mogadishu
SR|Surinamese|Paramaribo
SS|South Sudanese|Juba
ST|São Toméan,Santomean|São Tomé
SV|Salvadoran,Salvadorean|San Salvador
SY|Syrian|Damascus
SZ|Swazi|Mbabane,Lobamba
TD|Chadian|N'Djamena
TG|Togolese|Lomé
TH|Thai|Bangkok
TJ|Tajik,Tajikistani|Dushanbe
TL|Timorese,East Timorese|Dili
TM|Turkmen,Turkmenistani|Ashgabat
TN|Tunisian|Tunis
TO|Tongan|Nuku'alofa
TR|Turkish,Turk|Ankara,Beştepe
TT|Trinidadian,Tobagonian|Port of Spain
TV|Tuvaluan|Funafuti
TW|Taiwanese|Taipei
TZ|Tanzanian|Dodoma,Dar es Salaam
UA|Ukrainian|Kyiv,Kiev,Verkhovna Rada,Bankova
UG|Ugandan|Kampala
US|American|~Washington,White House,Pentagon,State Department,Capitol Hill,Oval Office,Foggy Bottom
UY|Uruguayan|Montevideo
UZ|Uzbek,Uzbekistani|Tashkent
VA||Holy See
VC|Vincentian|Kingstown
VE|Venezuelan|Caracas,Miraflores
VN|Vietnamese|Hanoi
VU|Ni-Vanuatu|Port Vila
WS|Samoan|Apia
XK|Kosovar,Kosovan|Pristina
YE|Yemeni|Sanaa,Sana'a
ZA|South African|Pretoria,Union Buildings
ZM|Zambian|Lusaka
ZW|Zimbabwean|Harare
`

// misleading are phrases of English, and some of other languages, in which a country's name or people means something
// else, by ISO code. A plus sign is a comma of the text, or none: Athens, Georgia.
const misleading = `
US|South America,Latin America,Central America,North America,Bank of America,Miss America,Captain America,Copa America,Copa América,Copa Amerika,Club America,Club América,America Ferrera,Americas,Südamerika,Lateinamerika,Nord-Amerika,Noord-Amerika,Zuid-Amerika,Latijns-Amerika,Midden-Amerika,Süd-Amerika,Güney Amerika,Latin Amerika,Kuzey Amerika,Orta Amerika,Южная Америка,Латинская Америка,Северная Америка,Центральная Америка,Південна Америка,Латинська Америка,Північна Америка,Центральна Америка,Південній Америці,Латинській Америці,Північній Америці,Центральній Америці,أمريكا اللاتينية,أميركا اللاتينية,أمريكا الجنوبية,أميركا الجنوبية,أمريكا الشمالية,أميركا الشمالية,أمريكا الوسطى,أميركا الوسطى,آمریکای لاتین,آمریکای جنوبی,آمریکای شمالی,آمریکای مرکزی,امریکای لاتین,امریکای جنوبی,امریکای شمالی,امریکای مرکزی,sud-américain,nord-américain,latino-américain,South American,Latin American,Central American,North American,American Samoa,American Samoan,American University,Washington Post,Washington Times,Washington Examiner,Washington state,George Washington,U.S. Virgin Islands
IN|Indian Ocean,American Indian,West Indian,Indian Wells,Indian Summer,Indiana Jones
IE|Dublin+Ohio,Dublin+California,Dublin+Georgia,Northern Irish,Northern Ireland,Irish Sea,Irlande du Nord,Irlanda del Norte,Irlanda del Nord,Nordirland,Северная Ирландия,Північна Ірландія,Irlandia Północna,Severní Irsko,Irlandii Północnej,Irlandią Północną,Severního Irska,Severním Irsku,Severné Írsko,Severnom Írsku,Sjeverna Irska,Sjevernoj Irskoj,Severna Irska,Severni Irski,Северна Ирска,Северној Ирској,Северна Ирландия,Kuzey İrlanda,Паўночная Ірландыя
NL|New Holland,Pennsylvania Dutch
GB|New Britain,British Columbia,British Virgin Islands,New London
MX|New Mexico,Gulf of Mexico,New Mexican,Nuevo México,Golfo de México
GN|Equatorial Guinean,Papua New Guinean,Bissau-Guinean,New Guinea,Gulf of Guinea,guinea pig,guinea pigs,guinea fowl,Гвинейский залив,Гвінейська затока
RU|Moscow+Idaho,Moscow+Pennsylvania,Beyaz Rusya,Wit-Rusland,Wit-Russisch,Wit-Russische,Valko-Venäjä
AG|Antigua Guatemala
SD|South Sudanese
GE|Athens+Georgia,Atlanta+Georgia,Augusta+Georgia,Savannah+Georgia,Macon+Georgia,Columbus+Georgia,Rome+Georgia,Dublin+Georgia,Cairo+Georgia,Vienna+Georgia,Georgia Tech,South Georgia,Georgia state,Georgia Bulldogs,Georgia Senate,US state of Georgia,University of Georgia,Georgia Governor,Georgia Gov,Georgia Senator,Georgia Sen,Georgia Republican,Georgia Democrat,Georgia Legislature,Georgia General Assembly,Georgia Secretary of State,Georgia Supreme Court,state of Georgia,County+Georgia,Georgia O'Keeffe
JO|Michael Jordan,Jordan River,Jordan Peterson,Jim Jordan,Jordan Bardella,Vernon Jordan,River Jordan,Air Jordan
CU|Cuban missile crisis
TD|Lake Chad
RS|Bosnian Serb,Republika Srpska
DO|Commonwealth of Dominica
FR|Paris+Texas,Paris+Tennessee,Paris+Kentucky,Paris+Illinois,Champs-Élysées,French Guiana,French Polynesia,French Open,French fries,French Southern Territories,French Quarter,Guyane française,Polynésie française
CH|Swiss cheese,Little Switzerland
GR|Athens+Georgia,Athens+Ohio,Athens+Alabama,Athens+Texas,Athens+Tennessee,Athens+Pennsylvania,Greek Cypriot
TR|Turkish Cypriot,Turks & Caicos,Turks and Caicos
CN|South China Sea,East China Sea,Indochina
JP|Sea of Japan
LB|Lebanon+Pennsylvania,Lebanon+Tennessee,Lebanon+Ohio,Lebanon+Indiana,Lebanon+Missouri,Lebanon+Kentucky,Lebanon+Oregon
PA|Panama hat,Panama City Beach
PE|Peru+Indiana,Peru+Illinois,Peru+Nebraska
IT|Rome+Georgia
DE|Berlin+Connecticut,Berlin+Maryland,Berlin+Wisconsin
PL|Warsaw+Indiana,Warsaw+Missouri,North Pole,South Pole
EG|Cairo+Illinois,Cairo+Georgia
PT|Lisbon+Maine,Lisbon+Ohio
CA|Ottawa+Kansas,Ottawa+Illinois
AT|Vienna+Virginia,Vienna+Georgia
NO|Norway+Maine
CZ|Prague+Oklahoma
NE|Niger River,River Niger,Niger Delta,fleuve Niger,delta du Niger,río Níger,delta del Níger,rio Níger,delta do Níger,fiume Niger,delta del Niger,Niger-Delta,Fluss Niger,река Нигер,дельта Нигера,річка Нігер,дельта Нігеру,rzeka Niger
CG|Congo River,River Congo,fleuve Congo,río Congo,rio Congo,fiume Congo,река Конго,річка Конго
CD|Congo River,River Congo,fleuve Congo,río Congo,rio Congo,fiume Congo,река Конго,річка Конго
DK|Great Dane,Great Danes
FI|Huckleberry Finn
TG|Того дня,Того ж,Того же,Того самого,Того вечора,Того вечера,Того року,Того года,Того часу,Того времени,Того разу,Того ранку,Того утра,Того+хто,Того+кто,Того+що,Того+что,Того+чего,Того+чого
`

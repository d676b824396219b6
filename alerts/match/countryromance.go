package match

// romancePeoples and the tables beside it are the countries most in the news, in other languages: the ISO code, the
// people's adjective and name, the capital and what else stands for the government where it is not called as in English.
// What is written small here may be written either way.
func romancePeoples() map[string]string {
	return map[string]string{"fr": frenchPeoples, "es": spanishPeoples, "pt": portuguesePeoples, "it": italianPeoples, "ro": romanianPeoples}
}

//nolint:misspell // not English
const frenchPeoples = `
US|américain,étasunien|Maison Blanche,Pentagone,Département d'État
GB|britannique|~Londres
FR|français|~Paris,Élysée,Matignon,Bercy
DE|allemand|
IT|italien|Palais Chigi
ES|espagnol|
PL|polonais|Varsovie
UA|ukrainien|Kiev,Kyiv
RU|russe|Moscou,Kremlin
BY|biélorusse,bélarusse|
CN|chinois|Pékin
JP|japonais|
KP|nord-coréen|
KR|sud-coréen|Séoul
IN|indien|
PK|pakistanais|
AF|afghan|Kaboul
IR|iranien|Téhéran
IQ|irakien|Bagdad
SY|syrien|Damas
IL|israélien|Jérusalem
PS|palestinien|
LB|libanais|Beyrouth
SA|saoudien|Riyad
YE|yéménite|
EG|égyptien|Le Caire
TR|turc,turque|
GE|géorgien|Tbilissi
AM|arménien|Erevan
AZ|azerbaïdjanais|Bakou
RS|serbe|
HU|hongrois|
CZ|tchèque|
RO|roumain|Bucarest
BG|bulgare|
GR|grec,grecque|Athènes
SE|suédois|
FI|finlandais|
VE|vénézuélien|
CU|cubain|La Havane
BR|brésilien|
CH|suisse,helvétique|Berne
`

const spanishPeoples = `
US|estadounidense,norteamericano|Casa Blanca,Pentágono,Departamento de Estado
GB|británico|~Londres
FR|francés|~París,Elíseo
DE|alemán|Berlín
IT|italiano|~Roma
ES|español|La Moncloa,Moncloa,Zarzuela
PL|polaco|Varsovia
UA|ucraniano|Kiev
RU|ruso|Moscú,Kremlin
BY|bielorruso|
CN|chino|Pekín
JP|japonés|Tokio
KP|norcoreano|
KR|surcoreano|Seúl
IN|indio|Nueva Delhi
PK|pakistaní|
AF|afgano|
IR|iraní,iraníes|Teherán
IQ|iraquí,iraquíes|Bagdad
SY|sirio|Damasco
IL|israelí,israelíes|Jerusalén
PS|palestino|
LB|libanés|
SA|saudí,saudíes|Riad
YE|yemení,yemeníes|Saná
EG|egipcio|El Cairo
TR|turco|
GE|georgiano|Tiflis
AM|armenio|
AZ|azerbaiyano|Bakú
RS|serbio|Belgrado
HU|húngaro|
CZ|checo|Praga
RO|rumano|Bucarest
BG|búlgaro|
GR|griego|Atenas
SE|sueco|Estocolmo
FI|finlandés|
VE|venezolano|Miraflores
CU|cubano|La Habana
BR|brasileño|Planalto
CH|suizo|Berna
`

const portuguesePeoples = `
US|americano,norte-americano,estadunidense|Casa Branca,Pentágono,Departamento de Estado
GB|britânico|~Londres
FR|francês|~Paris,Eliseu
DE|alemão,alemã,alemães|Berlim
IT|italiano|~Roma
ES|espanhol|
PL|polaco,polonês|Varsóvia
UA|ucraniano|Kiev,Kyiv
RU|russo|Moscou,Moscovo,Kremlin
BY|bielorrusso|
CN|chinês|Pequim
JP|japonês|Tóquio
KP|norte-coreano|
KR|sul-coreano|Seul
IN|indiano|Nova Délhi,Nova Deli
PK|paquistanês|
AF|afegão,afegã,afegãos|Cabul
IR|iraniano|Teerã,Teerão
IQ|iraquiano|Bagdá,Bagdade
SY|sírio|Damasco
IL|israelense,israelita|Jerusalém
PS|palestino,palestiniano|
LB|libanês|Beirute
SA|saudita|Riad
YE|iemenita|
EG|egípcio|
TR|turco|Ancara
GE|georgiano|
AM|armênio,arménio|
AZ|azerbaijano|
RS|sérvio|Belgrado
HU|húngaro|Budapeste
CZ|tcheco,checo|Praga
RO|romeno|Bucareste
BG|búlgaro|
GR|grego|Atenas
SE|sueco|Estocolmo
FI|finlandês|
VE|venezuelano|Miraflores
CU|cubano|
BR|brasileiro|Palácio do Planalto,Itamaraty
CH|suíço|Berna
`

const italianPeoples = `
US|americano,statunitense|Casa Bianca,Pentagono,Dipartimento di Stato
GB|britannico|~Londra
FR|francese|~Parigi,Eliseo
DE|tedesco|Berlino
IT|italiano|~Roma,Palazzo Chigi,Quirinale,Farnesina
ES|spagnolo|
PL|polacco|Varsavia
UA|ucraino|Kiev
RU|russo|Mosca,Cremlino
BY|bielorusso|
CN|cinese|Pechino
JP|giapponese|
KP|nordcoreano|
KR|sudcoreano|Seul
IN|indiano|Nuova Delhi
PK|pakistano,pachistano|
AF|afghano,afgano|
IR|iraniano|Teheran
IQ|iracheno|
SY|siriano|Damasco
IL|israeliano|Gerusalemme
PS|palestinese|
LB|libanese|
SA|saudita|Riad
YE|yemenita|
EG|egiziano|Il Cairo
TR|turco,turchi|
GE|georgiano|
AM|armeno|
AZ|azero,azerbaigiano|
RS|serbo|Belgrado
HU|ungherese|
CZ|ceco,cechi|Praga
RO|romeno,rumeno|
BG|bulgaro|
GR|greco,greci|Atene
SE|svedese|Stoccolma
FI|finlandese|
VE|venezuelano|
CU|cubano|L'Avana
BR|brasiliano|
CH|svizzero|Berna
`

const romanianPeoples = `
US|american|~Washington,Casa Albă,Casei Albe,Pentagon,Pentagonul
GB|britanic|~Londra
FR|francez|~Paris
DE|german|Berlin
IT|italian|~Roma
UA|ucrainean|Kiev,Kievul
RU|rus,ruși,rusesc|Moscova,Moscovei,Kremlin,Kremlinul,Kremlinului
BY|belarus|Minsk
CN|chinez|Beijing
IR|iranian|Teheran
IL|israelian|Ierusalim
SY|sirian|Damasc
TR|turc|Ankara
HU|maghiar|Budapesta,Budapestei
PL|polonez|Varșovia,Varșoviei
RS|sârb|Belgrad
BG|bulgar|~Sofia
MD|moldovean|Chișinău,Chișinăul,Chișinăului
RO||București,Bucureștiul
`

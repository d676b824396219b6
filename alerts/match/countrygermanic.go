package match

// germanicPeoples are German, Dutch and, of the neighbours, Finnish, Hungarian and Turkish.
func germanicPeoples() map[string]string {
	return map[string]string{
		"de": germanPeoples, "nl": dutchPeoples, "fi": finnishPeoples, "hu": hungarianPeoples, "tr": turkishPeoples,
	}
}

//nolint:misspell // not English
const germanPeoples = `
US|amerikanisch,US-amerikanisch,Amerikaner|Weißes Haus,Weißen Haus,Weiße Haus,State Department
GB|britisch,Brite,Briten|~London
FR|französisch,Franzose,Franzosen|~Paris,Élysée-Palast
DE|deutsch|Bundesregierung,Kanzleramt,Bundeskanzleramt,Auswärtiges Amt,Auswärtigen Amt
IT|italienisch,Italiener|~Rom
ES|spanisch,Spanier|
PL|polnisch|Warschau
UA|ukrainisch,Ukrainer|Kiew,Kyjiw
RU|russisch,Russe,Russen|Moskau,Kreml
BY|belarussisch,weißrussisch,belarusisch,Belarusse|
CN|chinesisch,Chinese,Chinesen|Peking
JP|japanisch,Japaner|Tokio
KP|nordkoreanisch|Pjöngjang
KR|südkoreanisch|
IN|indisch|Neu-Delhi
PK|pakistanisch|
AF|afghanisch|
IR|iranisch,Iraner|
IQ|irakisch,Iraker|Bagdad
SY|syrisch,Syrer|Damaskus
IL|israelisch,Israeli,Israelis|
PS|palästinensisch,Palästinenser|
LB|libanesisch|
SA|saudisch,saudi-arabisch|Riad
YE|jemenitisch|
EG|ägyptisch,Ägypter|Kairo
TR|türkisch,Türken|
GE|georgisch|Tiflis
AM|armenisch,Armenier|Eriwan
AZ|aserbaidschanisch|
RS|serbisch,Serbe,Serben|Belgrad
HU|ungarisch|
CZ|tschechisch|Prag
RO|rumänisch|Bukarest
BG|bulgarisch|
GR|griechisch,Griechen|Athen
SE|schwedisch|
FI|finnisch|
VE|venezolanisch|
CU|kubanisch|Havanna
BR|brasilianisch|
CH|schweizerisch,Schweizer|
AT|österreichisch,Österreicher|Wien,Ballhausplatz
`

//nolint:misspell // not English
const dutchPeoples = `
US|Amerikaans,Amerikaan,Amerikanen|Witte Huis,Pentagon
GB|Brits,Britse,Britten|~Londen
FR|Frans,Franse,Fransen|~Parijs
DE|Duits,Duitse,Duitsers|Berlijn
IT|Italiaans|~Rome
ES|Spaans|
PL|Pools,Poolse|Warschau
UA|Oekraïens,Oekraïner|Kiev,Kyiv,Kiiv
RU|Russisch,Russen|Moskou,Kremlin
BY|Belarussisch,Wit-Russisch|
CN|Chinees,Chinese,Chinezen|Peking
JP|Japans,Japanse|
KP|Noord-Koreaans|
KR|Zuid-Koreaans|
IN|Indiaas,Indiase|
PK|Pakistaans|
AF|Afghaans|
IR|Iraans,Iraanse,Iraniërs|
IQ|Iraaks,Iraakse|
SY|Syrisch,Syriërs|
IL|Israëlisch,Israëliërs|Jeruzalem
PS|Palestijns,Palestijnen|
LB|Libanees|
SA|Saudisch,Saoedisch|Riyad
EG|Egyptisch|Caïro
TR|Turks,Turkse,Turken|
GE|Georgisch|
AM|Armeens|
RS|Servisch|Belgrado
HU|Hongaars|Boedapest
CZ|Tsjechisch|Praag
RO|Roemeens|Boekarest
BG|Bulgaars|
GR|Grieks,Griekse|Athene
SE|Zweeds|
FI|Fins,Finse|
VE|Venezolaans|
BR|Braziliaans|
BE|Belgisch|Brussel
NL|Nederlands,Nederlander|Den Haag,Binnenhof
`

const finnishPeoples = `
US|yhdysvaltalainen,amerikkalainen|Yhdysvaltain,Yhdysvaltojen,Yhdysvalloissa,Yhdysvaltoihin,Yhdysvalloille,Yhdysvaltoja,Yhdysvalloista,Valkoinen talo,Valkoisen talon,Valkoisessa talossa
GB|brittiläinen|~Lontoo
FR|ranskalainen|~Pariisi
DE|saksalainen|Berliini
IT|italialainen|~Rooma
ES|espanjalainen|
PL|puolalainen|Varsova
UA|ukrainalainen|Kiova
RU|venäläinen|Moskova,Kreml
BY|valkovenäläinen|
CN|kiinalainen|Peking
JP|japanilainen|Tokio
KP|pohjoiskorealainen|Pjongjang
KR|eteläkorealainen|Soul
IN|intialainen|
IR|iranilainen|Teheran
IQ|irakilainen|Bagdad
SY|syyrialainen|Damaskos
IL|israelilainen|
PS|palestiinalainen|
EG|egyptiläinen|Kairo
TR|turkkilainen|
GE|georgialainen|
RS|serbialainen|
HU|unkarilainen|
SE|ruotsalainen|Tukholma
FI|suomalainen|
GR|kreikkalainen|Ateena
`

const hungarianPeoples = `
US|amerikai|Fehér Ház
GB|brit|
FR|francia|~Párizs
DE|német|
IT|olasz|~Róma
ES|spanyol|
PL|lengyel|Varsó
UA|ukrán|Kijev
RU|orosz|Moszkva,Kreml
BY|fehérorosz,belarusz|Minszk
CN|kínai|Peking
JP|japán|Tokió
KP|észak-koreai|Phenjan
KR|dél-koreai|Szöul
IN|indiai|Újdelhi
IR|iráni|Teherán
IQ|iraki|Bagdad
SY|szír,szíriai|Damaszkusz
IL|izraeli|Jeruzsálem
PS|palesztin|
EG|egyiptomi|Kairó
TR|török|
GE|grúz|
RS|szerb|Belgrád
HU|magyar|
CZ|cseh|Prága
SK|szlovák|Pozsony
RO|román|Bukarest
AT|osztrák|Bécs
GR|görög|Athén
HR|horvát|Zágráb
`

const turkishPeoples = `
US|Amerikan,Amerikalı|Beyaz Saray
GB|İngiliz,Britanyalı|~Londra
FR|Fransız|~Paris
DE|Alman|
IT|İtalyan|~Roma
ES|İspanyol|
PL|Polonyalı|Varşova
UA|Ukraynalı|Kiev
RU|Rus|Moskova,Kremlin
CN|Çinli|Pekin
JP|Japon|
IR|İranlı|Tahran
IQ|Iraklı|Bağdat
SY|Suriyeli|Şam
IL|İsrailli|Kudüs
PS|Filistinli|
EG|Mısırlı|Kahire
TR|Türk|Beştepe
GE|Gürcü|Tiflis
AM|Ermeni|Erivan
AZ|Azerbaycanlı|Bakü
GR|Yunan|Atina
RS|Sırp|Belgrad
HU|Macar|Budapeşte
`

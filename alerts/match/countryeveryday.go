package match

import "strings"

// everydayNames are names in use that CLDR does not list, or not as such: the ISO code, then a language and its names; * is every
// language. Where two countries share a name, a watch by it is of the first.
//
//nolint:misspell // not English
const everydayNames = `
US|* USA,US,U.S.,United States of America,США,EE.UU.,EEUU|en America|hi अमेरिका,अमेरिकी|ka აშშ,ამერიკა|hy ԱՄՆ|de Amerika|tr ABD,Amerika|ar أميركا,أمريكا,الولايات المتحدة الأمريكية|he ארה"ב,ארצות הברית|nl VS,Amerika|ro SUA,S.U.A.,Statele Unite,Statelor Unite|hr SAD,Sjedinjene Države|sr САД,SAD,Сједињене Државе,Сједињених Држава,Сједињеним Државама|bs SAD|mk САД|bg САЩ,Съединените щати|be ЗША|sl ZDA,Združene države,Združenih državah,Združenih držav,Združenim državam|lt JAV|lv ASV|vi Mỹ|el ΗΠΑ,Η.Π.Α.|fa آمریکا,امریکا,ایالات متحده|pt EUA|it USA,Usa,Stati Uniti d'America|ja 米国,アメリカ,アメリカ合衆国|zh 美国,美國
GB|* UK,U.K.,Britain,Great Britain,Британия,Великобритания,Британія,Großbritannien,Grande-Bretagne,Gran Bretaña,Gran Bretagna|de Vereinigtes Königreich|pl Wielka Brytania|ru Соединённого Королевства,Соединённом Королевстве,Соединённым Королевством|pt Grã-Bretanha|it Regno Unito|tr İngiltere,Britanya|ar بريطانيا,المملكة المتحدة|he בריטניה|fa انگلیس,بریتانیا|el Βρετανία,Μεγάλη Βρετανία|ja 英国,イギリス|zh 英国,英國|ko 영국
AE|* UAE,U.A.E.,ОАЭ,ОАЕ|fr Émirats|es Emiratos
RU|* Russian Federation,Российская Федерация,РФ
CI|* Ivory Coast,Côte d'Ivoire|fr RCI
HK|* Hong Kong,Гонконг,香港|ko 홍콩
MO|* Macau,Macao,Макао,澳門,澳门,マカオ|ko 마카오
CG|* Congo,Republic of the Congo,Republic of Congo,République du Congo,Congo Republic,Congo-Brazzaville,Kongo,Конго,Конґо,Κονγκό,الكونغو,קונגו,کنگو,刚果,剛果,刚果共和国,剛果共和國,コンゴ,コンゴ共和国,콩고,콩고 공화국|ru Республика Конго|uk Республіка Конго
CD|* Congo,DR Congo,Congo-Kinshasa,Democratic Republic of the Congo,Democratic Republic of Congo,DRC,Kongo,Конго,Конґо,ДР Конго,ДРК,Κονγκό,الكونغو,קונגו,کنگو,刚果,剛果,刚果民主共和国,剛果民主共和國,コンゴ,コンゴ民主共和国,콩고,콩고 민주 공화국,콩고민주공화국|ru Демократическая Республика Конго|uk Демократична Республіка Конго|fr RDC,RD Congo,République démocratique du Congo|es RDC,RD Congo|pt RDC,RD Congo,República Democrática do Congo|it RDC,RD Congo,Repubblica Democratica del Congo|de DR Kongo,Demokratische Republik Kongo|ar الكونغو الديمقراطية
KR|* Republic of Korea|en S. Korea,S Korea|ko 한국,남한|ru Южная Корея|he דרום קוריאה|zh 南韩,南韓,韩国,韓國|ja 韓国
KP|* DPRK,КНДР|en N. Korea,N Korea|ko 북한|ru Северная Корея|he צפון קוריאה|zh 朝鲜,朝鮮,北韩,北韓,北朝鲜|ja 北朝鮮
CN|* PRC,КНР,People's Republic of China
CZ|* Czech Republic,Czechia,Чешская Республика|ru Чехия|de Tschechische Republik|fr République tchèque|es República Checa|it Repubblica Ceca|pt República Tcheca,República Checa|pl Republika Czeska
TR|* Turkey,Türkiye
SA|* KSA
PS|* Palestine,Палестина
NL|* Holland,Голландия|es Holanda|pt Holanda|it Olanda|ro Olanda|pl Holandia|tr Hollanda|el Ολλανδία|he הולנד|ar هولندا|fa هلند
MM|* Burma,Myanmar
MK|* Macedonia,North Macedonia|fr Macédoine du Nord|es Macedonia del Norte|pt Macedônia do Norte,Macedónia do Norte|it Macedonia del Nord|de Nordmazedonien|nl Noord-Macedonië|sv Nordmakedonien|da Nordmakedonien|no Nord-Makedonia|fi Pohjois-Makedonia|ro Macedonia de Nord|pl Macedonia Północna,Macedonii Północnej,Macedonią Północną|cs Severní Makedonie|sk Severné Macedónsko,Severnom Macedónsku|sl Severna Makedonija,Severni Makedoniji|hr Sjeverna Makedonija,Sjevernoj Makedoniji|sr Северна Македонија,Северној Македонији,Severna Makedonija|mk Северна Македонија|bg Северна Македония|ru Северная Македония|uk Північна Македонія|be Паўночная Македонія|el Βόρεια Μακεδονία|tr Kuzey Makedonya|hu Észak-Macedónia|ar مقدونيا الشمالية|he צפון מקדוניה,מקדוניה הצפונית|fa مقدونیه شمالی|ja 北マケドニア|zh 北马其顿,北馬其頓|ko 북마케도니아
BY|ru Белоруссия|tr Belarus,Beyaz Rusya|de Weißrussland|fr Biélorussie|es Bielorrusia|pt Bielorrússia|it Bielorussia|nl Wit-Rusland|fi Valko-Venäjä|hu Fehéroroszország
MD|* Moldova|ru Молдавия
DE|ru ФРГ
EG|ru Египта,Египту,Египтом,Египте|uk Єгипту,Єгиптом,Єгипті|be Егіпта,Егіпту,Егіптам,Егіпце|sr Египта,Египту,Египтом,Egipta,Egiptu,Egiptom|hr Egipta,Egiptu,Egiptom|bs Egipta,Egiptu,Egiptom
VA|* Vatican,The Vatican,Holy See|fr Saint-Siège|es Vaticano,Santa Sede|pt Vaticano,Santa Sé|it Vaticano,Santa Sede|de Vatikan,Heiliger Stuhl,Heiligen Stuhl,Heilige Stuhl|nl Vaticaan,Heilige Stoel|pl Watykan,Stolica Apostolska|cs Vatikán,Svatý stolec|sk Vatikán|hr Vatikan|sl Vatikan|tr Vatikan|ru Ватикан,Святой Престол|uk Ватикан,Святий Престол|el Βατικανό,Αγία Έδρα|ja バチカン|zh 梵蒂冈,梵蒂岡,教廷|ko 바티칸,교황청|ar الفاتيكان,الكرسي الرسولي|he הוותיקן,ותיקן|fa واتیکان
TL|* East Timor,Timor-Leste|fr Timor oriental|de Osttimor|es Timor Oriental
CV|* Cape Verde,Cabo Verde
SZ|* Swaziland,Eswatini|ru Свазиленд
BA|* Bosnia,Bosnia-Herzegovina|fr Bosnie|de Bosnien|nl Bosnië|pt Bósnia|pl Bośnia|ru Босния|uk Боснія|bg Босна|hr Bosna,Bosna i Hercegovina|sr Босна,БиХ,Bosna|bs Bosna|cs Bosna|sk Bosna|sl Bosna|tr Bosna|el Βοσνία|ar البوسنة|he בוסניה|ja ボスニア|zh 波黑|ko 보스니아
TT|en Trinidad,Tobago
AG|en Antigua,Barbuda
KN|en St. Kitts,Saint Kitts
ST|* São Tomé
PM|en St. Pierre and Miquelon,Saint Pierre and Miquelon,Saint-Pierre and Miquelon
SJ|* Svalbard
TC|* Turks and Caicos
LC|en Saint Lucia
`

// An everydayName is one of them; of language "" in every language.
type everydayName struct{ written, language string }

// everyday are a country's.
func everyday(code string) []everydayName { return everydayIn(lineOf(code, everydayNames)) }

func everydayIn(line string) []everydayName {
	var list []everydayName
	for group := range strings.SplitSeq(line, "|") {
		lang, names, _ := strings.Cut(group, " ")
		for _, n := range terms(names) {
			list = append(list, everydayName{n, strings.TrimPrefix(lang, "*")})
		}
	}
	return list
}

// calledEveryday is the code of the country that has an everyday name, by its countryKey; "" is none.
func calledEveryday(want string) string {
	for line := range strings.SplitSeq(strings.TrimSpace(everydayNames), "\n") {
		code, names, _ := strings.Cut(line, "|")
		for _, n := range everydayIn(names) {
			if countryKey(n.written) == want {
				return code
			}
		}
	}
	return ""
}

package match

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/language/display"
)

// asianPeoples are Chinese, Japanese and Korean: capitals and seats of government.
func asianPeoples() map[string]string {
	return map[string]string{"zh": chinesePlaces, "ja": japanesePlaces, "ko": koreanPlaces}
}

const chinesePlaces = `
US||华盛顿,華盛頓,白宫,白宮,五角大楼,五角大廈
GB||伦敦,倫敦,唐宁街,唐寧街
FR||巴黎,爱丽舍宫,愛麗舍宮
DE||柏林
IT||罗马,羅馬
ES||马德里,馬德里
PL||华沙,華沙
UA||基辅,基輔
RU||莫斯科,克里姆林宫,克里姆林宮
BY||明斯克
CN||北京,中南海
JP||东京,東京
KP||平壤
KR||首尔,首爾,青瓦台
IN||新德里
PK||伊斯兰堡,伊斯蘭堡
AF||喀布尔,喀布爾
IR||德黑兰,德黑蘭
IQ||巴格达,巴格達
SY||大马士革,大馬士革
IL||耶路撒冷
LB||贝鲁特,貝魯特
SA||利雅得
EG||开罗,開羅
TR||安卡拉
TW||台北,臺北
TH||曼谷
`

const japanesePlaces = `
US||ワシントン,ホワイトハウス
GB||ロンドン
FR||パリ
DE||ベルリン
UA||キーウ,キエフ
RU||モスクワ,クレムリン
BY||ミンスク
CN||北京
JP||東京,首相官邸
KP||平壌
KR||ソウル,青瓦台
IN||ニューデリー
IR||テヘラン
IQ||バグダッド
SY||ダマスカス
IL||エルサレム
EG||カイロ
TR||アンカラ
TW||台北
TH||バンコク
VN||ハノイ
`

const koreanPlaces = `
US||워싱턴,백악관
GB||런던
DE||베를린
UA||키이우,키예프
RU||모스크바,크렘린,크렘린궁
BY||민스크
CN||베이징
JP||도쿄
KP||평양
KR||서울,청와대
IN||뉴델리
IR||테헤란
IQ||바그다드
SY||다마스쿠스
IL||예루살렘
EG||카이로
TR||앙카라
TW||타이베이
TH||방콕
VN||하노이
`

// misleadingWide is misleading in Chinese, Japanese and Korean: longer names that hold a country's, and words that have its
// characters where one ends and the next begins (上海|地铁 for 海地).
const misleadingWide = `
US|ラテン・アメリカ,コパ・アメリカ,南米アメリカ,北美国家,南美国家,拉美国家,北美國家,南美國家,拉美國家,南米国,北米国,华盛顿邮报,華盛頓郵報,华盛顿时报,華盛頓時報,华盛顿州,華盛頓州,华盛顿大学,華盛頓大學,乔治·华盛顿,喬治·華盛頓,ワシントン・ポスト,ワシントン州,ワシントン大学,南アメリカ,北アメリカ,中央アメリカ,アメリカ大陸,アメリカ州,워싱턴 포스트,워싱턴주
CN|发展中国,發展中國,其中国内,其中国有,其中国际,其中国家,其中國內,其中國有,其中國際,其中國家,集中国力,集中國力,中国地方,中国電力,中国山地,中国自動車道
IN|印度尼西亚,印度尼西亞,西インド諸島,東インド会社,インド太平洋,印度太平洋,西印度群岛,西印度群島,東印度公司,东印度公司,印度洋,印度支那,印度教,印度河,インド洋,인도 태평양
MN|内蒙古,內蒙古,蒙古包,内モンゴル,內モンゴル
HT|海地区,海地區,海地铁,海地鐵,上海地,沿海地带,沿海地帶,航海地图,航海地圖
BR|古巴西
CU|古巴比
ML|马里兰,馬里蘭,马里乌波尔,馬里烏波爾,马里奥,馬里奧,马里亚,馬里亞,马里安,馬里安,马里布,馬里布,卡马里,奥马里
JO|约旦河,約旦河,ヨルダン川,요르단 강
NE|尼日利亞,ニジェール・デルタ,尼日尔河,尼日尔三角洲,尼日河,尼日利,ニジェール川
OM|阿曼达,阿曼達
TD|チャド湖,乍得湖,查德湖,查德威克,查德维克
TO|東加勒比,東加強,東加快,東加入
GE|乔治亚州,喬治亞州,南乔治亚,南喬治亞,ジョージア州,ジョージア工科大学
MX|新墨西哥,墨西哥湾,墨西哥灣,メキシコ湾
CO|哥伦比亚大学,哥倫比亞大學,哥伦比亚特区,哥倫比亞特區,不列颠哥伦比亚,コロンビア大学,コロンビア特別区
TG|多哥伦比亚,多哥倫比亞,多哥斯达黎加,多哥斯大黎加
KP|朝鲜半岛,朝鮮半島,朝鲜族,朝鮮族,朝鲜战争,朝鮮戰爭,朝鮮戦争,在日朝鮮
FR|司法国,司法國,立法国,立法國,宪法国,憲法國,巴黎圣日耳曼,巴黎聖日耳曼
DE|道德国,道德國
TH|国泰国,國泰國,华泰国,華泰國
JP|节日本来,假日本来,節日本來,假日本來,今日本报,昨日本报,近日本报,日本报讯,日本报记者,今日本市,昨日本市,今日本報,昨日本報,日本報訊,日本報記者,今日本港,昨日本港
IE|北爱尔兰,北愛爾蘭,北アイルランド,북 아일랜드
SD|文莱苏丹,汶萊蘇丹,阿曼苏丹,阿曼蘇丹,柔佛苏丹,柔佛蘇丹,雪兰莪苏丹,雪蘭莪蘇丹,奥斯曼苏丹,苏丹红,蘇丹紅,苏丹哈桑纳尔,남 수단
GN|新几内亚,新幾內亞,几内亚湾,幾內亞灣,ギニア湾
ZA|东南非,東南非,西南非,越南非,云南非,雲南非,湖南非,河南非,海南非
IT|罗马尼亚,羅馬尼亞,古罗马,古羅馬,罗马帝国,羅馬帝國,罗马里奥,罗马数字,羅馬數字
ES|西班牙港
GH|加纳税,加納稅,参加纳,參加納
VN|跨越南,穿越南,翻越南,超越南
`

// A wideName is a country's name in a language that writes no spaces, or attaches what follows: there a country's name may stand in
// another's, as India's in Indonesia's.
type wideName struct{ written, key string } // by countryKey

// wideNames are those of all countries.
var wideNames = sync.OnceValue(func() []wideName { //nolint:gochecknoglobals // does not change
	var names []wideName
	seen := map[string]bool{}
	for _, tag := range display.Supported.Tags() {
		base, _ := tag.Base()
		namer := display.Regions(tag)
		switch base.String() {
		case "zh", "yue", "ja", "ko", "th", "lo", "km", "my":
		default:
			continue
		}
		for _, r := range regions() {
			for _, name := range spellings(r.String(), base.String(), namer.Name(r)) {
				if key := countryKey(name); key != "" && !seen[key] {
					seen[key] = true
					names = append(names, wideName{name, key})
				}
			}
		}
	}
	return names
})

// addWideNames adds other countries' names that hold the country's own in scripts without spaces.
func (m *misreader) addWideNames() {
	var wide []string
	for key := range m.own {
		if isWide(firstRune(key)) {
			wide = append(wide, key)
		}
	}
	for _, name := range wideNames() {
		if !m.own[name.key] && slices.ContainsFunc(wide, func(own string) bool { return strings.Contains(name.key, own) }) {
			m.add(name.written)
		}
	}
}

// isWide tells a letter of a script that wideNames have.
func isWide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

package feeds

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestReadDate names every shape of a date that is read, by the moment it means.
func TestReadDate(t *testing.T) {
	cases := map[string][]string{
		"2026-03-04T05:06:07Z": {
			"2026-03-04T05:06:07Z", "2026-03-04T05:06:07.891Z", "2026-03-04t05:06:07z", "2026-03-04T06:06:07+01:00", "2026-03-04T06:06:07+0100",
			"2026-03-04T06:06:07+01", "2026-03-04 05:06:07", "2026-03-04 05:06:07.0", "2026-03-04 05:06:07 UTC", "2026-03-04T050607Z", "20260304T050607Z",
			"20260304050607", "2026-3-4T5:6:7Z", "2026-03-04T05:06:07+00:00[Europe/London]", "2026-003-04T05:06:07+00:00", "2026-063T05:06:07Z",
			"2026063T05:06:07Z", "2026-W10-3T05:06:07Z", "2026W103T050607Z", "2026/03/04 05:06:07", "Wed, 2026/03/04 00:06:07 EST",
			"Wed, 04 Mar 2026 05:06:07 GMT", "Wed, 4 Mar 2026 05:06:07 +0000", "04 Mar 26 05:06:07 UT", "Wed, 04 Mar 2026 00:06:07 EST", "Wed, 04 Mar 2026 00:06:07 -0500 (EST)",
			"Wednesday, 04-Mar-26 05:06:07 GMT", "Wed Mar  4 05:06:07 2026", "Wed Mar 4 05:06:07 UTC 2026", "Tue Mar 3 21:06:07 PST 2026", "Wed Mar 04 2026 06:06:07 GMT+0100 (CET)",
			"Wed,04 Mar 2026 05:06:07GMT", "Wed, 04 March 2026 05:06:07 Z", "wed 04 mar 2026 05:06:07", "Wed, 04 Mar 2026 05:06:07 +00:00", "Wed, 04 Mar 2026 10:36:07 IST",
			"Wed, 04 Mar 2026 14:06:07 JST", "Wed, 04 Mar 2026 16:06:07 AEDT", "Wed, 04 Mar 2026 08:06:07 MSK", "Wed, 04 Mar 2026 05:06:07 -0000",
			"Wed (mid-week), 04 Mar 2026 05:06:07 GMT", "March 4, 2026 5:06:07 AM", "Mar 04 2026 05:06:07AM", "3/4/2026 5:06:07 AM", "04.03.2026 05:06:07", "04/03/2026 05:06:07",
			"  Wed, 04 Mar 2026 05:06:07 GMT\n", "1772600767", "1772600767000",
			"2026년 03월 04일 14:06:07", "2026-03-04 오후 2:06:07", "2026年3月4日 05:06:07", "2026年3月4日5時6分7秒", "2026年03月04日 下午 1:06:07", "２０２６年３月４日　午後２時６分７秒",
			"Τετ, 04 Μάρ 2026 05:06:07 GMT", "Τετάρτη, 4 Μαρτίου 2026 05:06:07 +0000", "2026-március-04T5:06:07+00:00", "Ср, 04 мар 2026 05:06:07 GMT", "4 марта 2026 г. 08:06:07 +0300",
			"Mi, 04 Mär 2026 06:06:07 +0100", "Mittwoch, 4. März 2026 06:06:07 MEZ", "mer., 04 mars 2026 05:06:07 +0000", "mié, 04 mar 2026 05:06:07 GMT", "Mercoledì 4 marzo 2026 05:06:07",
			"śr., 04 mar 2026 05:06:07 GMT", "St, 04 břez 2026 05:06:07 GMT", "ke, 4 maaliskuuta 2026 05:06:07 GMT", "wo, 04 mrt 2026 05:06:07 GMT", "Çar, 04 Mar 2026 05:06:07 GMT",
			"الأربعاء، ٤ مارس ٢٠٢٦ 05:06:07", "4 במרץ 2026 05:06:07", "4 มีนาคม 2569 05:06:07", "Thứ tư, 4 Tháng 3 2026 05:06:07", "04 मार्च 2026 05:06:07", "середа, 4 березня 2026 05:06:07",
		},
		"2026-03-04T05:06:00Z": {
			"2026-03-04T05:06Z", "2026-03-04 05:06", "04 Mar 26 05:06 GMT", "20260304T0506Z", "202603040506", "Wed, 04 Mar 2026 05:06", "mercredi 4 mars 2026 à 05h06", "4.3.2026 klo 5.06",
			"March 4, 2026, 5:06 a.m.", "04/03/2026 - 05:06", "05:06 04.03.2026", "Mittwoch, 4. März 2026, 05:06 Uhr", "mardi, 4 mars 2026 05h06",
		},
		"2026-03-04T17:06:00Z": {"March 4, 2026 5:06 PM", "04-Mar-2026 05:06 p.m.", "Wed, Mar 4, 2026 at 5:06pm", "Wed Mar 04, 2026 5:06 pm"},
		"2026-03-04T00:00:00Z": {
			"2026-03-04", "20260304", "2026-3-4", "2026/03/04", "4 March 2026", "March 4, 2026", "Wednesday, the 4th of March, 2026", "Wed, 4 Mar 2026", "4.3.2026", "04.03.26", "2026-063",
			"2026063", "26063", "26-03-04", "260304", "2026-W10-3", "26-063", "March 4th, '26", "2026. március 4.", "2026年3月4日", "2026 m. kovo 4 d.", "4 de marzo de 2026", "2026-03-03T24:00:00Z",
		},
		"2026-03-02T00:00:00Z": {"2026-W10", "2026W10"},
		"2026-03-01T00:00:00Z": {"2026-03", "-26-03", "-2603"},
		"2026-01-01T00:00:00Z": {"2026", "Wed, 31 Dec 2025 24:00:00 GMT", "2025-12-31T23:59:60Z"},
		"1998-07-05T00:00:00Z": {"5 Jul 98", "1998-07-05", "98-07-05", "05.07.98", "7/5/1998 12:00 AM"},
		"2026-03-13T00:00:00Z": {"13/03/2026", "03/13/2026", "13-03-2026", "03-13-2026"},
		"0001-01-01T00:00:00Z": {"0001-01-01T00:00:00"},
	}
	for want, shapes := range cases {
		for _, s := range shapes {
			got, ok := readDate(s)
			assert.True(t, ok, "%q is no date", s)
			assert.Equal(t, want, got.Format(time.RFC3339), "%q", s)
			assert.Equal(t, time.UTC, got.Location())
		}
	}
}

// TestNoDate: nothing is better than a guess.
func TestNoDate(t *testing.T) {
	for _, s := range []string{
		"", " ", "yesterday", "soon", "12:30", "March", "March 2026", "4 March", "0", "00000000", "0000-00-00 00:00:00", "2026-13-04", "2026-02-30", "2026-00-10",
		"31/31/2026", "Wed, 31 Jun 2026 10:00:00 GMT", "Wed, 04 Foo 2026 10:00:00 GMT", "2026-W54-1", "2026-W00-1", "2026-367", "2025-366", "1.2.3.4", "v1.2.3", "10/11", "99:99:99",
		"--03-04", "---04", "2026-03-04T50:00:00Z", "2026-03-04T05:06:07+99:00", "123456789012", "Infinity", "NaN", "-1", "$date", "{{ date }}", "2026-03-04-05-06",
		strings.Repeat("1", 500), strings.Repeat("04 Mar 2026 ", 50), "\x00\xff",
	} {
		got, ok := readDate(s)
		assert.False(t, ok, "%q was read as %s", s, got)
	}
}

// TestMonthsAreFolded: the table is compared with folded words, so it must be folded; and no name is in it twice.
func TestMonthsAreFolded(t *testing.T) {
	seen := map[string]bool{}
	for i, names := range months {
		for _, stem := range strings.Fields(names) {
			assert.Equal(t, foldDate(stem), stem)
			assert.False(t, seen[stem], stem)
			seen[stem] = true
			assert.Equal(t, i+1, monthNamed(stem))
		}
	}
}

// TestMonthNames: every month of the languages that feeds are seen in, as they are written in full and in dates.
func TestMonthNames(t *testing.T) {
	for _, names := range []string{
		"January February March April May June July August September October November December",
		"Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
		"Jänner Feber März April Mai Juni Juli August September Oktober November Dezember",
		"janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
		"janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
		"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
		"gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
		"janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
		"gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
		"januari februari maart april mei juni juli augustus september oktober november december",
		"jan feb mrt apr mei jun jul aug sep okt nov dec",
		"ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
		"januar februar marts april maj juni juli august september oktober november december",
		"januari februari mars april maj juni juli augusti september oktober november december",
		"janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember",
		"tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
		"jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
		"styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
		"stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
		"leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
		"ledna února března dubna května června července srpna září října listopadu prosince",
		"január február marec apríl máj jún júl august september október november december",
		"január február március április május június július augusztus szeptember október november december",
		"január febr. márc. ápr. máj. jún. júl. aug. szept. okt. nov. dec.",
		"Ιανουάριος Φεβρουάριος Μάρτιος Απρίλιος Μάιος Ιούνιος Ιούλιος Αύγουστος Σεπτέμβριος Οκτώβριος Νοέμβριος Δεκέμβριος",
		"Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου",
		"Ιαν Φεβ Μάρ Απρ Μάι Ιούν Ιούλ Αύγ Σεπ Οκτ Νοέ Δεκ",
		"январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
		"января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
		"січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
		"януари февруари март април май юни юли август септември октомври ноември декември",
		"јануар фебруар март април мај јун јул август септембар октобар новембар децембар",
		"ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
		"siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopad_ studenoga prosinca",
		"sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio",
		"Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
		"يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
		"ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
		"जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
		"มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
	} {
		for i, name := range strings.Fields(names) {
			if strings.HasSuffix(name, "_") {
				continue // November in the languages beside it, as most write it
			}
			got, ok := readDate("7 " + name + " 2026 09:08:07 +0100")
			assert.True(t, ok, name)
			assert.Equal(t, time.Date(2026, time.Month(i+1), 7, 8, 8, 7, 0, time.UTC), got, name)
		}
	}
}

// The short way reads what it reads as the long way does.
func TestPlainDatesAreRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(-2208988800, 13e9).Draw(t, "at"), rapid.Int64Range(0, 999_999_999).Draw(t, "nanoseconds"))
		at = at.In(time.FixedZone("", 60*rapid.IntRange(-20*60, 20*60).Draw(t, "offset")))
		layout := rapid.SampledFrom([]string{time.RFC3339, time.RFC3339Nano, time.RFC1123Z, "Mon, 02 Jan 2006 15:04:05 GMT", "Mon, 02 Jan 2006 15:04:05 UTC"}).Draw(t, "layout")
		s := at.Format(layout)
		plain, is := plainDate(s)
		if any, ok := anyDate(s); is {
			require.True(t, ok, s)
			require.Equal(t, any, plain, s)
		}
		_, offset := at.Zone()
		require.Equal(t, is, at.Year() >= 1900 && at.Year() <= 2400 && (max(offset, -offset) <= longestOffset || strings.HasSuffix(layout, "GMT") || strings.HasSuffix(layout, "UTC")), s)
	})
}

// FuzzDate: what is read is a moment that can be written, and writing it changes nothing.
func FuzzDate(f *testing.F) {
	for _, s := range []string{"2026-03-04T05:06:07Z", "Wed, 04 Mar 26 05:06 EST", "2026-W10-3", "Τετ, 04 Μάρ 2026", "2026年3月4日 午後2時", "-2603", "1772600767", "4/3/2026 5 pm"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := readDate(s)
		if !ok {
			return
		}
		require.Equal(t, time.UTC, got.Location())
		again, ok := readDate(got.Format(time.RFC3339))
		require.True(t, ok)
		require.Equal(t, got, again)
	})
}

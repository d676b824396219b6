package commands_test

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
)

func TestParseLine(t *testing.T) {
	tests := []struct {
		line    string
		command string
		args    string // name=value, separated by " | ", in the options' order
	}{
		{"", "help", ""},
		{"   ", "help", ""},
		{"/attache", "help", ""},
		{"?", "help", ""},
		{"help", "help", ""},
		{"help watch add", "help", "command=watch add"},
		{"watch help", "help", "command=watch"},
		{"watch add --help", "help", "command=watch add"},
		{"recent", "recent", ""},
		{"/recent", "recent", ""},
		{"/attache recent", "recent", ""},
		{"@Attaché: recent", "recent", ""},
		{"WATCH List", "watch list", ""},

		{"watch add Steve Witkoff", "watch add", "name=Steve Witkoff"},
		{`watch add "Steve Witkoff"`, "watch add", "name=Steve Witkoff"},
		{"watch add “Steve Witkoff”", "watch add", "name=Steve Witkoff"},
		{"watch add „Steve Witkoff“", "watch add", "name=Steve Witkoff"},
		{"watch add „Steve Witkoff”", "watch add", "name=Steve Witkoff"},
		{"watch add ”Steve Witkoff”", "watch add", "name=Steve Witkoff"},
		{"watch add «Стив Уиткофф»", "watch add", "name=Стив Уиткофф"},
		{"watch add »Steve Witkoff«", "watch add", "name=Steve Witkoff"},
		{"watch add ‘Steve Witkoff’", "watch add", "name=Steve Witkoff"},
		{"watch add 'Steve Witkoff'", "watch add", "name=Steve Witkoff"},
		{"watch add ‹Steve Witkoff›", "watch add", "name=Steve Witkoff"},
		{"watch\u00a0add\u202fSteve\u00a0Witkoff", "watch add", "name=Steve Witkoff"},
		{"watch add Steve\nWitkoff\t", "watch add", "name=Steve Witkoff"},
		{"watch add O’Brien", "watch add", "name=O’Brien"},
		{"watch add 't Hooft", "watch add", "name='t Hooft"},
		{`watch add צה"ל`, "watch add", `name=צה"ל`},
		{`watch add Dwayne "The Rock" Johnson`, "watch add", `name=Dwayne "The Rock" Johnson`},
		{"watch add \u202eSteve\u202c Witkoff", "watch add", "name=Steve Witkoff"},

		{"watch add Steve Witkoff list:us-russia", "watch add", "name=Steve Witkoff | list=us-russia"},
		{"watch add Steve Witkoff list=us-russia", "watch add", "name=Steve Witkoff | list=us-russia"},
		{"watch add Steve Witkoff List: us-russia", "watch add", "name=Steve Witkoff | list=us-russia"},
		{"watch add list:us-russia Steve Witkoff", "watch add", "name=Steve Witkoff | list=us-russia"},
		{`watch add list:"us russia" Steve Witkoff`, "watch add", "name=Steve Witkoff | list=us russia"},
		{"watch add name:Steve Witkoff list:us-russia", "watch add", "name=Steve Witkoff | list=us-russia"},
		{"watch add Steve Witkoff --list us-russia", "watch add", "name=Steve Witkoff | list=us-russia"},
		{"watch add Steve Witkoff —list us-russia", "watch add", "name=Steve Witkoff | list=us-russia"},
		{"watch add Steve Witkoff –list=us-russia", "watch add", "name=Steve Witkoff | list=us-russia"},
		{"watch add Steve Witkoff list：us-russia", "watch add", "name=Steve Witkoff | list=us-russia"},
		{"watch add Steve Witkoff least:LEAD", "watch add", "name=Steve Witkoff | least=lead"},
		{"watch add Steve Witkoff aliases:Стив Уиткофф; S. Witkoff near:envoy; talks", "watch add", "name=Steve Witkoff | aliases=Стив Уиткофф; S. Witkoff | near=envoy; talks"},
		{`watch add Steve Witkoff aliases:"Стив Уиткофф; S. Witkoff" list:x`, "watch add", "name=Steve Witkoff | list=x | aliases=Стив Уиткофф; S. Witkoff"},
		{`watch add Steve Witkoff near:"envoy"; "president" list:x`, "watch add", `name=Steve Witkoff | list=x | near="envoy" ; "president"`},
		{`watch add Steve Witkoff near:"vice president"; envoy`, "watch add", `name=Steve Witkoff | near="vice president" ; envoy`},
		{`watch add Steve Witkoff not:"Witkoff, Inc." list:x`, "watch add", `name=Steve Witkoff | list=x | not="Witkoff, Inc."`},
		{`watch add Steve Witkoff not:'“Witkoff, Inc.”'`, "watch add", `name=Steve Witkoff | not="Witkoff, Inc."`},
		{`watch add Steve Witkoff not:"Witkoff, Inc."; Witkoff Group`, "watch add", `name=Steve Witkoff | not="Witkoff, Inc." ; Witkoff Group`},
		{`watch add Steve Witkoff not:'"Witkoff, Inc."; Witkoff Group'`, "watch add", `name=Steve Witkoff | not="Witkoff, Inc."; Witkoff Group`},
		{`watch add Steve Witkoff near:"10,000 troops"`, "watch add", `name=Steve Witkoff | near=10,000 troops`},
		{`watch add "re:publica 2026"`, "watch add", "name=re:publica 2026"},
		{"watch add Steve - Witkoff", "watch add", "name=Steve - Witkoff"},
		{`watch add peace list:""`, "watch add", "name=peace"},

		{`watch add peace talks match:"peace talks" OR ceasefire list:x`, "watch add", `name=peace talks | list=x | match="peace talks" OR ceasefire`},
		{`watch add peace talks match:“peace talks” OR ceasefire`, "watch add", `name=peace talks | match="peace talks" OR ceasefire`},
		{`watch add peace match:'"peace talks" OR ceasefire'`, "watch add", `name=peace | match="peace talks" OR ceasefire`},
		{`watch add peace match:"peace OR ceasefire"`, "watch add", "name=peace | match=peace OR ceasefire"},
		{`watch add peace match:"“peace talks” OR ceasefire"`, "watch add", `name=peace | match="peace talks" OR ceasefire`},
		{`watch add peace match:"peace talks"`, "watch add", `name=peace | match="peace talks"`},
		{`watch add peace match:"a b" OR "c d"`, "watch add", `name=peace | match="a b" OR "c d"`},
		{`watch add peace match:title:peace AND lang:en AND source.country:RU`, "watch add", `name=peace | match=title:peace AND lang:en AND source.country:RU`},
		{`watch add peace match:"list: x" OR y list:z`, "watch add", `name=peace | list=z | match="list: x" OR y`},
		{`watch add peace match:peace NEAR/3 talks`, "watch add", `name=peace | match=peace NEAR/3 talks`},

		{"lookup Booking.com", "lookup", "name=Booking.com"},
		{"lookup <http://Booking.com|Booking.com>", "lookup", "name=Booking.com"},
		{"lookup re:publica", "lookup", "name=re:publica"},
		{`lookup "peace talks" OR ceasefire`, "lookup", `name="peace talks" OR ceasefire`},
		{"lookup <@U123|steve>", "lookup", "name=steve"},
		{"why k3v7q2ma", "why", "alert=k3v7q2ma"},
		{"why https://example.org/a?b=c", "why", "alert=https://example.org/a?b=c"},
		{"why <https://example.org/a?b=c&amp;d=e|example.org>", "why", "alert=https://example.org/a?b=c&d=e"},
		{"why <https://example.org/a|a label of words>", "why", "alert=https://example.org/a"},
		{"subscribe us-russia", "subscribe", "list=us-russia"},
		{"subscribe us russia least:headline", "subscribe", "list=us russia | least=headline"},
		{"feeds add https://example.org/rss", "feeds add", "url=https://example.org/rss"},
		{"feeds add url:<https://example.org/rss> name:UN News schedule:*/10 * * * * country:CH", "feeds add", "url=https://example.org/rss | name=UN News | schedule=*/10 * * * * | country=CH"},
		{"feeds add https://example.org/rss schedule:CRON_TZ=Europe/Paris 0 8 * * *", "feeds add", "url=https://example.org/rss | schedule=CRON_TZ=Europe/Paris 0 8 * * *"},
		{"feeds add https://example.org/rss schedule:@every 10m", "feeds add", "url=https://example.org/rss | schedule=@every 10m"},
	}
	for _, tt := range tests {
		t.Run(tt.line, func(t *testing.T) {
			command, args, err := commands.ParseLine(tt.line)
			require.NoError(t, err)
			require.Equal(t, tt.command, command)
			var got []string
			for _, c := range all() {
				for _, o := range c.options {
					if v, ok := args[o.Name]; ok && c.name == command {
						got = append(got, o.Name+"="+v)
					}
				}
			}
			require.Equal(t, tt.args, strings.Join(got, " | "))
		})
	}
}

func TestParseLineMistakes(t *testing.T) {
	tests := []struct{ line, want string }{
		{"wach add x", "Did you mean watch?"},
		{"wach add x", "watch add, watch test, watch remove"},
		{"lokup x", "Did you mean lookup? Write: lookup NAME"},
		{"subscrib x", "Did you mean subscribe?"},
		{"sub x", "Did you mean subscribe?"},
		{"unsub x", "Did you mean unsubscribe?"},
		{"feed list", "Did you mean feeds? Write feeds list, feeds add"},
		{"/attache frobnicate", "There is no command frobnicate. Write help"},
		{"list", "Did you mean watch list or feeds list?"},
		{"show Putin", "Did you mean watch show? Write: watch show NAME"},
		{"watch", "watch needs one of add, test, remove, list or show"},
		{"watch ad Putin", "There is no command watch ad. Did you mean watch add? Write: watch add NAME"},
		{"watch Putin", "watch needs one of"},
		{"watch add", "watch add needs a name: the person's or topic's name. Write for example: watch add Steve Witkoff"},
		{"why", "why needs an alert"},
		{`watch add ""`, "needs a name"},
		{`watch add "Steve Witkoff`, "The quotes before “Steve Witkoff” are not closed"},
		{"watch add Putin lst:x", "no option lst:. Did you mean list:?"},
		{"watch add Putin --lists x", "Did you mean list:?"},
		{"watch add Putin color:red", "no option color:. Write: watch add"},
		{"watch add Putin list:x list:y", "list: is there twice"},
		{"watch add Putin list:", "no value after list:"},
		{"watch add name:Putin aliases:x list:y Lavrov", "not clear what “Lavrov” is"},
		{"watch add Putin least:hedline", "Did you mean headline? It takes headline, lead or body."},
		{"watch add Putin kind:zzzzzz", "It takes person, topic or country."},
		{"watch add name: list:", "There is no value after name:."},
		{"watch add Putin near: list:x", "There is no value after near:."},
		{"watch edit Putin near:x", "A watch is changed by removing it and adding it anew. Write watch remove with its name: the answer has the watch add that would take it back"},
		{"watch change Putin", "A watch is changed by removing it"},
		{"watch UPDATE Putin", "A watch is changed by removing it"},
		{"lookup caf\xe9", "That is not UTF-8, so some of its letters cannot be read. Set the terminal, or save the file, to UTF-8, and write it again."},
		{"watch add J\xfcrgen M\xfcller", "That is not UTF-8"},
		{"lookup " + strings.Repeat("x", 8000), "That line is too long to be a command: it has more than 8000 bytes."},
		{"recent please", "recent takes nothing more. Write only: recent"},
		{"feeds add https://example.org/rss my feed", "not clear what “feed” is"},
		{"subscribe " + strings.Repeat("x", 101), "shorten it to 100"},
	}
	for _, tt := range tests {
		t.Run(tt.line, func(t *testing.T) {
			_, _, err := commands.ParseLine(tt.line)
			require.Error(t, err)
			require.Contains(t, alerts.Say(err), tt.want)
		})
	}
}

// A line of the worst kind takes milliseconds: nobody can keep the Desk busy by typing.
func TestNastyLinesAreFast(t *testing.T) {
	start := time.Now()
	for _, piece := range []string{"<", "< ", `"`, `" `, "' ", "''", "“x” ", "<http:// ", "a:", "--a ", "list:x ", "<@|", "/ "} {
		for _, before := range []string{"", "watch add ", "lookup ", "watch add name:", "watch add x match:"} {
			line := before + strings.Repeat(piece, 7900/len(piece)) + ">"
			_, _, err := commands.ParseLine(line)
			require.True(t, err == nil || alerts.Say(err) != "")
		}
	}
	require.Less(t, time.Since(start), 3*time.Second, "65 lines")
	_, _, err := commands.ParseLine("lookup " + strings.Repeat("x", 9000))
	require.ErrorContains(t, err, "too long")
}

func TestUsage(t *testing.T) {
	require.Equal(t, "watch list [LIST]", commands.Usage("watch list"))
	require.Equal(t, "subscribe LIST [least:headline|lead|body]", commands.Usage("subscribe"))
	require.Equal(t, "recent", commands.Usage("recent"))
	require.Empty(t, commands.Usage("watch"))
	require.Empty(t, commands.Usage("nonsense"))
}

// Every example of the catalogue is a command that can be given as it stands.
func TestExamples(t *testing.T) {
	for _, c := range commands.Catalog() {
		subs := c.Subs
		if len(subs) == 0 {
			subs = []commands.Command{c}
		}
		for _, s := range subs {
			name := c.Name
			if len(c.Subs) > 0 {
				name += " " + s.Name
			}
			got, args, err := commands.ParseLine(name + " " + s.Example)
			require.NoError(t, err, name)
			require.Equal(t, name, got)
			require.Equal(t, s.Example != "", len(args) > 0, name)
		}
	}
}

// Discord's limits. https://discord.com/developers/docs/interactions/application-commands#application-command-object
func TestCatalogFitsDiscord(t *testing.T) {
	var total func(c commands.Command) int
	total = func(c commands.Command) int {
		require.Regexp(t, `^[a-z]{1,32}$`, c.Name)
		require.LessOrEqual(t, utf8.RuneCountInString(c.Say), 100, c.Name)
		require.NotEmpty(t, c.Say, c.Name)
		require.LessOrEqual(t, len(c.Subs), 25)
		require.LessOrEqual(t, len(c.Options), 25)
		n := utf8.RuneCountInString(c.Name + c.Say)
		optional := false
		for _, o := range c.Options {
			require.Regexp(t, `^[a-z]{1,32}$`, o.Name)
			require.LessOrEqual(t, utf8.RuneCountInString(o.Say), 100, o.Name)
			require.NotEmpty(t, o.Say, o.Name)
			require.False(t, optional && o.Required, "required options come first: %s", o.Name)
			require.False(t, o.Complete && len(o.Choices) > 0, "Discord takes one of them: %s", o.Name)
			require.LessOrEqual(t, len(o.Choices), 25)
			require.LessOrEqual(t, o.Most, 6000)
			optional = !o.Required
			n += utf8.RuneCountInString(o.Name + o.Say + strings.Join(o.Choices, "") + strings.Join(o.Choices, ""))
		}
		for _, s := range c.Subs {
			require.Empty(t, s.Subs, "two levels")
			n += total(s)
		}
		return n
	}
	for _, c := range commands.Catalog() {
		require.LessOrEqual(t, total(c), 8000, c.Name)
	}
	require.LessOrEqual(t, len(commands.Catalog()), 100)
}

// A value of plain words comes through as it is, whichever way it is written.
func TestValuesComeThrough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[A-Za-zÀ-ÿа-яء-ي一-龥][A-Za-zÀ-ÿа-яء-ي一-龥.]{0,7}`)
		name := strings.Join(rapid.SliceOfN(word, 1, 4).Draw(t, "name"), " ")
		list := word.Draw(t, "list")
		open := rapid.SampledFrom([]string{`""`, "“”", "„“", "«»", "»«", "””", "‘’", "''", "‹›"}).Draw(t, "quotes")
		marks := []rune(open)
		quoted := string(marks[0]) + name + string(marks[1])
		for _, line := range []string{
			"watch add " + name + " list:" + list, "watch add " + quoted + " list:" + list, "/watch add list=" + list + " name:" + quoted,
			"/attache watch add —list " + list + " " + quoted,
		} {
			command, args, err := commands.ParseLine(line)
			if err != nil || command != "watch add" || args["name"] != name || args["list"] != list {
				t.Fatalf("%s: %s %q %v", line, command, args, err)
			}
		}
	})
}

func FuzzParseLine(f *testing.F) {
	for _, s := range []string{
		"", "watch add “x” list:y", "/attache why <https://a.b|c d>", "watch add x match:\"a b\" OR c", "feeds add —name", "watch add 'x' 'y'", "help ?",
		"lookup \u202e\x00<@U1>", "watch add name:\"\" match:''",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		command, args, err := commands.ParseLine(line)
		if err != nil {
			if say := alerts.Say(err); say == "" || !utf8.ValidString(say) {
				t.Fatalf("%q: %v", line, err)
			}
			return
		}
		if commands.Usage(command) == "" {
			t.Fatalf("%q: no command %q", line, command)
		}
		for name, value := range args {
			if value == "" || !utf8.ValidString(value) || strings.IndexFunc(value, unicode.IsControl) >= 0 {
				t.Fatalf("%q: %s is %q", line, name, value)
			}
		}
	})
}

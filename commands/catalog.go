package commands

// A Command is a node of the grammar. One with Subs is not run itself.
type Command struct {
	Name    string // lower case, one word of a-z
	Say     string // what it does, at most 100 runes, for menus
	Role    Role
	Public  bool   // its success is for the whole channel to see; a failure is always private
	Example string // what may follow its name in the text grammar; "" where nothing does
	Subs    []Command
	Options []Option
}

// An Option is a named argument. Required ones come first. In the text grammar the first option may be given by
// position, others as name:value or name=value.
type Option struct {
	Name     string // lower case, one word of a-z
	Say      string // at most 100 runes
	Required bool
	Choices  []string // the only values, if any; at most 25
	Complete bool     // the Desk suggests values
	Whole    bool     // in the text grammar it takes all words up to the next name:value, unquoted too
	Query    bool     // with Whole: quotes inside the value are its own
	List     bool     // with Whole: it takes several values, parted by semicolons; a comma parts nothing, and needs quotes
	Filled   bool     // given, it must say something; an empty value of others counts as absent
	Address  bool     // the value may be a web address
	Most     int      // runes that a value may have; 0 is 100
}

// limit returns how many runes a value may have.
func (o Option) limit() int {
	if o.Most == 0 {
		return 100
	}
	return o.Most
}

// yes is the choice of an option that is a yes or no.
const yes = "yes"

// Catalog is the grammar: every command that there is. It keeps Discord's limits: 100 characters a description, 25
// options, 8000 characters in all.
// https://discord.com/developers/docs/interactions/application-commands#application-command-object
func Catalog() []Command {
	return []Command{
		watchCommands(),
		{
			Name: "subscribe", Say: "Post a watchlist's alerts in this channel", Role: Admin, Public: true,
			Example: "us-russia least:lead",
			Options: []Option{wholeList("The watchlist", true), least()},
		},
		{
			Name: "unsubscribe", Say: "Stop posting a watchlist's alerts in this channel", Role: Admin, Public: true,
			Example: "us-russia",
			Options: []Option{wholeList("The watchlist", true)},
		},
		feedCommands(),
		{
			Name: "coverage", Say: "What the feeds brought, and what may have been missed or not heard", Example: "7d",
			Options: []Option{{Name: "since", Say: "How far back: days or weeks, such as 7d or 2w; 7d unless you say otherwise"}},
		},
		{
			Name: "lookup", Say: "Recent articles about a person or topic, with why", Example: "Steve Witkoff",
			Options: []Option{{
				Name: "name", Say: "A person or topic, or a watch's name", Required: true, Complete: true, Whole: true, Most: 300,
			}},
		},
		{Name: "recent", Say: "The latest alerts of this channel"},
		{
			Name: "why", Say: "Why an alert came, or why an article did not", Example: "k3v7q2ma",
			Options: []Option{{
				Name: "alert", Say: "The short id under an alert, or an article's address", Required: true,
				Complete: true, Whole: true, Address: true, Most: 2000,
			}, {
				Name: "from", Say: "Of a message that tells many stories: the number of the story to begin with",
			}},
		},
		deliveryCommands(),
		{Name: "test", Say: "Post a sample alert in this channel", Role: Admin},
		{
			Name: "help", Say: "What Attaché can do, and how", Example: "watch add",
			Options: []Option{{Name: "command", Say: "One command only", Complete: true, Whole: true}},
		},
	}
}

func watchCommands() Command {
	list := Option{Name: "list", Say: "The watchlist; needed only if there are several", Complete: true}
	name := Option{Name: "name", Say: "The watch's name, such as a person's", Required: true, Complete: true, Whole: true}
	terms := []Option{
		{Name: "kind", Say: "What it is; if left out, a name with capitals is a person, other words are a topic", Choices: []string{"person", "topic", "country"}},
		{Name: "aliases", Say: "Other names, separated by semicolons", Whole: true, List: true, Filled: true, Most: 1000},
		{Name: "near", Say: "Words that, at most five words from a bare surname, make it this person, separated by semicolons", Whole: true, List: true, Filled: true, Most: 1000},
		{Name: "not", Say: "Phrases that do not count, separated by semicolons", Whole: true, List: true, Filled: true, Most: 1000},
		{Name: "match", Say: `A topic's query, such as "peace talks" OR ceasefire`, Whole: true, Query: true, Filled: true, Most: 1000},
		{Name: "exact", Say: "Only the names as written, nothing that merely sounds like them", Choices: []string{yes, "no"}},
		least(),
	}
	return Command{Name: "watch", Say: "Who and what to look out for", Subs: []Command{
		{
			Name: "add", Say: "Watch a person, a topic or a country", Role: Editor, Public: true,
			Example: `Steve Witkoff list:us-russia aliases:"Стив Уиткофф; Steven Witkoff" near:envoy`,
			Options: append([]Option{{Name: "name", Say: "The person's or topic's name", Required: true, Whole: true}, list}, terms...),
		},
		{
			Name: "test", Say: "What a watch would have found in the articles read so far, without saving it", Role: Editor,
			Example: "Steve Witkoff near:envoy since:7d",
			Options: append([]Option{
				{Name: "name", Say: "The person's or topic's name, or a watch's", Required: true, Complete: true, Whole: true},
				list,
				{Name: "since", Say: "How far back: hours, days or weeks, such as 12h, 7d or 2w; 7d unless you say otherwise"},
			}, terms...),
		},
		{
			Name: "remove", Say: "Stop watching", Role: Editor, Public: true, Example: "Steve Witkoff",
			Options: []Option{name, list},
		},
		{
			Name: "list", Say: "All watchlists, or the watches of one", Example: "us-russia",
			Options: []Option{wholeList("The watchlist", false)},
		},
		{
			Name: "show", Say: "One watch with its aliases and words", Example: "Steve Witkoff",
			Options: []Option{name, list},
		},
	}}
}

func feedCommands() Command {
	return Command{Name: "feeds", Say: "Where the articles come from", Subs: []Command{
		{Name: "list", Say: "All feeds with their schedule"},
		{
			Name: "add", Say: "Read a feed", Role: Admin, Public: true,
			Example: `https://example.org/rss.xml name:example schedule:"*/10 * * * *"`,
			Options: []Option{
				{Name: "url", Say: "The address of the feed, or of the site whose feeds shall be found", Required: true, Address: true, Most: 2000},
				{Name: "name", Say: "A short name for it", Whole: true},
				{Name: "schedule", Say: "When to poll: cron or @every 10m", Whole: true},
				{Name: "source", Say: "Who publishes it, as alerts should say", Whole: true},
				{Name: "country", Say: "The publisher's country, two letters"},
				{Name: "ownership", Say: "Who stands behind it", Choices: []string{"state", "public", "independent", "official"}},
				{Name: "fulltext", Say: "Whether the pages behind its articles are read for their full text", Choices: []string{yes, "no"}},
			},
		},
		{
			Name: "remove", Say: "Stop reading a feed", Role: Admin, Public: true, Example: "example",
			Options: []Option{{Name: "name", Say: "The feed's name", Required: true, Complete: true, Whole: true}},
		},
		{
			Name: "accept", Say: "Take a feed as it is now: moved elsewhere, in other hands, or gone (410)", Role: Admin, Public: true, Example: "example",
			Options: []Option{{Name: "name", Say: "The feed's name", Required: true, Complete: true, Whole: true}},
		},
		{
			Name: "retry", Say: "Poll a feed at once that fails, or was given up after two weeks", Role: Admin, Public: true, Example: "example",
			Options: []Option{{Name: "name", Say: "The feed's name", Required: true, Complete: true, Whole: true}},
		},
		{
			Name: "status", Say: "Which feeds fail, since when and why", Example: "example",
			Options: []Option{{Name: "name", Say: "One feed only", Complete: true, Whole: true}},
		},
	}}
}

func wholeList(say string, required bool) Option {
	return Option{Name: "list", Say: say, Required: required, Complete: true, Whole: true}
}

func least() Option {
	return Option{
		Name: "least", Say: "Only what is mentioned at least so prominently",
		Choices: []string{"headline", "lead", "body"},
	}
}

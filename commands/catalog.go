package commands

// A Command is a node of the grammar. One with Subs is not run itself.
type Command struct {
	Name    string // lower case, one word of a-z
	Say     string // what it does, at most 100 runes, for menus
	Role    Role
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
	Whole    bool     // in the text grammar it takes all words that are no name:value, unquoted too
}

// Catalog is the grammar: every command that there is.
func Catalog() []Command {
	list := Option{Name: "list", Say: "The watchlist; needed only if there are several", Complete: true}
	person := Option{Name: "name", Say: "The watch's name, such as a person's", Required: true, Complete: true, Whole: true}
	least := Option{Name: "least", Say: "Only what is mentioned at least so prominently", Choices: []string{"headline", "lead", "body"}}
	return []Command{
		{Name: "watch", Say: "Who and what to look out for", Subs: []Command{
			{Name: "add", Say: "Watch a person, or a topic with match:", Role: Editor, Options: []Option{
				{Name: "name", Say: "The person's or topic's name", Required: true, Whole: true},
				list,
				{Name: "kind", Say: "What it is; person unless you say otherwise", Choices: []string{"person", "topic", "country"}},
				{Name: "aliases", Say: "Other names, separated by semicolons"},
				{Name: "near", Say: "Words that make a bare surname this person, separated by semicolons"},
				{Name: "not", Say: "Phrases that do not count, separated by semicolons"},
				{Name: "match", Say: `A topic's query, such as "peace talks" OR ceasefire`},
				least,
			}},
			{Name: "remove", Say: "Stop watching", Role: Editor, Options: []Option{person, list}},
			{Name: "list", Say: "All watchlists, or the watches of one", Options: []Option{{Name: "list", Say: "The watchlist", Complete: true, Whole: true}}},
			{Name: "show", Say: "One watch with its aliases and words", Options: []Option{person, list}},
		}},
		{Name: "subscribe", Say: "Post a watchlist's alerts in this channel", Role: Admin, Options: []Option{
			{Name: "list", Say: "The watchlist", Required: true, Complete: true, Whole: true}, least,
		}},
		{Name: "unsubscribe", Say: "Stop posting a watchlist's alerts in this channel", Role: Admin, Options: []Option{
			{Name: "list", Say: "The watchlist", Required: true, Complete: true, Whole: true},
		}},
		{Name: "feeds", Say: "Where the articles come from", Subs: []Command{
			{Name: "list", Say: "All feeds with their schedule"},
			{Name: "add", Say: "Read a feed", Role: Admin, Options: []Option{
				{Name: "url", Say: "The feed's address", Required: true},
				{Name: "name", Say: "A short name for it"},
				{Name: "schedule", Say: "When to poll: cron or @every 10m"},
				{Name: "source", Say: "Who publishes it, as alerts should say"},
				{Name: "country", Say: "The publisher's country, two letters"},
				{Name: "ownership", Say: "Who stands behind it", Choices: []string{"state", "public", "independent", "official"}},
			}},
			{Name: "remove", Say: "Stop reading a feed", Role: Admin, Options: []Option{
				{Name: "name", Say: "The feed's name", Required: true, Complete: true, Whole: true},
			}},
			{Name: "status", Say: "Which feeds fail, since when and why", Options: []Option{
				{Name: "name", Say: "One feed only", Complete: true, Whole: true},
			}},
		}},
		{Name: "lookup", Say: "Recent articles about a person or topic, with why", Options: []Option{
			{Name: "name", Say: "A person or topic, or a watch's name", Required: true, Complete: true, Whole: true},
		}},
		{Name: "recent", Say: "The latest alerts of this channel"},
		{Name: "why", Say: "Why an alert came, or why an article did not", Options: []Option{
			{Name: "alert", Say: "The short id under an alert, or an article's address", Required: true, Complete: true, Whole: true},
		}},
		{Name: "test", Say: "Post a sample alert in this channel", Role: Admin},
		{Name: "help", Say: "What Attaché can do, and how", Options: []Option{
			{Name: "command", Say: "One command only", Complete: true, Whole: true},
		}},
	}
}

package config

import (
	"slices"
	"time"
)

// A File is a configuration, checked and with its defaults filled. The tags are what editors show (Schema).
type File struct {
	Store         string         `json:"store" jsonschema:"pattern=^(sqlite:.+|postgres(ql)?://.+/.+|.*\\$\\{.*)$,default=sqlite:attache.db" jsonschema_description:"Where everything is kept: sqlite:PATH or postgres://USER@HOST/DATABASE. One process uses one SQLite file; several may use one PostgreSQL database."`
	MaxAge        time.Duration  `json:"max_age" jsonschema:"default=7d" jsonschema_description:"Articles older than this when first seen are recorded, not announced."`
	Retention     time.Duration  `json:"retention" jsonschema:"default=30d" jsonschema_description:"How long the texts of articles are kept. Their keys are kept for good, so nothing is announced twice."`
	Fetch         Fetch          `json:"fetch" jsonschema_description:"How feeds are fetched."`
	Listen        string         `json:"listen" jsonschema:"default=127.0.0.1:8080" jsonschema_description:"HOST:PORT for /healthz, /readyz, /metrics and, without Socket Mode, Slack."`
	PublicURL     string         `json:"public_url" jsonschema:"format=uri" jsonschema_description:"The https address at which the bot can be reached from outside, if it can."`
	Feeds         []Feed         `json:"feeds" jsonschema_description:"What is read. Every workspace hears these feeds; in chat they are read-only."`
	Watchlists    []Watchlist    `json:"watchlists" jsonschema_description:"Named sets of watches. Read-only in chat, and seen only where they are subscribed."`
	Subscriptions []Subscription `json:"subscriptions" jsonschema_description:"Which channel hears which watchlists. Read-only in chat."`
	Admins        Admins         `json:"admins" jsonschema_description:"Who may change what, besides the platforms' own administrators."`
	Platforms     Platforms      `json:"platforms" jsonschema_description:"Credentials and settings of the chat platforms."`

	origin   *origin  // where each value stands
	warnings Mistakes // what works, and is unwise
}

// Warnings returns what is unwise in the file or leaves it nothing to do, though it works: sorted as Mistakes are.
func (f *File) Warnings() Mistakes {
	w := slices.Clone(f.warnings)
	w.Sort()
	return w
}

// Warn adds a warning, such as Mistake and MistakeInside return.
func (f *File) Warn(m Mistake) { f.warnings = append(f.warnings, m) }

// Fetch says how feeds are fetched. AllowPorts is nil where all may be: private networks are allowed, and no list is written.
type Fetch struct {
	AllowPrivateNetworks bool          `json:"allow_private_networks" jsonschema:"default=false" jsonschema_description:"Also fetch from loopback, private and link-local addresses."`
	AllowPorts           []int         `json:"allow_ports" jsonschema:"default=80,default=443,minItems=1" jsonschema_description:"The ports that may be fetched from, in private networks too. Left out with allow_private_networks: true, all may be."`
	MaxBody              Size          `json:"max_body" jsonschema_description:"The most that is read of one feed, after decompression: 64KiB to 256MiB."`
	Timeout              time.Duration `json:"timeout" jsonschema:"default=30s" jsonschema_description:"The whole time one fetch may take: 1s to 10m."`
	Workers              int           `json:"workers" jsonschema:"default=16,minimum=1,maximum=256" jsonschema_description:"How many feeds are fetched at once, 1 to 256. Whom a site keeps waiting makes room for others."`
	Proxy                Secret        `json:"proxy" jsonschema_description:"The proxy through which feeds are fetched that name none: http://HOST:PORT, https:// or socks5://. It must itself refuse what should not be reached."`
	Contact              string        `json:"contact" jsonschema_description:"A URL or mailto: address that tells the owners of feeds who fetches; it is part of the User-Agent."`
}

// A Feed is a URL to read, by a schedule.
type Feed struct {
	Name     string  `json:"name" jsonschema:"required,minLength=1,maxLength=100" jsonschema_description:"Short and unique: un-news."`
	URL      string  `json:"url" jsonschema:"required" jsonschema_description:"The http or https address of an RSS, Atom, RDF or JSON feed. Unique."`
	Schedule string  `json:"schedule" jsonschema:"default=auto" jsonschema_description:"When to read it: a cron expression (*/10 * * * *), @every 10m, @hourly, each with CRON_TZ=ZONE in front if need be (*/90 is refused, as there is no minute 90: @every 90m), or auto: the feed's own pace, every 15 to 60 minutes."`
	New      New     `json:"new" jsonschema_description:"How many articles of the very first visit are announced: none, a number of the newest, or all."`
	Source   Source  `json:"source" jsonschema_description:"The label of who publishes the feed."`
	Headers  Headers `json:"headers" jsonschema_description:"Sent with each request to this feed's own host, never to another: Cookie: \"${COOKIE}\"."`
	Login    *Login  `json:"login" jsonschema_description:"For a feed that asks for a user and a password; sent to its own host alone."`
	Proxy    Secret  `json:"proxy" jsonschema_description:"The proxy through which this feed is fetched: http://HOST:PORT, https:// or socks5://. It must itself refuse what should not be reached."`
	FullText bool    `json:"full_text" jsonschema:"default=false" jsonschema_description:"Whether the pages behind its new articles are read for their full text."`
}

// A Source is the label of who publishes a feed.
type Source struct {
	Title     string `json:"title" jsonschema:"maxLength=100" jsonschema_description:"As people know it: UN News. The feed's own title if left out."`
	Country   string `json:"country" jsonschema:"pattern=^([A-Z]{2}|.*\\$\\{.*)$" jsonschema_description:"Two letters of ISO 3166-1, or EU or UN."`
	Language  string `json:"language" jsonschema_description:"A BCP 47 tag: en, pt-BR, zh-Hant."`
	Ownership string `json:"ownership" jsonschema:"enum=state,enum=public,enum=independent,enum=official" jsonschema_description:"Who stands behind it: a state (state-run), a public broadcaster, an independent house, or an official body speaking for itself."`
}

// A Watchlist is a named set of watches.
type Watchlist struct {
	Name    string  `json:"name" jsonschema:"required,minLength=1,maxLength=100" jsonschema_description:"Unique: us-russia."`
	Watches []Watch `json:"watches" jsonschema:"required,minItems=1" jsonschema_description:"What to look out for."`
}

// A Watch looks out for one person, topic or country: exactly one of the three is set.
type Watch struct {
	Person  string   `json:"person" jsonschema:"minLength=1,maxLength=100" jsonschema_description:"A person's full name. Fires on it in any order, case ending and script."`
	Topic   string   `json:"topic" jsonschema:"minLength=1,maxLength=100" jsonschema_description:"A topic's name. Without match, fires on the name as a phrase."`
	Country string   `json:"country" jsonschema:"minLength=1,maxLength=100" jsonschema_description:"A country by any of its names or its ISO 3166 code. Fires on its names in some hundred languages, its people and its capital."`
	Aliases []string `json:"aliases" jsonschema_description:"Other names of the person or country, in any script."`
	Near    []string `json:"near" jsonschema_description:"Words that, beside the surname alone, make it this person: at most five words between them."`
	Not     []string `json:"not" jsonschema_description:"Phrases in which the name of the person or country does not count."`
	Match   string   `json:"match" jsonschema:"maxLength=4000" jsonschema_description:"A topic's query: words, \"phrases\", AND OR NOT, parentheses, prefix*, =exact, NEAR/n, title: source: lang: source.country: source.ownership: person:\"Full Name\"."`
	Surname bool     `json:"surname" jsonschema:"default=false" jsonschema_description:"The person's surname alone is enough, in the script of the name and its aliases."`
	Exact   bool     `json:"exact" jsonschema:"default=false" jsonschema_description:"Only the renderings written here: nothing that merely sounds like the person's name in another script or romanisation."`
	Least   string   `json:"least" jsonschema:"enum=headline,enum=lead,enum=body" jsonschema_description:"The least prominent mention that is announced; overrides the subscription's."`
}

// Kind returns "person", "topic" or "country", and the name.
func (w Watch) Kind() (kind, name string) {
	switch {
	case w.Person != "":
		return "person", w.Person
	case w.Topic != "":
		return "topic", w.Topic
	case w.Country != "":
		return "country", w.Country
	}
	return "", ""
}

// A Subscription is a channel that hears watchlists, and how.
type Subscription struct {
	Channel       string   `json:"channel" jsonschema:"required,pattern=^((discord|slack):[^/\\s]+/[^/\\s]+|console:[^/\\s]+|.*\\$\\{.*)$" jsonschema_description:"discord:GUILD/CHANNEL, slack:TEAM/CHANNEL or console:NAME, with the platform's own ids."`
	Watchlists    []string `json:"watchlists" jsonschema:"required,minItems=1,uniqueItems=true" jsonschema_description:"Names of watchlists of this file."`
	Deliver       string   `json:"deliver" jsonschema:"enum=at once,default=at once" jsonschema_description:"When: at once."`
	Least         string   `json:"least" jsonschema:"enum=headline,enum=lead,enum=body,default=body" jsonschema_description:"The least prominent mention that is announced."`
	Ping          string   `json:"ping" jsonschema:"maxLength=100" jsonschema_description:"A role (Discord) or user group (Slack) to ping, by its id."`
	WhenUncertain string   `json:"when_uncertain" jsonschema:"enum=repeat,enum=hold,default=repeat" jsonschema_description:"What to do where nobody can tell whether a message was posted: post it again, or hold it for an admin."`
}

// Admins says who may change what, besides the platforms' own administrators.
type Admins struct {
	Channel string   `json:"channel" jsonschema:"pattern=^((discord|slack):[^/\\s]+/[^/\\s]+|console:[^/\\s]+|.*\\$\\{.*)$" jsonschema_description:"The channel that is told what an admin must mend."`
	Roles   []string `json:"roles" jsonschema_description:"discord:GUILD/ROLE or slack:TEAM/GROUP: may edit feeds, subscriptions and watchlists."`
	Editors []string `json:"editors" jsonschema_description:"discord:GUILD/ROLE or slack:TEAM/GROUP: may edit watchlists."`
}

// Platforms holds what each platform needs; nil is one that is not used.
type Platforms struct {
	Discord *Discord `json:"discord" jsonschema_description:"https://discord.com/developers/applications"`
	Slack   *Slack   `json:"slack" jsonschema_description:"https://api.slack.com/apps"`
	Console Console  `json:"console" jsonschema_description:"Alerts on standard output, commands on standard input."`
}

// Discord is the bot's account there. API is "" for the vendor's own, else scheme and host of another, without a slash at
// the end.
type Discord struct {
	Token Secret `json:"token" jsonschema:"required" jsonschema_description:"The bot's token, as ${DISCORD_TOKEN} or ${file:PATH}."`
	API   string `json:"api" jsonschema:"pattern=^(https?://[^/\\s?#]+/?|.*\\$\\{.*)$" jsonschema_description:"Another address of Discord's API, for a proxy or a test: https://HOST, without a path. http only on this machine. Discord's own if left out."`
}

// Slack is the app's account there. With AppToken it uses Socket Mode, else SigningSecret and HTTP; one of them is set.
// API is "" for the vendor's own, else the address under which its methods are, without a slash at the end.
type Slack struct {
	BotToken      Secret `json:"bot_token" jsonschema:"required" jsonschema_description:"The bot user's token, xoxb-..., as ${SLACK_BOT_TOKEN} or ${file:PATH}."`
	AppToken      Secret `json:"app_token" jsonschema_description:"For Socket Mode: the app-level token, xapp-..., with connections:write."`
	SigningSecret Secret `json:"signing_secret" jsonschema_description:"For HTTP: the app's signing secret."`
	API           string `json:"api" jsonschema:"pattern=^(https?://[^\\s?#]+|.*\\$\\{.*)$" jsonschema_description:"Another address of Slack's API, for a proxy or a test: https://HOST/api. http only on this machine. Slack's own if left out."`
}

// Console says how alerts are printed: "text" for people or "json" for programs, a line each.
type Console struct {
	Format string `json:"format" jsonschema:"enum=text,enum=json,default=text" jsonschema_description:"text for people, json for programs: one line a delivery."`
}

// Defaults returns the configuration in which every key is left out.
func Defaults() *File {
	const day = 24 * time.Hour
	return &File{
		Store: "sqlite:attache.db", MaxAge: 7 * day, Retention: 30 * day, Listen: "127.0.0.1:8080",
		Fetch:     Fetch{AllowPorts: []int{80, 443}, MaxBody: 5 << 20, Timeout: 30 * time.Second, Workers: 16},
		Platforms: Platforms{Console: Console{Format: "text"}},
		origin:    &origin{},
	}
}

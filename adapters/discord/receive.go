package discord

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
)

// listen takes the session's events. The library calls the handlers one after the other and holds its locks meanwhile,
// so they only note and begin.
func (a *Adapter) listen(ctx context.Context, s *discordgo.Session) {
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.Ready) {
		a.hears(ctx, false)
		a.ready(ctx, e)
	})
	s.AddHandler(func(*discordgo.Session, *discordgo.Resumed) { a.hears(ctx, true) })
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.GuildCreate) {
		if a.joined(e.Guild) {
			a.begin(ctx, func() { a.greet(ctx, e.Guild) })
		}
	})
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.GuildDelete) {
		if a.left(e.Guild) {
			a.begin(ctx, func() { a.leave(ctx, e.ID) })
		}
	})
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.ChannelDelete) {
		a.begin(ctx, func() { a.lose(ctx, e.GuildID, e.ID) })
	})
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.InteractionCreate) {
		a.begin(ctx, func() { a.admit(ctx, e.Interaction) })
	})
}

// ready notes who the bot is and where; the guilds named here are replayed as GUILD_CREATE and were not just joined.
// https://discord.com/developers/docs/events/gateway-events#ready
func (a *Adapter) ready(ctx context.Context, e *discordgo.Ready) {
	me := self{bot: e.User.ID, app: e.User.ID}
	if e.Application != nil && e.Application.ID != "" {
		me.app = e.Application.ID
	}
	a.mu.Lock()
	a.me = &me
	clear(a.guilds)
	for _, g := range e.Guilds {
		a.guilds[g.ID] = true
	}
	learn := !a.learned
	a.learned = true
	a.mu.Unlock()
	a.log.Info("connected to discord", "servers", len(e.Guilds))
	if learn {
		a.begin(ctx, func() {
			if err := a.register(ctx, me.app); err != nil {
				a.log.Error("the slash commands are not registered", "error", err)
				a.mu.Lock()
				a.learned = false // the next connection tries again
				a.mu.Unlock()
			}
		})
	}
}

// joined notes the guild and tells whether it is new.
func (a *Adapter) joined(g *discordgo.Guild) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	known := a.guilds[g.ID]
	a.guilds[g.ID] = true
	return !known && !g.Unavailable
}

// left notes that the bot is no longer in the guild; one that is merely unavailable has an outage.
// https://discord.com/developers/docs/events/gateway-events#guild-delete
func (a *Adapter) left(g *discordgo.Guild) bool {
	if g.Unavailable {
		return false
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.guilds, g.ID)
	return true
}

func (a *Adapter) leave(ctx context.Context, guild string) {
	if a.opt.Desk == nil {
		return
	}
	a.log.Info("taken out of a discord server", "server", guild)
	if err := a.opt.Desk.Leave(ctx, workspaceOf(guild)); err != nil {
		a.log.Error("the subscriptions of a server that was left are not stopped", "server", guild, "error", err)
	}
}

// lose tells of a channel that was deleted, before a post is refused there.
// https://discord.com/developers/docs/events/gateway-events#channel-delete
func (a *Adapter) lose(ctx context.Context, guild, channel string) {
	if a.opt.Lost == nil || !snowflake(guild) || !snowflake(channel) {
		return
	}
	v, _ := verdicts(codeUnknownChannel)
	if err := a.opt.Lost(ctx, alerts.NewChannel(workspaceOf(guild), channel), v.say); err != nil {
		a.log.Error("a channel that was deleted is not stopped", "channel", channel, "error", err)
	}
}

func workspaceOf(guild string) alerts.Workspace {
	if guild == "" {
		return alerts.File
	}
	return alerts.Workspace("discord:" + guild)
}

// greet says hello in the guild's system channel, or else in its first text channel where the bot may write.
func (a *Adapter) greet(ctx context.Context, g *discordgo.Guild) {
	if a.opt.Desk == nil {
		return
	}
	w := workspaceOf(g.ID)
	channel, err := a.meetingPlace(ctx, g)
	if err != nil || channel == "" {
		a.log.Warn("no greeting: there is no channel to write in", "server", g.ID, "error", err)
		return
	}
	for i, text := range chunks(w, a.opt.Desk.Welcome(ctx, w, g.Name)) {
		m := message{Content: text, Embeds: []embed{}, Components: []component{}, Mentions: nobody(), Flags: flagSuppressEmbeds, Enforce: true}
		m.Nonce = greetingNonce(g, i)
		if err := a.call(ctx, http.MethodPost, "channels/"+channel+"/messages", m, nil); err != nil {
			a.log.Warn("no greeting", "server", g.ID, "error", a.failed("greet", err))
			return
		}
	}
}

// greetingNonce is the same for the same join and part, so that a greeting is never doubled.
func greetingNonce(g *discordgo.Guild, part int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "greeting %s %s %d", g.ID, g.JoinedAt.UTC().Format(time.RFC3339), part))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:maxNonce-1]
}

// meetingPlace returns the channel for the greeting, "" if there is none.
func (a *Adapter) meetingPlace(ctx context.Context, g *discordgo.Guild) (string, error) {
	me, err := a.identity(ctx)
	if err != nil {
		return "", err
	}
	var member discordgo.Member
	if err := a.call(ctx, http.MethodGet, "guilds/"+g.ID+"/members/"+me.bot, nil, &member); err != nil {
		return "", err
	}
	places := slices.DeleteFunc(slices.Clone(g.Channels), func(c *discordgo.Channel) bool {
		const need = permViewChannel | permSendMessages
		return c.Type != discordgo.ChannelTypeGuildText || allowed(g, c, me.bot, member.Roles)&need != need
	})
	slices.SortStableFunc(places, func(x, y *discordgo.Channel) int { return x.Position - y.Position })
	for _, c := range places {
		if c.ID == g.SystemChannelID {
			return c.ID, nil
		}
	}
	if len(places) == 0 {
		return "", nil
	}
	return places[0].ID, nil
}

// requestOf reads who asks, and where.
func requestOf(i *discordgo.Interaction) commands.Request {
	r := commands.Request{ID: i.ID, Workspace: workspaceOf(i.GuildID), Args: map[string]string{}}
	if i.GuildID != "" {
		r.Channel = alerts.NewChannel(r.Workspace, i.ChannelID)
	}
	user := i.User
	if i.Member != nil {
		user = i.Member.User
		r.Actor.Admin = i.Member.Permissions&(permAdministrator|permManageGuild) != 0
		r.Actor.Groups = i.Member.Roles
		r.Actor.Name = i.Member.Nick
	}
	if user != nil {
		r.Actor.ID = user.ID
		for _, name := range []string{user.GlobalName, user.Username} {
			if r.Actor.Name == "" {
				r.Actor.Name = name
			}
		}
	}
	return r
}

// fill reads a slash command's path and arguments into the request. It returns the option that is being typed, "" if
// none is.
func fill(r *commands.Request, d discordgo.ApplicationCommandInteractionData) (typing string) {
	path := []string{d.Name}
	options := present(d.Options)
	for len(options) == 1 && (options[0].Type == discordgo.ApplicationCommandOptionSubCommand ||
		options[0].Type == discordgo.ApplicationCommandOptionSubCommandGroup) {
		path = append(path, options[0].Name)
		options = present(options[0].Options)
	}
	r.Command = strings.Join(path, " ")
	for _, o := range options {
		r.Args[o.Name] = fmt.Sprint(o.Value)
		if o.Focused {
			typing = o.Name
		}
	}
	return typing
}

// present leaves out what is null in the vendor's list.
func present(options []*discordgo.ApplicationCommandInteractionDataOption) []*discordgo.ApplicationCommandInteractionDataOption {
	return slices.DeleteFunc(options, func(o *discordgo.ApplicationCommandInteractionDataOption) bool { return o == nil })
}

// public tells whether the catalogue says that a command's success is for the whole channel.
func public(command string) bool {
	level := commands.Catalog()
	words := strings.Fields(command)
	for n, word := range words {
		i := slices.IndexFunc(level, func(c commands.Command) bool { return c.Name == word })
		if i < 0 {
			return false
		}
		if n == len(words)-1 {
			return level[i].Public
		}
		level = level[i].Subs
	}
	return false
}

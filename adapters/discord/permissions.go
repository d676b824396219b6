package discord

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// The permissions that the bot needs, and no more.
// https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags
const (
	permAdministrator = 1 << 3
	permManageGuild   = 1 << 5
	permViewChannel   = 1 << 10
	permSendMessages  = 1 << 11
	permEmbedLinks    = 1 << 14
	permReadHistory   = 1 << 16
	permSendInThreads = 1 << 38

	permsNeeded = permViewChannel | permSendMessages | permEmbedLinks | permReadHistory
	permsAll    = int64(^uint64(0) >> 1)
)

// permissionNames are the needed ones as the vendor's clients name them, in the order in which they are shown there.
func permissionNames(missing int64) []string {
	var names []string
	for _, p := range []struct {
		bit  int64
		name string
	}{
		{permViewChannel, "View Channel"},
		{permSendMessages, "Send Messages"},
		{permSendInThreads, "Send Messages in Threads"},
		{permEmbedLinks, "Embed Links"},
		{permReadHistory, "Read Message History"},
	} {
		if missing&p.bit != 0 {
			names = append(names, p.name)
		}
	}
	return names
}

// Invite returns the address by which an administrator adds the bot to a server, with exactly the permissions it needs;
// guild chooses the server if it is not "".
func (a *Adapter) Invite(ctx context.Context, guild string) (string, error) {
	me, err := a.identity(ctx)
	if err != nil {
		return "", a.failed("ask who the bot is", err)
	}
	return inviteURL(me.app, guild), nil
}

func inviteURL(app, guild string) string {
	u := fmt.Sprintf("https://discord.com/oauth2/authorize?client_id=%s&permissions=%d&scope=bot+applications.commands", app, permsNeeded)
	if guild != "" {
		u += "&guild_id=" + guild + "&disable_guild_select=true"
	}
	return u
}

// Check tells whether alerts can be posted in a channel. What is missing is an *alerts.Invalid that names it, its cure
// and an address to invite the bot by; any other error means that it could not be found out.
func (a *Adapter) Check(ctx context.Context, c alerts.Channel) error {
	me, err := a.identity(ctx)
	if err != nil {
		return a.unchecked(c, err)
	}
	invite := inviteURL(me.app, c.Workspace().ID())
	have, err := a.permissions(ctx, c)
	switch codeOf(err) {
	case codeUnknownChannel:
		return invalid(c, "Discord knows no such channel: copy the channel's id (Developer Mode, right click, Copy Channel ID) into discord:GUILD/CHANNEL. If the bot is not in that server, invite it: "+invite)
	case codeUnknownGuild:
		return invalid(c, "Attaché is not in that Discord server. Invite it: "+invite)
	case codeMissingAccess:
		return invalid(c, "Attaché lacks View Channel there, or is not in that server. In the channel's settings, Permissions, add Attaché's role and allow "+
			strings.Join(permissionNames(permsNeeded), ", ")+"; or invite it: "+invite)
	}
	if alerts.Say(err) != "" {
		return err
	}
	if err != nil {
		return a.unchecked(c, err)
	}
	missing := permsNeeded &^ have
	if missing == 0 {
		return nil
	}
	return invalid(c, "Attaché lacks "+strings.Join(permissionNames(missing), ", ")+" there. In the channel's settings, Permissions, add Attaché's role and allow it; or invite the bot again: "+invite)
}

func invalid(c alerts.Channel, say string) error {
	return fmt.Errorf("channel %s: %w", c, &alerts.Invalid{Say: say})
}

func (a *Adapter) unchecked(c alerts.Channel, err error) error {
	return fmt.Errorf("check channel %s: %w", c, a.failed("ask discord", err))
}

// permissions returns what the bot may do in a channel. In a thread, sending is asked of its own permission.
func (a *Adapter) permissions(ctx context.Context, c alerts.Channel) (int64, error) {
	me, err := a.identity(ctx)
	if err != nil {
		return 0, err
	}
	var ch discordgo.Channel
	if err := a.call(ctx, http.MethodGet, "channels/"+c.ID(), nil, &ch); err != nil {
		return 0, err
	}
	if ch.GuildID != c.Workspace().ID() {
		return 0, fmt.Errorf("channel %s: %w", c, &alerts.Invalid{
			Say: fmt.Sprintf("That channel is in another Discord server. Write it as discord:%s/%s.", ch.GuildID, c.ID()),
		})
	}
	thread := ch.IsThread()
	if thread {
		if err := a.call(ctx, http.MethodGet, "channels/"+ch.ParentID, nil, &ch); err != nil {
			return 0, err
		}
	}
	var guild discordgo.Guild
	if err := a.call(ctx, http.MethodGet, "guilds/"+ch.GuildID, nil, &guild); err != nil {
		return 0, err
	}
	var member discordgo.Member
	if err := a.call(ctx, http.MethodGet, "guilds/"+ch.GuildID+"/members/"+me.bot, nil, &member); err != nil {
		return 0, err
	}
	have := allowed(&guild, &ch, me.bot, member.Roles)
	if thread && have&permSendInThreads == 0 {
		have &^= permSendMessages
	}
	return have, nil
}

// allowed computes a member's permissions in a channel.
// https://discord.com/developers/docs/topics/permissions#permission-overwrites
func allowed(g *discordgo.Guild, ch *discordgo.Channel, user string, roles []string) int64 {
	mine := map[string]bool{g.ID: true} // @everyone has the guild's id
	for _, r := range roles {
		mine[r] = true
	}
	var have int64
	for _, r := range g.Roles {
		if mine[r.ID] {
			have |= r.Permissions
		}
	}
	if g.OwnerID == user || have&permAdministrator != 0 {
		return permsAll
	}
	var allow, deny int64
	for _, o := range ch.PermissionOverwrites { // first @everyone, then the roles together, then the member
		if o.ID == g.ID {
			have = have&^o.Deny | o.Allow
		} else if o.Type == discordgo.PermissionOverwriteTypeRole && mine[o.ID] {
			allow, deny = allow|o.Allow, deny|o.Deny
		}
	}
	have = have&^deny | allow
	for _, o := range ch.PermissionOverwrites {
		if o.Type == discordgo.PermissionOverwriteTypeMember && o.ID == user {
			have = have&^o.Deny | o.Allow
		}
	}
	if have&permViewChannel == 0 {
		return 0 // nothing is allowed in a channel that can't be seen
	}
	return have
}

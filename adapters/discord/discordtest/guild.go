package discordtest

import (
	"net/http"
	"slices"
	"strconv"
)

// Permissions of the vendor's that the fake knows.
const (
	Administrator = 1 << 3
	ManageGuild   = 1 << 5
	ViewChannel   = 1 << 10
	SendMessages  = 1 << 11
	EmbedLinks    = 1 << 14
	ReadHistory   = 1 << 16
	Needed        = ViewChannel | SendMessages | EmbedLinks | ReadHistory
)

// A Guild is a server.
type Guild struct {
	ID       string
	Name     string
	System   string // the id of the system channel
	Everyone int64  // what @everyone may do
	BotRole  string // the id of the bot's role
	Bot      int64  // what the bot's role may do
	Channels []*Channel

	server *Server
}

// A Channel is a text channel.
type Channel struct {
	ID       string
	Name     string
	Allow    int64 // for the bot's role, over the guild's
	Deny     int64
	Messages []*Message
	Gone     bool

	guild *Guild
}

// AddGuild adds a server in which the bot may do what it needs. joined tells the gateway, as if the bot was just invited.
func (s *Server) AddGuild(name string, joined bool) *Guild {
	s.mu.Lock()
	g := &Guild{ID: s.place(), Name: name, BotRole: s.place(), Bot: Needed, server: s}
	s.guilds[g.ID] = g
	s.mu.Unlock()
	if joined {
		g.AddChannel("general")
		s.Dispatch("GUILD_CREATE", s.guild(g))
	}
	return g
}

// AddChannel adds a text channel.
func (g *Guild) AddChannel(name string) *Channel {
	s := g.server
	s.mu.Lock()
	defer s.mu.Unlock()
	c := &Channel{ID: s.place(), Name: name, guild: g}
	g.Channels = append(g.Channels, c)
	s.channels[c.ID] = c
	return c
}

// Remove takes the bot out of the guild, or with outage makes the guild unavailable.
func (g *Guild) Remove(outage bool) {
	s := g.server
	if outage {
		s.Dispatch("GUILD_DELETE", map[string]any{"id": g.ID, "unavailable": true})
		return
	}
	s.mu.Lock()
	delete(s.guilds, g.ID)
	s.mu.Unlock()
	s.Dispatch("GUILD_DELETE", map[string]any{"id": g.ID})
}

// Return ends an outage.
func (g *Guild) Return() { g.server.Dispatch("GUILD_CREATE", g.server.guild(g)) }

// Guilds returns the servers that the bot is in, oldest first.
func (s *Server) Guilds() []*Guild {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []*Guild
	for _, g := range s.guilds {
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b *Guild) int { return cmpID(a.ID, b.ID) })
	return out
}

// may returns what the bot may do in the channel. s.mu is held.
func (c *Channel) may() int64 {
	have := c.guild.Everyone | c.guild.Bot
	if have&Administrator != 0 {
		return -1
	}
	have = have&^c.Deny | c.Allow
	if have&ViewChannel == 0 {
		return 0
	}
	return have
}

// open returns the channel if the bot may do all of need there, else answers as the vendor does. s.mu is held.
func (s *Server) open(w http.ResponseWriter, id string, need int64) *Channel {
	c := s.channels[id]
	switch {
	case c == nil || c.Gone:
		refuse(w, 404, 10003, "Unknown Channel")
	case s.guilds[c.guild.ID] == nil || c.may()&ViewChannel == 0:
		refuse(w, 403, 50001, "Missing Access")
	case c.may()&need != need:
		refuse(w, 403, 50013, "Missing Permissions")
	default:
		return c
	}
	return nil
}

func (s *Server) look(w http.ResponseWriter, parts []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if parts[0] == "channels" {
		if c := s.open(w, parts[1], 0); c != nil {
			answer(w, 200, s.channel(c))
		}
		return
	}
	g := s.guilds[parts[1]]
	switch {
	case g == nil:
		refuse(w, 404, 10004, "Unknown Guild")
	case len(parts) == 2:
		answer(w, 200, s.guildLocked(g))
	case parts[3] != s.BotID:
		refuse(w, 404, 10007, "Unknown Member")
	default:
		answer(w, 200, map[string]any{"user": s.user(), "roles": []string{g.BotRole}, "joined_at": "2026-01-01T00:00:00Z"})
	}
}

func (s *Server) guild(g *Guild) map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.guildLocked(g)
}

func (s *Server) guildLocked(g *Guild) map[string]any {
	channels := []any{}
	for _, c := range g.Channels {
		channels = append(channels, s.channel(c))
	}
	return map[string]any{
		"id": g.ID, "name": g.Name, "owner_id": "1", "system_channel_id": nilIfEmpty(g.System), "channels": channels, "members": []any{},
		"joined_at": "2026-01-01T00:00:00Z", "unavailable": false,
		"roles": []any{
			map[string]any{"id": g.ID, "name": "@everyone", "permissions": strconv.FormatInt(g.Everyone, 10)},
			map[string]any{"id": g.BotRole, "name": "Attaché", "permissions": strconv.FormatInt(g.Bot, 10)},
		},
	}
}

func (s *Server) channel(c *Channel) map[string]any {
	return map[string]any{
		"id": c.ID, "type": 0, "name": c.Name, "guild_id": c.guild.ID, "position": slices.Index(c.guild.Channels, c),
		"permission_overwrites": []any{map[string]any{
			"id": c.guild.BotRole, "type": 0, "allow": strconv.FormatInt(c.Allow, 10), "deny": strconv.FormatInt(c.Deny, 10),
		}},
	}
}

func nilIfEmpty(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func cmpID(a, b string) int {
	x, _ := strconv.ParseUint(a, 10, 64)
	y, _ := strconv.ParseUint(b, 10, 64)
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

package alerts

import (
	"fmt"
	"strings"
)

// A Workspace is a Discord guild ("discord:GUILD"), a Slack team ("slack:TEAM") or the console ("console").
type Workspace string

// File is the workspace of what the configuration file provides: read-only in chat, heard by every workspace.
const File Workspace = ""

// Platform returns the part before the colon: "discord", "slack" or "console"; "" for File.
func (w Workspace) Platform() string {
	platform, _, _ := strings.Cut(string(w), ":")
	return platform
}

// ID returns the platform's own identifier of the workspace; "" for File and the console.
func (w Workspace) ID() string {
	_, id, _ := strings.Cut(string(w), ":")
	return id
}

// A Channel is a place where alerts go: "discord:GUILD/CHANNEL", "slack:TEAM/CHANNEL" or "console:NAME".
// Values come from ParseChannel or NewChannel.
type Channel string

// NewChannel returns the channel with the platform's own id in workspace w.
func NewChannel(w Workspace, id string) Channel {
	if w.ID() == "" {
		return Channel(w.Platform() + ":" + id)
	}
	return Channel(string(w) + "/" + id)
}

// ParseChannel reads a channel as the configuration and the commands write it.
// The error is fit for users.
func ParseChannel(s string) (Channel, error) {
	platform, rest, ok := strings.Cut(s, ":")
	bad := func(form string) error {
		return fmt.Errorf("channel %q: %w", s, &Invalid{Say: "Write a channel as " + form + "."})
	}
	if !ok || rest == "" || strings.ContainsAny(s, " \t\r\n") {
		return "", bad("discord:GUILD/CHANNEL, slack:TEAM/CHANNEL or console:NAME")
	}
	workspace, id, slash := strings.Cut(rest, "/")
	switch platform {
	case "console":
		if slash {
			return "", bad("console:NAME, without a slash")
		}
	case "discord", "slack":
		if !slash || workspace == "" || id == "" || strings.Contains(id, "/") {
			return "", bad(platform + ":" + map[string]string{"discord": "GUILD", "slack": "TEAM"}[platform] + "/CHANNEL")
		}
	default:
		return "", fmt.Errorf("channel %q: %w", s, &Invalid{Say: "The platforms are discord, slack and console."})
	}
	return Channel(s), nil
}

// Platform returns "discord", "slack" or "console".
func (c Channel) Platform() string { return c.Workspace().Platform() }

// Workspace returns the workspace that the channel is part of.
func (c Channel) Workspace() Workspace {
	if workspace, _, ok := strings.Cut(string(c), "/"); ok {
		return Workspace(workspace)
	}
	platform, _, _ := strings.Cut(string(c), ":")
	return Workspace(platform)
}

// ID returns the platform's own identifier of the channel.
func (c Channel) ID() string {
	if _, id, ok := strings.Cut(string(c), "/"); ok {
		return id
	}
	_, id, _ := strings.Cut(string(c), ":")
	return id
}

package discordtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"unicode/utf8"
)

// A Command is an application command as it was registered.
type Command struct {
	Type        int      `json:"type"`
	Name        string   `json:"name"`
	Description string   `json:"description"`
	Contexts    []int    `json:"contexts"`
	Installs    []int    `json:"integration_types"`
	Options     []Option `json:"options"`
}

// An Option is a subcommand or an argument.
type Option struct {
	Type         int      `json:"type"`
	Name         string   `json:"name"`
	Description  string   `json:"description"`
	Required     bool     `json:"required"`
	Autocomplete bool     `json:"autocomplete"`
	ChannelTypes []int    `json:"channel_types"`
	Options      []Option `json:"options"`
	Choices      []struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	} `json:"choices"`
}

// commandName is the form of a name, which has nameMost characters at most: counted by the form it would take a
// megabyte and a few milliseconds of every start.
var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]+$`)

const nameMost = 32

// Commands returns the commands that are registered, and how often they were overwritten.
func (s *Server) Commands() ([]Command, int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.commands, s.overwrites
}

// overwrite replaces all global commands, or none.
func (s *Server) overwrite(w http.ResponseWriter, r *http.Request, app string) {
	var list []Command
	dec := json.NewDecoder(r.Body)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&list); err != nil {
		refuseForm(w, []string{err.Error()})
		return
	}
	if app != s.AppID {
		refuse(w, 403, 20012, "You are not authorized to perform this action on this application")
		return
	}
	if bad := checkCommands(list); len(bad) > 0 {
		refuseForm(w, bad)
		return
	}
	s.mu.Lock()
	s.commands = list
	s.overwrites++
	s.mu.Unlock()
	answer(w, 200, list)
}

// checkCommands returns what the vendor would refuse.
// https://discord.com/developers/docs/interactions/application-commands
func checkCommands(list []Command) []string {
	var bad []string
	if len(list) > 100 {
		bad = append(bad, fmt.Sprintf("%d commands of 100", len(list)))
	}
	seen := map[string]bool{}
	for _, c := range list {
		if seen[c.Name] {
			bad = append(bad, c.Name+": twice")
		}
		seen[c.Name] = true
		size := 0
		bad = append(bad, checkNamed(c.Name, c.Description, &size)...)
		bad = append(bad, checkOptions(c.Name, c.Options, &size)...)
		if size > 8000 {
			bad = append(bad, fmt.Sprintf("%s: %d characters of 8000", c.Name, size))
		}
	}
	return bad
}

func checkNamed(name, description string, size *int) []string {
	var bad []string
	if !commandName.MatchString(name) || utf8.RuneCountInString(name) > nameMost || strings.ToLower(name) != name {
		bad = append(bad, fmt.Sprintf("the name %q", name))
	}
	if n := utf8.RuneCountInString(description); n < 1 || n > 100 {
		bad = append(bad, name+": a description has 1 to 100 characters")
	}
	*size += utf8.RuneCountInString(name) + utf8.RuneCountInString(description)
	return bad
}

func checkOptions(of string, options []Option, size *int) []string {
	var bad []string
	if len(options) > 25 {
		bad = append(bad, of+": more than 25 options")
	}
	optional, subs := false, 0
	seen := map[string]bool{}
	for _, o := range options {
		bad = append(bad, checkNamed(o.Name, o.Description, size)...)
		switch {
		case seen[o.Name]:
			bad = append(bad, of+" "+o.Name+": twice")
		case o.Required && optional:
			bad = append(bad, of+" "+o.Name+": required after optional")
		case o.Autocomplete && len(o.Choices) > 0:
			bad = append(bad, of+" "+o.Name+": autocomplete with choices")
		case len(o.Choices) > 25:
			bad = append(bad, of+" "+o.Name+": more than 25 choices")
		case o.Type != 1 && len(o.Options) > 0:
			bad = append(bad, of+" "+o.Name+": options of what is no subcommand")
		}
		seen[o.Name] = true
		if o.Type == 1 {
			subs++
			bad = append(bad, checkOptions(of+" "+o.Name, o.Options, size)...)
		} else {
			optional = optional || !o.Required
		}
		for _, c := range o.Choices {
			*size += utf8.RuneCountInString(c.Name) + utf8.RuneCountInString(c.Value)
		}
	}
	if subs > 0 && subs < len(options) {
		bad = append(bad, of+": subcommands beside arguments")
	}
	return bad
}

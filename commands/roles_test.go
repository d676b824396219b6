package commands_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-6c43f0f2/attache/alerts"
	"github.com/seed-6c43f0f2/attache/commands"
)

var update = flag.Bool("update", false, "write golden files anew")

// people are who may stand before the desk.
var people = []struct {
	name      string
	workspace alerts.Workspace
	actor     commands.Actor
}{
	{"nobody in particular", guild, commands.Actor{ID: "7"}},
	{"without an id", guild, commands.Actor{}},
	{"editor by a role", guild, commands.Actor{ID: "7", Groups: []string{"5", "901"}}},
	{"editor by name", guild, commands.Actor{ID: "42"}},
	{"admin by a role", guild, commands.Actor{ID: "7", Groups: []string{"900"}}},
	{"admin by the platform", guild, commands.Actor{ID: "7", Admin: true}},
	{"a role of that id in another guild", other, commands.Actor{ID: "7", Groups: []string{"900", "901"}}},
	{"a person of that id on another platform", team, commands.Actor{ID: "42", Groups: []string{"900"}}},
	{"Slack admin by name", team, commands.Actor{ID: "UBOSS"}},
	{"who claims it by their name", guild, commands.Actor{ID: "7", Name: "discord:100/900"}},
	{"a role id with the guild in it", other, commands.Actor{ID: "7", Groups: []string{"100/900", "discord:100/900"}}},
	{"the console", "console", commands.Actor{}},
}

// matrix tells for each of the people which commands they may give, as the Desk answers them.
func matrix(t *testing.T, change func(commands.Actor) commands.Actor) string {
	t.Helper()
	var b strings.Builder
	for _, p := range people {
		fmt.Fprintf(&b, "%s\n", p.name)
		for _, c := range all() {
			args := map[string]string{}
			for _, o := range c.options {
				if o.Required {
					args[o.Name] = "thing.example"
				}
			}
			reply := do(t, newDesk(t, furnished()), commands.Request{
				ID: "r", Workspace: p.workspace, Channel: alerts.NewChannel(p.workspace, "1"), Actor: change(p.actor), Command: c.name, Args: args,
			})
			may := "may"
			if strings.Contains(reply.Text(), " is for ") {
				require.True(t, reply.Failed)
				may = "no"
			}
			fmt.Fprintf(&b, "  %-13s %s\n", c.name, may)
		}
	}
	return b.String()
}

type named struct {
	name    string
	options []commands.Option
}

// all returns the commands that can be given.
func all() []named {
	var list []named
	for _, c := range commands.Catalog() {
		if len(c.Subs) == 0 {
			list = append(list, named{c.Name, c.Options})
		}
		for _, s := range c.Subs {
			list = append(list, named{c.Name + " " + s.Name, s.Options})
		}
	}
	return list
}

func TestRoles(t *testing.T) {
	const golden = "testdata/roles.golden"
	got := matrix(t, func(a commands.Actor) commands.Actor { return a })
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), got)

	t.Run("the matrix can fail", func(t *testing.T) {
		require.NotEqual(t, string(want), matrix(t, func(a commands.Actor) commands.Actor {
			a.Admin = true
			return a
		}))
	})
}

func TestRefusalSaysWhoHelps(t *testing.T) {
	d := newDesk(t, furnished())
	r := asks("feeds add", "url", "https://un.example/rss")
	r.Actor = commands.Actor{ID: "7"}
	require.Equal(t, "feeds add is for admins, and you are a viewer here. Ask an administrator of this server to do it, "+
		"or to have you listed under admins: roles in Attaché's configuration.", do(t, d, r).Text())

	roles, err := commands.NewRoles([]string{"discord:100/7"}, nil)
	require.NoError(t, err)
	d.SetRoles(roles)
	require.False(t, do(t, d, r).Failed, "roles take effect at once")
}

func TestHelpKnowsTheRole(t *testing.T) {
	r := asks("help")
	r.Actor = commands.Actor{ID: "7"}
	text := do(t, newDesk(t, furnished()), r).Text()
	require.Contains(t, text, "Admins also have /subscribe")
	require.Contains(t, text, "You are a viewer here")
	require.NotContains(t, text, "• /subscribe")
}

func TestNewRoles(t *testing.T) {
	for _, bad := range []string{"", "900", "discord:100", "discord:/900", "discord:100/", "console:me", "teams:1/2", "discord:1/2/3", "discord:1/ 2"} {
		_, err := commands.NewRoles(nil, []string{bad})
		require.Error(t, err, bad)
		require.NotEmpty(t, alerts.Say(err), bad)
	}
	_, err := commands.NewRoles([]string{"discord:100/900", "bad"}, []string{"worse"})
	require.ErrorContains(t, err, `"bad"`)
	require.ErrorContains(t, err, `"worse"`, "all at once")
}

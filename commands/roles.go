package commands

import (
	"errors"
	"fmt"
	"strings"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// String returns the role's name: "viewer", "editor" or "admin".
func (r Role) String() string {
	switch r {
	case Editor:
		return "editor"
	case Admin:
		return "admin"
	}
	return "viewer"
}

// Roles are the people and groups to whom the configuration gives a role. The zero value gives none: then the platform's
// own administrators are admins and all others viewers.
type Roles struct{ admins, editors map[string]bool }

// NewRoles reads ids as the configuration writes them: "discord:GUILD/ROLE", "slack:TEAM/GROUP", or a person's id in the
// place of the role's or group's. Every bad id is reported, each as an *alerts.Invalid.
func NewRoles(admins, editors []string) (Roles, error) {
	var errs []error
	set := func(ids []string) map[string]bool {
		m := make(map[string]bool, len(ids))
		for _, id := range ids {
			if err := checkRoleID(id); err != nil {
				errs = append(errs, err)
				continue
			}
			m[id] = true
		}
		return m
	}
	r := Roles{set(admins), set(editors)}
	return r, errors.Join(errs...)
}

func checkRoleID(id string) error {
	c, err := alerts.ParseChannel(id)
	if err != nil || c.Platform() == "console" || strings.HasSuffix(id, "/") {
		return fmt.Errorf("role %q: %w", id, &alerts.Invalid{
			Say: "Write a role as discord:GUILD/ROLE or slack:TEAM/GROUP; a person's id may stand for the role's.",
		})
	}
	return nil
}

// Of returns what the person may do in w.
func (r Roles) Of(w alerts.Workspace, a Actor) Role {
	if a.Admin || w.Platform() == "console" || r.has(r.admins, w, a) {
		return Admin
	}
	if r.has(r.editors, w, a) {
		return Editor
	}
	return Viewer
}

func (r Roles) has(ids map[string]bool, w alerts.Workspace, a Actor) bool {
	if w.ID() == "" {
		return false
	}
	for _, id := range append([]string{a.ID}, a.Groups...) {
		if id != "" && ids[string(alerts.NewChannel(w, id))] {
			return true
		}
	}
	return false
}

// refuse says which role a command needs, and who can help.
func refuse(p path, have Role, w alerts.Workspace) error {
	return invalid("%s is for %ss, and you are %s here. %s", p.Name, p.Role, have.one(), whoHelps(p.Role, w))
}

func whoHelps(need Role, w alerts.Workspace) string {
	who := "an administrator of this workspace"
	if w.Platform() == "discord" {
		who = "an administrator of this server"
	}
	if need == Editor {
		return "Ask " + who + " to do it, or to have you listed under admins: editors in Attaché's configuration."
	}
	return "Ask " + who + " to do it, or to have you listed under admins: roles in Attaché's configuration."
}

// one is the role with its article.
func (r Role) one() string {
	if r == Viewer {
		return "a viewer"
	}
	return "an " + r.String()
}

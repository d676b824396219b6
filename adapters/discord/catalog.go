package discord

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/bwmarrin/discordgo"

	"github.com/seed-6c43f0f2/attache/commands"
)

// applicationCommands turns the grammar into slash commands, for use in servers alone. Who may do what is decided by the
// Desk each time; the vendor's default permissions are only a default that servers change.
func applicationCommands(catalog []commands.Command) []*discordgo.ApplicationCommand {
	out := make([]*discordgo.ApplicationCommand, 0, len(catalog))
	for _, c := range catalog {
		contexts := []discordgo.InteractionContextType{discordgo.InteractionContextGuild}
		installs := []discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall}
		out = append(out, &discordgo.ApplicationCommand{
			Type: discordgo.ChatApplicationCommand, Name: c.Name, Description: c.Say,
			Contexts: &contexts, IntegrationTypes: &installs, Options: optionsOf(c),
		})
	}
	return out
}

func optionsOf(c commands.Command) []*discordgo.ApplicationCommandOption {
	out := []*discordgo.ApplicationCommandOption{} // the API wants a list
	for _, s := range c.Subs {
		out = append(out, &discordgo.ApplicationCommandOption{
			Type: discordgo.ApplicationCommandOptionSubCommand, Name: s.Name, Description: s.Say, Options: optionsOf(s),
		})
	}
	for _, o := range c.Options {
		option := &discordgo.ApplicationCommandOption{
			Type: discordgo.ApplicationCommandOptionString, Name: o.Name, Description: o.Say, Required: o.Required,
			Autocomplete: o.Complete && len(o.Choices) == 0,
		}
		for _, choice := range o.Choices {
			option.Choices = append(option.Choices, &discordgo.ApplicationCommandOptionChoice{Name: choice, Value: choice})
		}
		out = append(out, option)
	}
	return out
}

// commandsKey is under what the memory keeps which commands were registered.
const commandsKey = "discord.commands."

// register overwrites the application's global commands if they are not those that were registered last: the vendor
// counts creations, and clients fetch all commands again after each.
// https://discord.com/developers/docs/interactions/application-commands#bulk-overwrite-global-application-commands
func (a *Adapter) register(ctx context.Context, app string) error {
	wanted := applicationCommands(commands.Catalog())
	body, err := json.Marshal(wanted)
	if err != nil {
		return fmt.Errorf("write the commands: %w", err)
	}
	sum := sha256.Sum256(body)
	hash, key := hex.EncodeToString(sum[:]), commandsKey+app
	if a.opt.Memory != nil {
		if have, err := a.opt.Memory.Meta(ctx, key); err == nil && have == hash {
			return nil
		}
	}
	if err := a.call(ctx, http.MethodPut, "applications/"+app+"/commands", wanted, nil); err != nil {
		return a.failed("register the commands", err)
	}
	a.log.Info("commands registered with discord", "commands", len(wanted))
	if a.opt.Memory == nil {
		return nil
	}
	if err := a.opt.Memory.SetMeta(ctx, key, hash); err != nil {
		return fmt.Errorf("remember the commands: %w", err)
	}
	return nil
}

package discord

import (
	"context"
	"encoding/json"
	"time"
)

const (
	// unheardKey holds the newest times in which events were lost, in JSON, the newest last.
	unheardKey  = "discord.unheard"
	unheardMost = 20
)

// Unheard is a time whose events are lost: a connection ended, and its session could not be resumed. What people typed
// then was not heard, which Discord told them; in which servers the bot is was learned anew.
type Unheard struct {
	From time.Time `json:"from"` // when the connection ended
	To   time.Time `json:"to"`   // when the new session began
}

// deaf notes that a connection ended that had been made.
func (a *Adapter) deaf() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.deafSince.IsZero() {
		a.deafSince = a.opt.Now()
	}
}

// hears ends what deaf began; resumed tells that the vendor sends what came meanwhile.
func (a *Adapter) hears(ctx context.Context, resumed bool) {
	a.mu.Lock()
	u := Unheard{From: a.deafSince, To: a.opt.Now()}
	a.deafSince = time.Time{}
	a.mu.Unlock()
	if u.From.IsZero() || resumed {
		return
	}
	a.log.Warn("discord: what was typed in the meantime is lost: the session had to be made anew", "from", u.From, "to", u.To)
	a.begin(ctx, func() { a.keepUnheard(ctx, u) })
}

func (a *Adapter) keepUnheard(ctx context.Context, u Unheard) {
	if a.opt.Memory == nil {
		return
	}
	all, err := a.Unheard(ctx)
	if err == nil {
		all = append(all, u)
		var data []byte
		if data, err = json.Marshal(all[max(0, len(all)-unheardMost):]); err == nil {
			err = a.opt.Memory.SetMeta(ctx, unheardKey, string(data))
		}
	}
	if err != nil {
		a.log.Error("discord: that events were lost is not kept", "error", err)
	}
}

// Unheard returns the newest times whose events are lost, twenty at most, the newest last, as far as a Memory kept them.
func (a *Adapter) Unheard(ctx context.Context) (all []Unheard, err error) {
	if a.opt.Memory == nil {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, memoryTime)
	defer cancel()
	said, err := a.opt.Memory.Meta(ctx, unheardKey)
	if err != nil || said == "" {
		return nil, err
	}
	return all, json.Unmarshal([]byte(said), &all)
}

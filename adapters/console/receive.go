package console

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/seed-6c43f0f2/attache/commands"
)

// longestLine is how many bytes of a typed line are read; no command is nearly so long.
const longestLine = 16 << 10

// prompt stands where a command may be typed.
const prompt = "attaché> "

// What somebody is told who leaves a bot that goes on.
const (
	sayStays = "Ctrl-C ends the bot; until then it goes on."
	sayEnded = "No more commands are taken here; the bot goes on. Ctrl-C ends it."
)

// Run takes commands until the input ends, somebody types quit where the program ends with that, or ctx ends. A read that is under way when ctx ends can't
// be called back: it is left to the end of the program.
func (c *Console) Run(ctx context.Context) error {
	if c.In == nil || c.Desk == nil {
		<-ctx.Done()
		return nil
	}
	lines, failed := make(chan string), make(chan error, 1)
	go func() {
		defer close(lines)
		failed <- eachLine(c.In, func(line string) bool {
			select {
			case lines <- line:
				return true
			case <-ctx.Done():
				return false
			}
		})
	}()
	for {
		if err := c.ask(ctx); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case line, ok := <-lines:
			if !ok {
				err := errors.Join(<-failed, c.leave(ctx))
				if c.Unread && err == nil {
					<-ctx.Done()
				}
				return err
			}
			if done, err := c.obey(ctx, line); done || err != nil {
				return err
			}
		}
	}
}

// obey carries one line out and writes the answer. It tells whether the line says goodbye.
func (c *Console) obey(ctx context.Context, line string) (done bool, err error) {
	typed := strings.TrimSpace(line)
	switch strings.ToLower(strings.TrimPrefix(typed, "/")) {
	case "":
		return false, c.write(ctx, "", entered)
	case "quit", "exit":
		if !c.GoesOn {
			return true, c.write(ctx, "", entered)
		}
		return false, c.reply(ctx, commands.Reply{Lines: []commands.Line{{Spans: []commands.Span{{Text: sayStays}}}}})
	}
	request := commands.Request{
		ID: c.NewID(), Workspace: Workspace, Channel: c.Channel,
		Actor: commands.Actor{ID: c.User, Name: c.User, Admin: true},
	}
	if n, err := strconv.Atoi(typed); err == nil && n >= 1 && n <= len(c.offers) {
		typed = c.offers[n-1].Line
	}
	reply := c.Desk.DoLine(ctx, request, typed)
	c.offers = reply.Offers
	c.Log.Debug("command answered", "request", request.ID, "failed", reply.Failed)
	return false, c.reply(ctx, reply)
}

// reply writes the answer to a line.
func (c *Console) reply(ctx context.Context, r commands.Reply) error {
	text := c.answer(r) + "\n"
	if c.Format == JSON {
		var err error
		if text, err = answerLine(r); err != nil {
			return err
		}
	}
	return c.write(ctx, text, entered)
}

// ask writes the prompt, if there is one.
func (c *Console) ask(ctx context.Context) error {
	if !c.Prompt {
		return nil
	}
	return c.write(ctx, c.Look.paint(faint, prompt), asked)
}

// leave ends the line on which the prompt stands, and says what becomes of the bot.
func (c *Console) leave(ctx context.Context) error {
	switch {
	case !c.Prompt:
		return nil
	case c.GoesOn, c.Unread:
		return c.write(ctx, "\n"+sayEnded+"\n", entered)
	}
	return c.write(ctx, "\n", entered)
}

// eachLine calls do with every line of r until it returns false. A line that is too long is cut.
func eachLine(r io.Reader, do func(line string) bool) error {
	in := bufio.NewReaderSize(r, longestLine)
	for {
		line, more, err := in.ReadLine()
		for rest := more; rest && err == nil; {
			_, rest, err = in.ReadLine()
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("read commands: %w", err)
		case !do(string(line)):
			return nil
		}
	}
}

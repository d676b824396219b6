package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"
)

// The command line library's words for a flag without a value and for a number that is none.
var (
	valueless  = regexp.MustCompile(`^(--[\w-]+): expected (\w+) value but got (.*)`)
	numberless = regexp.MustCompile(`^(--[\w-]+): expected a valid \d+ bit int but got`)
	choiceless = regexp.MustCompile(`^(\S+) must be one of (.*) but got "(.*)"$`)
	lacking    = regexp.MustCompile(`^expected "<`)
	unexpected = regexp.MustCompile(`^unexpected argument ([^\s,]+)`)
)

// plainly says what is wrong with the command line, without the words of whoever wrote the library.
func plainly(err error, args []string) string {
	say := err.Error()
	if found := numberless.FindStringSubmatch(say); found != nil {
		return found[1] + " is a number, at least 1"
	}
	if found := choiceless.FindStringSubmatch(say); found != nil {
		return fmt.Sprintf("%q is not among the choices: %s", found[3], strings.Join(strings.Split(strings.ReplaceAll(found[2], `"`, ""), ","), ", "))
	}
	var parse *kong.ParseError
	if lacking.MatchString(say) && errors.As(err, &parse) && parse.Context.Selected() != nil {
		return "something is missing: " + parse.Context.Selected().Summary()
	}
	if found := unexpected.FindStringSubmatch(say); found != nil && errors.As(err, &parse) {
		if names := subcommands(parse.Context); len(names) > 0 {
			return fmt.Sprintf("%q is not among the choices: %s", found[1], strings.Join(names, ", "))
		}
	}
	found := valueless.FindStringSubmatch(say)
	if found == nil {
		return say
	}
	flag, needs := found[1], "the name of a file"
	if strings.Contains(found[3], "EOL") {
		flag = args[len(args)-1]
	}
	if found[2] == "int" {
		needs = "a number"
	}
	return flag + " needs " + needs + " behind it"
}

// subcommands are the words that may follow what was understood of the command line; none if it wants no such word.
func subcommands(c *kong.Context) (names []string) {
	at := c.Model.Node
	if n := c.Selected(); n != nil {
		at = n
	} else if n := c.Path[len(c.Path)-1].Node(); n != nil {
		at = n
	}
	for _, child := range at.Children {
		if child.Type == kong.CommandNode && !child.Hidden {
			names = append(names, child.Name)
		}
	}
	return names
}

// asked returns the arguments with help as a word made the flag that it means, and --version the word.
func asked(args []string) []string {
	switch {
	case len(args) == 0:
		return []string{"--help"}
	case args[0] == "--version":
		return append([]string{"version"}, args[1:]...)
	case args[0] == "help":
		return append(append([]string{}, args[1:]...), "--help")
	}
	return args
}

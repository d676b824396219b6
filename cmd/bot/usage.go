package main

import (
	"regexp"
	"strings"
)

// The command line library's words for a flag without a value and for a number that is none.
var (
	valueless  = regexp.MustCompile(`^(--[\w-]+): expected (\w+) value but got (.*)`)
	numberless = regexp.MustCompile(`^(--[\w-]+): expected a valid \d+ bit int but got`)
)

// plainly says what is wrong with the command line, without the words of whoever wrote the library.
func plainly(err error, args []string) string {
	say := err.Error()
	if found := numberless.FindStringSubmatch(say); found != nil {
		return found[1] + " is a number, at least 1"
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

// asked returns the arguments with help as a word made the flag that it means.
func asked(args []string) []string {
	switch {
	case len(args) == 0:
		return []string{"--help"}
	case args[0] == "help":
		return append(append([]string{}, args[1:]...), "--help")
	}
	return args
}

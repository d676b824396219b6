package demo

import (
	"bytes"
	_ "embed" // for the watchlists
	"fmt"
)

// watchlists is the part of the configuration that does not depend on where the feeds are.
//
//go:embed watchlists.yaml
var watchlists []byte

// Config returns the demo's configuration, for feeds that are served at base.
func Config(base string) []byte {
	var b bytes.Buffer
	fmt.Fprint(&b, "# What bot demo runs. Feeds are polled often only because they are served from this machine.\n")
	fmt.Fprint(&b, "fetch: {allow_private_networks: true}\nfeeds:\n")
	for _, f := range Feeds(base) {
		fmt.Fprintf(&b, "  - name: %s\n    url: %s\n    schedule: \"@every 10s\"\n    new: all\n", f.Name, f.URL)
		fmt.Fprintf(&b, "    source: {title: \"%s\", country: %s, language: %s, ownership: %s}\n", f.Title, f.Country, f.Language, f.Ownership)
	}
	b.Write(watchlists)
	return b.Bytes()
}

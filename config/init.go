package config

import _ "embed"

//go:embed init.yaml
var initial []byte

// Init returns the configuration that `bot init` writes: it runs as it stands, on the console and without a token, and its
// comments tell how to go on.
func Init() []byte { return append([]byte(nil), initial...) }

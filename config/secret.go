package config

import (
	"fmt"
	"log/slog"
)

const hidden = "(hidden)"

// A Secret is a token or password. Only Reveal shows it: printed, logged or marshalled it is "(hidden)", or "" if none was given.
// The value is behind a pointer so that fmt cannot reach it inside unexported fields either.
type Secret struct{ value *string }

// NewSecret wraps the value; "" gives the empty Secret.
func NewSecret(value string) Secret {
	if value == "" {
		return Secret{}
	}
	return Secret{&value}
}

// Reveal returns the value, "" if none was given.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// Given tells whether there is a value.
func (s Secret) Given() bool { return s.value != nil }

// Equal tells whether both hold the same value.
func (s Secret) Equal(other Secret) bool { return s.Reveal() == other.Reveal() }

// String returns "(hidden)", or "" if there is no value.
func (s Secret) String() string {
	if s.value == nil {
		return ""
	}
	return hidden
}

// GoString is String, for %#v.
func (s Secret) GoString() string { return fmt.Sprintf("config.Secret(%q)", s.String()) }

// Format prints String for every verb but %#v.
func (s Secret) Format(f fmt.State, verb rune) {
	if verb == 'v' && f.Flag('#') {
		_, _ = fmt.Fprint(f, s.GoString())
		return
	}
	_, _ = fmt.Fprint(f, s.String())
}

// MarshalJSON gives String.
func (s Secret) MarshalJSON() ([]byte, error) { return fmt.Appendf(nil, "%q", s.String()), nil }

// MarshalText gives String, for YAML, XML and the like.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue gives String.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// Package story decides which articles tell the same event. It is pure: values in, values out.
package story

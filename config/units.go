package config

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xhit/go-str2duration/v2"
)

// A Size is a number of bytes.
type Size int64

var sizeForm = regexp.MustCompile(`^([0-9]+(?:\.[0-9]+)?) ?([A-Za-z]*)$`)

// unit returns the bytes of a unit of Size; KiB counts 1024 (IEC 80000-13), kB 1000. 0 is no unit.
func unit(name string) float64 {
	switch strings.ToLower(name) {
	case "", "b":
		return 1
	case "kib":
		return 1 << 10
	case "mib":
		return 1 << 20
	case "gib":
		return 1 << 30
	case "kb":
		return 1e3
	case "mb":
		return 1e6
	case "gb":
		return 1e9
	}
	return 0
}

// parseSize reads 5MiB, 500kB or a number of bytes.
func parseSize(s string) (Size, bool) {
	parts := sizeForm.FindStringSubmatch(s)
	if parts == nil {
		return 0, false
	}
	number, err := strconv.ParseFloat(parts[1], 64)
	bytes := number * unit(parts[2])
	if err != nil || unit(parts[2]) == 0 || bytes > math.MaxInt64/2 {
		return 0, false
	}
	return Size(bytes), true
}

// String returns the size in the largest unit that gives a whole number.
func (s Size) String() string {
	for _, u := range []struct {
		name  string
		bytes Size
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}} {
		if s >= u.bytes && s%u.bytes == 0 {
			return fmt.Sprintf("%d%s", s/u.bytes, u.name)
		}
	}
	return strconv.FormatInt(int64(s), 10)
}

// parseDuration reads 30s, 7d, 2w or 1d12h; a day is 24 hours. A unit is needed, a sign is not taken.
func parseDuration(s string) (time.Duration, bool) {
	if s == "" || s[0] < '0' || s[0] > '9' {
		return 0, false
	}
	d, err := str2duration.ParseDuration(s)
	return d, err == nil && d >= 0
}

// NewAll announces every article of a feed's first visit.
const NewAll New = -1

// New is how many articles of a feed's first visit are announced: none is 0, all is NewAll.
type New int

// parseNew reads none, all or a number from 0 to 1000.
func parseNew(s string) (New, bool) {
	switch s {
	case "none":
		return 0, true
	case "all":
		return NewAll, true
	}
	n, err := strconv.Atoi(s)
	return New(n), err == nil && n >= 0 && n <= 1000
}

package chaos

import "testing"

func sideBySide(t *testing.T, binary string) {}
func fullDisk(t *testing.T, binary string) {}
func failingDisk(t *testing.T, binary string) {}

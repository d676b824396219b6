package slack

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	headerSignature = "X-Slack-Signature"
	headerTimestamp = "X-Slack-Request-Timestamp"
	// window is how far a request's time may be from ours.
	// https://docs.slack.dev/authentication/verifying-requests-from-slack
	window = 5 * time.Minute
)

var (
	errHeaders   = errors.New("the signature's headers are missing, double or malformed")
	errStale     = errors.New("the request's time is too far from ours")
	errSignature = errors.New("the signature is wrong")
)

// verify returns the signature if it is Slack's for this body, made within the window around now. No error holds the
// signature that would have been right.
func verify(secret string, h http.Header, body []byte, now time.Time) (signature string, err error) {
	signatures, stamps := h.Values(headerSignature), h.Values(headerTimestamp)
	if secret == "" || len(signatures) != 1 || len(stamps) != 1 {
		return "", errHeaders
	}
	digits, ok := strings.CutPrefix(signatures[0], "v0=")
	given, err := hex.DecodeString(digits)
	if !ok || err != nil || len(given) != sha256.Size {
		return "", errHeaders
	}
	stamp := stamps[0]
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || strconv.FormatInt(seconds, 10) != stamp {
		return "", errHeaders
	}
	if at := time.Unix(seconds, 0); at.Before(now.Add(-window)) || at.After(now.Add(window)) {
		return "", errStale
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + stamp + ":"))
	mac.Write(body)
	if !hmac.Equal(mac.Sum(nil), given) {
		return "", errSignature
	}
	return "signature " + hex.EncodeToString(given), nil
}

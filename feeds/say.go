package feeds

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"

	"code.dny.dev/ssrf"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// A saying is what is told of a feed that can't be read: what happened, and what to do about it.
type saying struct {
	fact   string
	polled string // for a feed that is polled: it comes again by itself
	once   string // for who asked for it once
}

// inTurn is the whole saying for a feed that is polled.
func (s saying) inTurn() string { return strings.TrimSpace(s.fact + " " + s.polled) }

// both returns a saying whose advice is the same for all.
func both(fact, advice string) saying { return saying{fact, advice, advice} }

// Once says why the feed could not be fetched to somebody who asked for it once, as inTurn does to those who have it
// polled; "" if it was fetched.
func (f Fetched) Once() string {
	s, _, _ := f.failure()
	return strings.TrimSpace(s.fact + " " + s.once)
}

// inChat is Once for somebody in chat, who has no flag to lift our own rules on addresses and ports, but an operator.
func (f Fetched) inChat() string {
	if s, _, _ := f.failure(); f.Guarded() {
		return s.inTurn()
	}
	return f.Once()
}

// Guarded tells whether it was our own rules on addresses and ports that refused (Options.AllowPrivate).
func (f Fetched) Guarded() bool {
	return privateAddress(f.Err) || errors.Is(f.Err, ssrf.ErrProhibitedPort)
}

func privateAddress(err error) bool {
	return errors.Is(err, ssrf.ErrProhibitedIP) || errors.Is(err, ssrf.ErrProhibitedNetwork) || errors.Is(err, ssrf.ErrInvalidHostPort)
}

// sayError returns what a failed fetch means, for people. What the network answered behind an address is not told:
// neither the address, nor whether a port is open, closed or silent.
func sayError(err error) saying {
	if say := alerts.Say(err); say != "" {
		return both(say, "")
	}
	const look = "Check the address in a browser."
	var dns *net.DNSError
	var certificate *tls.CertificateVerificationError
	var hostname x509.HostnameError
	var op *net.OpError
	switch {
	case errors.Is(err, ssrf.ErrProhibitedPort):
		return saying{"The feed is at a port that is not allowed.", "Give an address without a port, or let the operator add the port to fetch.allow_ports.", ""}
	case privateAddress(err):
		return saying{"The feed is not on the public internet, and only such feeds are read.", "The operator can change that with fetch.allow_private_networks.", ""}
	case errors.Is(err, errRedirects):
		return both("The site sends readers round in circles (more than 5 redirects).", look)
	case errors.Is(err, errScheme):
		return both("The site sends readers to something that is not on the web.", look)
	case errors.As(err, &dns) && dns.IsNotFound:
		return both("There is no server of that name.", "Check the spelling of the address.")
	case errors.As(err, &certificate), errors.As(err, &hostname):
		return both("The site's certificate is not valid, so it could be anybody.", "Check the address in a browser, or tell the publisher.")
	case errors.As(err, &op) && op.Op == "dial":
		// Refused and silent ports are told alike: which it is is not for users to probe.
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), timedOut(err):
		return saying{
			"The site did not answer in time.", "It will be tried again; if that goes on, check the address in a browser.",
			"Try again later, or check the address in a browser.",
		}
	case errors.Is(err, errBrokenOff):
		return saying{
			"The site answered, but what it sent broke off or was damaged on the way.",
			"It will be tried again; if that goes on, tell the publisher.", "Try again later; if that goes on, tell the publisher.",
		}
	}
	return saying{"The site could not be reached.", "It will be tried again; if that goes on, check the address in a browser.", look}
}

func timedOut(err error) bool {
	var t interface{ Timeout() bool }
	return errors.As(err, &t) && t.Timeout()
}

// sayStatus returns what an HTTP status other than 200 and 304 means, for people.
func sayStatus(status int) saying {
	const later = "Try again later."
	switch {
	case status == http.StatusUnauthorized:
		return both("The site asks for a password (401).", "Whoever runs Attaché can give it one: login: in the configuration.")
	case status == http.StatusForbidden:
		return saying{
			"Blocked: the site refuses us (403).", "It is asked again in a few hours; ask the publisher to let feed readers in.",
			"Ask the publisher to let feed readers in.",
		}
	case status == http.StatusNotFound:
		return both("There is nothing at that address (404).", "Look on the site for the feed's new address.")
	case status == http.StatusGone:
		return saying{
			"The publisher took the feed down for good (410).", "It is no longer asked. Remove it, or look on the site for its successor.",
			"Look on the site for its successor.",
		}
	case status == http.StatusTooManyRequests:
		return saying{"Blocked: the site says that it is asked too often (429).", "It is left alone for a while; a slower schedule helps.", later}
	case status >= 500:
		return saying{fmt.Sprintf("The site has a fault of its own (%d).", status), "It will be tried again.", later}
	case status >= 300 && status < 400:
		return both(fmt.Sprintf("The site sends readers on without saying where (%d).", status), "Check the address in a browser.")
	}
	return both(fmt.Sprintf("The site answered with status %d instead of the feed.", status), "Check the address in a browser.")
}

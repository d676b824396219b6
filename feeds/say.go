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

	"code.dny.dev/ssrf"

	"github.com/seed-6c43f0f2/attache/alerts"
)

// sayError returns what a failed fetch means, for people. What the network answered behind an address is not told:
// neither the address, nor whether a port is open, closed or silent.
func sayError(err error) string {
	if say := alerts.Say(err); say != "" {
		return say
	}
	var dns *net.DNSError
	var certificate *tls.CertificateVerificationError
	var hostname x509.HostnameError
	var op *net.OpError
	switch {
	case errors.Is(err, ssrf.ErrProhibitedPort):
		return "The feed is at a port that is not allowed. Give an address without a port, or let the operator add the port to fetch.allow_ports."
	case errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedNetwork), errors.Is(err, ssrf.ErrInvalidHostPort):
		return "The feed is not on the public internet, and only such feeds are read. The operator can change that with fetch.allow_private_networks."
	case errors.Is(err, errRedirects):
		return "The site sends readers round in circles (more than 5 redirects). Check the address in a browser."
	case errors.Is(err, errScheme):
		return "The site sends readers to something that is not on the web. Check the address in a browser."
	case errors.As(err, &dns) && dns.IsNotFound:
		return "There is no server of that name. Check the spelling of the address."
	case errors.As(err, &certificate), errors.As(err, &hostname):
		return "The site's certificate is not valid, so it could be anybody. Check the address in a browser, or tell the publisher."
	case errors.As(err, &op) && op.Op == "dial":
		// Refused and silent ports are told alike: which it is is not for users to probe.
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), timedOut(err):
		return "The site did not answer in time. It will be tried again; if that goes on, check the address in a browser."
	}
	return "The site could not be reached. It will be tried again; if that goes on, check the address in a browser."
}

func timedOut(err error) bool {
	var t interface{ Timeout() bool }
	return errors.As(err, &t) && t.Timeout()
}

// sayStatus returns what an HTTP status other than 200 and 304 means, for people.
func sayStatus(status int) string {
	switch {
	case status == http.StatusUnauthorized:
		return "The site asks for a password (401). Ask the publisher for an address that needs none."
	case status == http.StatusForbidden:
		return "Blocked: the site refuses us (403). It is asked again in a few hours; ask the publisher to let feed readers in."
	case status == http.StatusNotFound:
		return "There is nothing at that address (404). Look on the site for the feed's new address."
	case status == http.StatusGone:
		return "The publisher took the feed down for good (410). Remove it, or look on the site for its successor."
	case status == http.StatusTooManyRequests:
		return "Blocked: the site says that it is asked too often (429). It is left alone for a while; a slower schedule helps."
	case status >= 500:
		return fmt.Sprintf("The site has a fault of its own (%d). It will be tried again.", status)
	case status >= 300 && status < 400:
		return fmt.Sprintf("The site sends readers on without saying where (%d). Check the address in a browser.", status)
	}
	return fmt.Sprintf("The site answered with status %d instead of the feed. Check the address in a browser.", status)
}

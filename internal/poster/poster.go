// Package poster puts the address of a public page on paper, as a code that a
// phone reads and in letters that a person can type. It decides which addresses
// may hang on a wall: the same one for everybody, so that nothing in it tells
// who scanned it. It knows no page and stores nothing. Start at Read.
package poster

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"thntracker/internal/fault"
)

// MaxAddress is the most characters of an address: a person must be able to
// type what a phone cannot read, and each module of the code must stay large.
const MaxAddress = 80

// Address is a public address that may be printed.
type Address string

var (
	// publicName is a host as the public web has it: a name with a dot in it, no
	// number, no port, no account.
	publicName = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$`)
	plainPath  = regexp.MustCompile(`^[A-Za-z0-9._~/-]*$`)
)

// shorteners send whoever follows a link on to another page and keep a record of
// them: a code that leads through one is a tracking parameter of its own.
var shorteners = []string{"bit.ly", "buff.ly", "cutt.ly", "goo.gl", "is.gd", "lnkd.in", "ow.ly", "qr.io", "qrco.de", "qrfy.io", "rb.gy", "rebrand.ly",
	"short.io", "shorturl.at", "t.co", "t.ly", "t1p.de", "tiny.cc", "tinyurl.com", "v.gd"}

// Read takes an address as somebody typed it. What may not hang on a wall comes
// back as a sentence for the field "address" that says what to do.
func Read(text string) (Address, error) {
	u, err := url.Parse(text)
	key := ""
	switch {
	case text == "":
		key = "poster.missing"
	case len(text) > MaxAddress:
		key = "poster.too_long"
	case err != nil || !strings.EqualFold(u.Scheme, "https"):
		key = "poster.not_https"
	case strings.ContainsAny(text, "?#"):
		key = "poster.parameter"
	case u.User != nil || !publicName.MatchString(strings.ToLower(u.Host)):
		key = "poster.not_public"
	case !plainPath.MatchString(u.EscapedPath()):
		key = "poster.not_plain"
	case shortened(u.Host):
		key = "poster.shortened"
	}
	if key != "" {
		return "", fault.Fields("read address", fault.Field{Name: "address", Key: key, Args: map[string]any{"Max": MaxAddress}})
	}
	return Address("https://" + strings.ToLower(u.Host) + u.EscapedPath()), nil
}

// shortened tells whether a host is one of the shorteners, or belongs to one.
func shortened(host string) bool {
	host = strings.ToLower(host)
	return slices.ContainsFunc(shorteners, func(s string) bool { return host == s || strings.HasSuffix(host, "."+s) })
}

// Parts cuts an address behind each slash of its path; put together again they
// are the address.
func (a Address) Parts() []string {
	host, path, _ := strings.Cut(string(a)[len("https://"):], "/")
	if path == "" {
		return []string{string(a)}
	}
	return append([]string{"https://" + host + "/"}, strings.SplitAfter(path, "/")...)
}

package page

import "html"

// Embed is how a drawing is shown on a page of somebody else.
type Embed struct {
	Code     string   // HTML to copy; empty where nobody knows the server's name
	Pictures []Option // the drawing as files
}

// EmbedCode is a picture that leads to the release that it is from. Alt says in
// words what it shows, for whoever does not see it.
func EmbedCode(release, picture, alt string) string {
	return `<a href="` + html.EscapeString(release) + `"><img src="` + html.EscapeString(picture) + `" alt="` + html.EscapeString(alt) + `" loading="lazy" style="max-width:100%;height:auto"></a>`
}

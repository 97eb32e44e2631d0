package server

import (
	"thntracker/internal/page"
)

// passOn offers each drawing of a public release to whoever wants to show it
// elsewhere, and leads from each figure to what it counts.
func (s *Server) passOn(r *request, p *page.Summary, under, query string) {
	host := s.host(r)
	for _, figures := range [][]page.Figure{p.Figures, p.More, p.Details} {
		for i := range figures {
			f := &figures[i]
			for k := range f.Definition {
				f.Definition[k].URL = s.linked(r, "/public/definitions") + "#" + f.Definition[k].Key
			}
			if f.Wide == "" {
				continue
			}
			png, svg := under+"/"+f.ID+".png"+query, under+"/"+f.ID+".svg"+query
			f.Embed.Pictures = []page.Option{{Value: png, Label: r.locale.T("files.png")}, {Value: svg, Label: r.locale.T("files.svg")}}
			if host != "" {
				f.Embed.Code = page.EmbedCode(p.Address, host+png, r.locale.T("embed.alt", "Figure", f.Finding, "Country", p.Country, "Period", p.Period, "Measured", f.Measured))
			}
		}
	}
}

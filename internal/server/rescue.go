package server

import (
	"net/http"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/form"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// rescueLimit is the most that a rescue file and its form may hold, in bytes.
const rescueLimit = 2<<20 + 64<<10

// rescueForm asks for the file that a phone saved of what waits on it.
func rescueForm(s *Server, r *request) (reply, error) {
	return reply{page: s.rescuePage(r, nil)}, nil
}

func (s *Server) rescuePage(r *request, wrong error) *page.FormPage {
	l := r.locale
	p := &page.FormPage{Base: page.Base{Heading: l.T("rescue.title"), Here: "rescue"}, Intro: []string{l.T("rescue.intro"), l.T("rescue.harmless")}}
	m := s.problems(r, wrong, &p.Base)
	p.Form = page.Form{Action: "/rescue", Submit: l.T("rescue.submit"), Upload: true, Fields: []page.Field{
		{Kind: page.FieldFile, Name: "file", Label: l.T("rescue.file"), Error: m["file"]}}}
	return p
}

// rescue takes in what a file holds, as if its phone had sent it.
func rescue(s *Server, r *request) (reply, error) {
	items, err := rescueFile(r)
	if fault.Is(err, fault.Invalid) && len(fault.FieldsOf(err)) > 0 {
		return reply{status: http.StatusUnprocessableEntity, page: s.rescuePage(r, err)}, nil
	}
	if err != nil {
		return reply{}, err
	}
	n := map[thn.Outcome]int{}
	for part := range slices.Chunk(items, form.MaxSync) { // what has been taken in stays so, should the time run out
		for _, x := range s.deliver(r, part) {
			n[x.Outcome]++
		}
	}
	key := "rescue.done"
	if n[thn.Retry] > 0 {
		key = "rescue.done_in_part"
	}
	l := r.locale
	s.notice(r, l.N(key, len(items), "Stored", l.Number(n[thn.Stored]), "Known", l.Number(n[thn.Duplicate]), "Held", l.Number(n[thn.Held]), "Left", l.Number(n[thn.Retry])))
	return seeOther("/rescue")
}

func rescueFile(r *request) ([]form.Sealed, error) {
	const op = "upload rescue file"
	if err := r.gin.Request.ParseMultipartForm(1 << 20); err != nil {
		return nil, bodyFault(op, err)
	}
	defer r.gin.Request.MultipartForm.RemoveAll() //nolint:errcheck // the system empties its own temporary files
	file, _, err := r.gin.Request.FormFile("file")
	if err != nil {
		return nil, fault.Fields(op, fault.Field{Name: "file", Key: "rescue.missing"})
	}
	defer file.Close()
	return form.ReadRescue(file)
}

package server

import (
	"net/http"

	"thntracker/internal/fault"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// facePosted is the choice of how the phone's screen looks among other apps.
type facePosted struct {
	Face string `form:"face" label:"phones.face" validate:"required"`
}

func faceForm(_ *Server, r *request) (reply, error) {
	return reply{page: facePage(r, string(r.actor.Programme.Looks()), "")}, nil
}

func facePage(r *request, chosen, wrong string) *page.FormPage {
	l := r.locale
	f := page.Field{Kind: page.FieldRadio, Name: "face", Label: l.T("phones.face"), Error: wrong}
	for _, face := range thn.Faces {
		f.Options = append(f.Options, page.Option{Value: string(face), Label: l.T("phone.face." + string(face)), Chosen: string(face) == chosen})
	}
	return &page.FormPage{Base: page.Base{Heading: l.T("phones.face_title"), Here: "phones"}, Intro: []string{l.T("phones.face_intro")},
		Form: page.Form{Action: "/phones/face", Submit: l.T("form.save"), Cancel: "/phones", Fields: []page.Field{f}}}
}

func faceSave(s *Server, r *request) (reply, error) {
	var posted facePosted
	err := r.form(&posted)
	if err == nil {
		err = s.Setup.SetFace(r.ctx, r.actor, thn.Face(posted.Face))
	}
	if fault.Is(err, fault.Invalid) && len(fault.FieldsOf(err)) > 0 {
		var b page.Base
		m := s.problems(r, err, &b)
		p := facePage(r, posted.Face, m["face"])
		p.Problems = b.Problems
		return reply{status: http.StatusUnprocessableEntity, page: p}, nil
	}
	if err != nil {
		return reply{}, err
	}
	s.notice(r, r.locale.T("phones.face_saved"))
	return seeOther("/phones")
}

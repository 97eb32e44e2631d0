package server

import (
	"net/url"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/lang"
)

// preferencesPosted are the buttons in every footer.
type preferencesPosted struct {
	Language string `form:"language" validate:"omitempty,oneof=en fr es"`
	Theme    string `form:"theme" validate:"omitempty,oneof=auto light dark"`
	Back     string `form:"back"`
}

// preferences remembers the choice on a page without a form to fill in.
func preferences(s *Server, r *request) (reply, error) {
	var posted preferencesPosted
	if err := r.form(&posted); err != nil {
		return reply{}, err
	}
	if err := s.prefer(r, posted.Language, posted.Theme); err != nil {
		return reply{}, err
	}
	return seeOther(local(posted.Back))
}

// prefer keeps what was chosen, in the session and, for the language, with the
// account: a person speaks it on their next phone too. An account of the
// demonstration is everybody's and keeps none.
func (s *Server) prefer(r *request, language, theme string) error {
	switch theme {
	case "auto":
		s.sessions.Remove(r.ctx, keyTheme)
	case "light", "dark":
		s.sessions.Put(r.ctx, keyTheme, theme)
	}
	if !slices.Contains(lang.Codes, language) {
		return nil
	}
	s.sessions.Put(r.ctx, keyLanguage, language)
	r.locale = s.Catalogue.Locale(language)
	if a := r.actor.Account; r.signedIn() && !a.Demo && a.Language != language {
		return s.Accounts.SetLanguage(r.ctx, a, language)
	}
	return nil
}

// again marks a form that came with another language or another theme: nobody
// asked for it to be saved. It is refused like one that lacks an answer, so that
// whatever is in it comes back, in the other language and with nothing to put
// right.
const again = "form.again"

// turned takes the buttons of the footer out of a form they were pressed with.
func (s *Server) turned(r *request, values url.Values) error {
	language, theme := values.Get("language"), values.Get("theme")
	if language == "" && theme == "" || r.route.Path == "/preferences" {
		return nil
	}
	values.Del("language")
	values.Del("theme")
	r.turned = true
	return s.prefer(r, language, theme)
}

// unlessTurned is what is wrong with a form that was read.
func (r *request) unlessTurned(err error) error {
	if !r.turned {
		return err
	}
	return fault.Fields("ask again", fault.Field{Key: again})
}

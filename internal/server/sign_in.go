package server

import (
	"thntracker/internal/fault"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// start sends whoever comes to the right first page.
func start(s *Server, r *request) (reply, error) {
	if r.signedIn() {
		return seeOther(home[r.actor.Grant.Role])
	}
	empty, err := s.Accounts.Empty(r.ctx)
	if err != nil {
		return reply{}, err
	}
	if empty {
		return seeOther("/first-run")
	}
	return seeOther("/sign-in")
}

// signInPosted is the sign-in form.
type signInPosted struct {
	Handle   string `form:"handle" label:"sign_in.handle"`
	Password string `form:"password" label:"sign_in.password"`
	To       string `form:"to"` // where to go then; empty: where the role starts
}

func signInForm(s *Server, r *request) (reply, error) {
	if r.signedIn() {
		return seeOther(local(r.query().Get("to")))
	}
	return reply{page: signInPage(r, signInPosted{To: r.query().Get("to")})}, nil
}

func signInPage(r *request, posted signInPosted) *page.FormPage {
	p := &page.FormPage{Base: page.Base{Heading: r.locale.T("sign_in.title")}, Form: page.Form{Action: "/sign-in", Submit: r.locale.T("sign_in.submit"),
		Fields: []page.Field{
			{Kind: page.FieldText, Name: "handle", Label: r.locale.T("sign_in.handle"), Value: posted.Handle, Complete: "username"},
			{Kind: page.FieldPassword, Name: "password", Label: r.locale.T("sign_in.password"), Complete: "current-password"},
		}}}
	if posted.To != "" {
		p.Form.Fields = append(p.Form.Fields, hidden("to", posted.To))
	}
	return p
}

// signIn answers alike for an unknown name, a wrong password and a disabled
// account. A new session token is made, so that one planted before is worthless.
func signIn(s *Server, r *request) (reply, error) {
	var posted signInPosted
	if err := r.form(&posted); r.turned {
		return reply{page: signInPage(r, posted)}, nil // a password is never sent back
	} else if err != nil {
		return reply{}, err
	}
	account, err := s.Accounts.SignIn(r.ctx, posted.Handle, posted.Password, r.gin.ClientIP())
	if err != nil {
		key, args := fault.Sentence(err)
		if key == "" {
			return reply{}, err
		}
		s.Log.Warn("sign-in refused", "kind", fault.KindOf(err).String())
		p := signInPage(r, posted)
		p.Problems = []page.Problem{{ID: "handle", Text: r.locale.Args(key, s.words(r, args))}}
		return reply{status: statusOf[fault.KindOf(err)], page: p}, nil
	}
	return s.enter(r, account, posted.To)
}

// enter begins the session of an account that has just proved itself.
func (s *Server) enter(r *request, account thn.Account, to string) (reply, error) {
	if err := s.sessions.RenewToken(r.ctx); err != nil {
		return reply{}, fault.Wrap("renew session", err)
	}
	s.sessions.Put(r.ctx, keyAccount, string(account.ID))
	s.sessions.Put(r.ctx, keyEpoch, account.Epoch)
	s.sessions.Put(r.ctx, keySeen, s.Now().Unix()/60)
	s.sessions.Remove(r.ctx, keyProgramme)
	s.Log.Info("signed in", "account", string(account.ID))
	return seeOther(local(to))
}

// signOut ends the session. It never asks the browser to clear its storage:
// records that were not sent yet live there.
func signOut(s *Server, r *request) (reply, error) {
	if err := s.sessions.Destroy(r.ctx); err != nil {
		return reply{}, fault.Wrap("end session", err)
	}
	return seeOther("/sign-in")
}

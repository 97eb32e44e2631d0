package server

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"slices"

	"thntracker/internal/fault"
	"thntracker/internal/ingest"
	"thntracker/internal/page"
	"thntracker/internal/sheet"
	"thntracker/internal/thn"
)

// Files is what imports read and write.
type Files interface {
	ingest.Store
	Mappings(ctx context.Context, programme thn.ID) ([]thn.SavedMapping, error)
	SaveMapping(ctx context.Context, programme, by thn.ID, m thn.SavedMapping) error
}

// importForm asks for a file and what its rows are.
func importForm(s *Server, r *request) (reply, error) {
	p, err := s.importFormPage(r, "", nil)
	return reply{page: p}, err
}

func (s *Server) importFormPage(r *request, kind string, wrong error) (*page.FormPage, error) {
	l := r.locale
	saved, err := s.Files.Mappings(r.ctx, r.actor.Programme.ID)
	if err != nil {
		return nil, err
	}
	p := &page.FormPage{Base: page.Base{Heading: l.T("nav.imports"), Here: "imports"}, Intro: []string{l.T("import.intro"), l.T("import.limits")}}
	m := s.problems(r, wrong, &p.Base)
	if key, args := fault.Sentence(wrong); key != "" {
		p.Problems = append(p.Problems, page.Problem{ID: "file", Text: l.Args(key, s.words(r, args))})
	}
	kinds := page.Field{Kind: page.FieldRadio, Name: "kind", Label: l.T("import.kind"), Error: m["kind"]}
	for _, k := range ingest.Kinds {
		kinds.Options = append(kinds.Options, page.Option{Value: string(k), Label: l.T("import.kind." + string(k)), Chosen: string(k) == kind})
	}
	mapping := page.Field{Kind: page.FieldSelect, Name: "saved", Label: l.T("import.saved"), Hint: l.T("import.saved_hint"), Options: []page.Option{{Label: l.T("import.saved_none")}}}
	for _, x := range saved {
		mapping.Options = append(mapping.Options, page.Option{Value: string(x.ID), Label: l.T("words.noted", "Text", x.Name, "Note", l.T("import.kind."+x.Kind))})
	}
	p.Form = page.Form{Action: "/imports", Submit: l.T("import.read"), Upload: true, Fields: []page.Field{
		{Kind: page.FieldFile, Name: "file", Label: l.T("import.file"), Error: m["file"]}, kinds,
		{Kind: page.FieldText, Name: "sheet", Label: l.T("import.sheet"), Hint: l.T("import.sheet_hint"), Optional: true}, mapping}}
	return p, nil
}

// importUpload takes the file in, proposes a mapping and shows what it would do.
// The file waits on this server for half an hour; nothing is stored.
func importUpload(s *Server, r *request) (reply, error) {
	u, err := s.takeFile(r)
	if err == nil {
		err = s.proposeFor(r, u)
	}
	if err != nil {
		return s.importRefused(r, string(u.kind), err)
	}
	return seeOther("/imports/" + string(s.uploads.keep(u, s.Now())))
}

// importRefused shows the form again with the sentence about the file.
func (s *Server) importRefused(r *request, kind string, err error) (reply, error) {
	kindOf := fault.KindOf(err)
	if key, _ := fault.Sentence(err); key == "" && len(fault.FieldsOf(err)) == 0 || kindOf == fault.Internal || kindOf == fault.Unavailable {
		return reply{}, err
	}
	p, pageErr := s.importFormPage(r, kind, err)
	if pageErr != nil {
		return reply{}, pageErr
	}
	return reply{status: statusOf[kindOf], page: p}, nil
}

// takeFile reads the posted file, its kind and the mapping to start from.
func (s *Server) takeFile(r *request) (*upload, error) {
	const op = "upload"
	u := &upload{account: r.actor.Account.ID, programme: r.actor.Programme.ID}
	if err := r.gin.Request.ParseMultipartForm(1 << 20); err != nil {
		return u, bodyFault(op, err)
	}
	defer r.gin.Request.MultipartForm.RemoveAll() //nolint:errcheck // the system empties its own temporary files
	u.kind = ingest.Kind(r.gin.Request.PostFormValue("kind"))
	if !slices.Contains(ingest.Kinds, u.kind) {
		return u, fault.Fields(op, fault.Field{Name: "kind", Key: "form.choose_for", Args: map[string]any{"Field": fault.Label("import.kind")}})
	}
	file, header, err := r.gin.Request.FormFile("file")
	if err != nil {
		return u, fault.Fields(op, fault.Field{Name: "file", Key: "import.file_missing"})
	}
	defer file.Close()
	if u.body, err = io.ReadAll(file); err != nil {
		return u, bodyFault(op, err)
	}
	u.name, u.mapping.Sheet = header.Filename, r.gin.Request.PostFormValue("sheet")
	return u, s.startFrom(r, u, r.gin.Request.PostFormValue("saved"))
}

// startFrom takes a saved mapping of this programme, if one was chosen.
func (s *Server) startFrom(r *request, u *upload, id string) error {
	saved, err := s.Files.Mappings(r.ctx, r.actor.Programme.ID)
	if err != nil || id == "" {
		return err
	}
	for _, x := range saved {
		if string(x.ID) == id {
			u.mapping, err = ingest.ParseMapping([]byte(x.Body))
			return err
		}
	}
	return fault.Say(fault.NotFound, "mapping", "problem.not_found_text", nil)
}

func (s *Server) importer(r *request) *ingest.Importer {
	return ingest.New(s.Files, r.actor.Programme, r.actor.Account.ID, s.today(r))
}

// proposeFor opens the file and, without a mapping, guesses one from its headers.
func (s *Server) proposeFor(r *request, u *upload) error {
	book, err := u.open()
	if err != nil {
		return err
	}
	proposed, sample, err := s.importer(r).Propose(book, u.kind)
	if err != nil {
		return err
	}
	u.sample = sample
	if len(u.mapping.Fields) == 0 {
		u.mapping = proposed
	}
	return nil
}

func (u *upload) open() (*sheet.Book, error) {
	return sheet.Open(u.name, bytes.NewReader(u.body), u.mapping.Options())
}

// importShow shows what the waiting file would do.
func importShow(s *Server, r *request) (reply, error) {
	u, err := s.waiting(r)
	if err != nil {
		return reply{}, err
	}
	return s.importPreview(r, u, nil)
}

// waiting finds the actor's own upload; anybody else's does not exist.
func (s *Server) waiting(r *request) (*upload, error) {
	id, err := r.id("id")
	if err != nil {
		return nil, err
	}
	u, ok := s.uploads.find(id, s.Now())
	if !ok || u.account != r.actor.Account.ID || u.programme != r.actor.Programme.ID {
		return nil, fault.Say(fault.NotFound, "upload", "import.gone", nil)
	}
	return u, nil
}

// importPreview draws the mapping and the plan. A mapping that is not complete
// is a message, not an error page: the person is in the middle of writing it.
func (s *Server) importPreview(r *request, u *upload, wrong error) (reply, error) {
	plan, err := s.plan(r, u)
	if wrong == nil {
		wrong = err
	}
	if k := fault.KindOf(wrong); wrong != nil && (k == fault.Internal || k == fault.Unavailable) {
		return reply{}, wrong
	}
	p := &page.ImportPreview{Base: page.Base{Heading: r.locale.T("import.preview", "File", u.name), Here: "imports", Wide: true}, Action: r.gin.Request.URL.Path}
	status := http.StatusOK
	if wrong != nil {
		status = http.StatusUnprocessableEntity
		key, args := fault.Sentence(wrong)
		p.Problems = append(p.Problems, page.Problem{ID: "mapping", Text: r.locale.Args(key, s.words(r, args))})
	}
	text, err := u.mapping.YAML()
	if err != nil {
		return reply{}, err
	}
	fields, needed := ingest.FieldsOf(u.kind)
	p.Draw(r.locale, page.Import{Mapping: u.mapping, Text: string(text), Sample: u.sample, Plan: plan, Fields: fields, Needed: needed})
	return reply{status: status, page: p}, nil
}

func (s *Server) plan(r *request, u *upload) (*ingest.Plan, error) {
	book, err := u.open()
	if err != nil {
		return nil, err
	}
	return s.importer(r).Plan(r.ctx, book, u.mapping, nil)
}

// importAct changes the mapping, keeps it, stores the file, or lets it go.
func importAct(s *Server, r *request) (reply, error) {
	u, err := s.waiting(r)
	if err != nil {
		return reply{}, err
	}
	posted, err := r.posted()
	if err != nil {
		return reply{}, err
	}
	switch do := posted.Get("do"); {
	case do == "cancel":
		s.uploads.drop(u)
		return seeOther("/imports")
	case do == "store":
		return s.importStore(r, u)
	case do == "keep":
		return s.keepMapping(r, u, posted.Get("name"))
	case posted.Has("accept"):
		u.mapping.Accept(posted.Get("accept"), posted.Get("as:"+posted.Get("accept")))
		return seeOther(r.gin.Request.URL.Path)
	case do == "text":
		m, err := ingest.ParseMapping([]byte(posted.Get("mapping")))
		if err == nil {
			err = m.For(u.kind)
		}
		if err != nil {
			return s.importPreview(r, u, err)
		}
		u.mapping = m
	default:
		u.remap(func(f ingest.Field) (string, bool) {
			return posted.Get("field:" + string(f)), posted.Has("field:" + string(f))
		})
		u.mapping.Source, u.mapping.Definition, u.mapping.AsAt = posted.Get("source"), posted.Get("definition"), posted.Get("as_at")
	}
	if err := s.proposeFor(r, u); err != nil {
		return s.importPreview(r, u, err)
	}
	return seeOther(r.gin.Request.URL.Path)
}

// importStore stores the whole file or nothing of it.
func (s *Server) importStore(r *request, u *upload) (reply, error) {
	plan, err := s.plan(r, u)
	if err == nil {
		err = s.importer(r).Commit(r.ctx, plan, nil)
	}
	if err != nil {
		return s.importPreview(r, u, err)
	}
	s.uploads.drop(u)
	s.Log.Info("imported", "kind", string(u.kind), "records", plan.Size())
	s.notice(r, r.locale.N("import.done", plan.Size()))
	return seeOther("/imports")
}

func (s *Server) keepMapping(r *request, u *upload, name string) (reply, error) {
	text, err := u.mapping.YAML()
	if err != nil {
		return reply{}, err
	}
	if name == "" || len(name) > 120 {
		return s.importPreview(r, u, fault.Say(fault.Invalid, "keep mapping", "import.name_missing", nil))
	}
	err = s.Files.SaveMapping(r.ctx, r.actor.Programme.ID, r.actor.Account.ID, thn.SavedMapping{ID: thn.NewID(), Name: name, Kind: string(u.kind), Body: string(text)})
	if err != nil {
		return reply{}, err
	}
	s.notice(r, r.locale.T("import.kept"))
	return seeOther(r.gin.Request.URL.Path)
}

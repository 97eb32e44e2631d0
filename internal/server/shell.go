package server

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"path"
	"slices"
	"strings"

	"thntracker/internal/fault"
	"thntracker/internal/lang"
	"thntracker/internal/page"
	"thntracker/internal/thn"
)

// shellAssets are the files that the phone's screen is made of beside its pages.
// They stand under /app/ by names that do not change, so that the pages do not
// change with them; which of their contents belong together, the worker is told.
var shellAssets = []string{"css/app.css", "css/phone.css", "js/phone.js", "icon/notes.svg", "icon/notes.png", "icon/diary.svg", "icon/diary.png", "icon/lists.svg", "icon/lists.png"}

// shipped is what the worker is told: which files make one release of the phone's
// screen, each with the hash that it has to have.
type shipped struct {
	Version string        `json:"version"`
	Files   []releaseFile `json:"files"`
}

type releaseFile struct {
	URL       string `json:"url"`
	Integrity string `json:"integrity"`
}

// newPhone draws everything under /app/ once: the shell in each language, its
// manifest, the page it hides behind, and the worker that keeps them.
func (s *Server) newPhone() (map[string]page.Asset, error) {
	files := map[string]page.Asset{}
	for _, code := range s.Catalogue.Codes() {
		if err := s.shell(files, s.Catalogue.Locale(code)); err != nil {
			return nil, fault.Wrap("phone "+code, err)
		}
	}
	for _, name := range shellAssets {
		url, err := s.Assets.URL(name)
		if err != nil {
			return nil, err
		}
		files["/app/"+path.Base(name)], _ = s.Assets.Get(url)
	}
	rel := shipped{}
	for url, f := range files {
		rel.Files = append(rel.Files, releaseFile{url, integrity(f.Body)})
	}
	worker, err := s.worker(rel)
	files["/app/worker.js"] = page.NewAsset("text/javascript; charset=utf-8", worker)
	return files, err
}

// shell adds the files of one language.
func (s *Server) shell(files map[string]page.Asset, l *lang.Locale) error {
	shell, err := s.shellPage(l)
	if err != nil {
		return err
	}
	for url, p := range map[string]page.Page{"/app/" + l.Code: shell, "/app/away/" + l.Code: &page.Away{Base: page.Base{Lang: l.Code}, Name: shell.Name}} {
		body, err := s.Pages.Render(p)
		if err != nil {
			return err
		}
		files[url] = page.NewAsset("text/html; charset=utf-8", body)
	}
	for _, face := range thn.Faces {
		manifest, err := s.manifest(l, face)
		if err != nil {
			return err
		}
		files["/app/"+l.Code+"."+string(face)+".webmanifest"] = page.NewAsset("application/manifest+json", manifest)
	}
	return nil
}

// manifest says what the phone shows of it among its other apps: a name and an icon
// that tell nothing.
func (s *Server) manifest(l *lang.Locale, face thn.Face) ([]byte, error) {
	name := l.T("phone.face." + string(face))
	return json.Marshal(map[string]any{"name": name, "short_name": name, "lang": l.Code, "start_url": "/app/", "scope": "/app/", "display": "standalone",
		"background_color": "#ffffff", "theme_color": "#4a5159",
		"icons": []map[string]string{{"src": "/app/" + string(face) + ".svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any maskable"}}})
}

// worker is the script that keeps the release, which stands in front of it. The
// script is a part of the release: two that differ in it alone are two.
func (s *Server) worker(rel shipped) ([]byte, error) {
	slices.SortFunc(rel.Files, func(a, b releaseFile) int { return strings.Compare(a.URL, b.URL) })
	list, err := json.Marshal(rel.Files)
	if err != nil {
		return nil, err
	}
	name := "js/worker.js"
	if s.OnlineOnly {
		name = "js/retire.js"
	}
	url, err := s.Assets.URL(name)
	if err != nil {
		return nil, err
	}
	script, _ := s.Assets.Get(url)
	rel.Version = integrity(slices.Concat(list, script.Body))[7:23]
	told, err := json.Marshal(rel)
	return slices.Concat([]byte("const release="), told, []byte(";\n"), script.Body), err
}

func integrity(body []byte) string {
	sum := sha256.Sum256(body)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// phoneFile answers for the files under /app/, and sends whoever names none to the
// shell in their language.
func phoneFile(s *Server, r *request) (reply, error) {
	if r.gin.Param("file") == "/" {
		return seeOther("/app/" + r.locale.Code)
	}
	files, err := s.phone()
	if err != nil {
		return reply{}, err
	}
	f, ok := files[r.gin.Request.URL.Path]
	if !ok {
		return reply{}, fault.Say(fault.NotFound, "phone", "problem.not_found_text", nil)
	}
	return reply{kind: f.Type, body: f.Body, packed: f.Packed, cache: "no-cache", tag: f.Tag}, nil
}

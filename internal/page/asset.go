package page

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"mime"
	"path"
	"strings"

	"thntracker/internal/fault"
)

// Assets are the styles, scripts and icons, each under an address that carries
// the hash of its content, so that a browser may keep it for ever.
type Assets struct {
	urls  map[string]string // css/app.css → /static/css/app.0123456789ab.css
	files map[string]Asset  // by address
}

// Asset is one file as it is served. It holds nothing of a person or a session, so
// that its length gives nothing away and it may travel compressed.
type Asset struct {
	Type   string
	Body   []byte
	Packed []byte // the same with gzip
	Tag    string // of the content, as in ETag: whoever has it need not be sent it again
}

// NewAsset compresses a file once, for everybody.
func NewAsset(kind string, body []byte) Asset {
	var packed bytes.Buffer
	w, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression) // a level that exists
	_, _ = w.Write(body)                                       // into memory: cannot fail
	_ = w.Close()
	sum := sha256.Sum256(body)
	return Asset{Type: kind, Body: body, Packed: packed.Bytes(), Tag: `W/"` + hex.EncodeToString(sum[:8]) + `"`}
}

// OpenAssets reads and hashes a folder.
func OpenAssets(files fs.FS, dir string) (*Assets, error) {
	a := &Assets{urls: map[string]string{}, files: map[string]Asset{}}
	err := fs.WalkDir(files, dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		short := strings.TrimPrefix(name, dir+"/")
		sum := sha256.Sum256(body)
		ending := path.Ext(short)
		url := "/static/" + strings.TrimSuffix(short, ending) + "." + hex.EncodeToString(sum[:6]) + ending
		a.urls[short], a.files[url] = url, NewAsset(mime.TypeByExtension(ending), body)
		return nil
	})
	return a, fault.Wrap("open assets", err)
}

// URL gives the address of an asset, or an error that stops the page: a missing
// style must be found by a test, not by a reader.
func (a *Assets) URL(name string) (string, error) {
	url, ok := a.urls[name]
	if !ok {
		return "", fault.New(fault.Internal, "asset", "no asset %q", name)
	}
	return url, nil
}

// Get gives the asset behind an address.
func (a *Assets) Get(url string) (Asset, bool) {
	asset, ok := a.files[url]
	return asset, ok
}

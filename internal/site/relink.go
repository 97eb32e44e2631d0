package site

import (
	"bytes"
	"io"

	"golang.org/x/net/html"
)

// links are the attributes that hold an address.
var links = map[string]bool{"href": true, "src": true, "action": true}

// relink gives a page with every address of its elements changed. All else stays
// byte for byte.
func relink(body []byte, change func(string) (string, error)) ([]byte, error) {
	var out bytes.Buffer
	for z := html.NewTokenizer(bytes.NewReader(body)); ; {
		kind := z.Next()
		raw := bytes.Clone(z.Raw())
		if kind == html.ErrorToken {
			if z.Err() != io.EOF {
				return nil, z.Err()
			}
			return out.Bytes(), nil
		}
		if kind == html.StartTagToken || kind == html.SelfClosingTagToken {
			var err error
			if raw, err = retag(raw, z, change); err != nil {
				return nil, err
			}
		}
		out.Write(raw)
	}
}

// retag puts changed addresses in the place of those of one tag.
func retag(raw []byte, z *html.Tokenizer, change func(string) (string, error)) ([]byte, error) {
	z.TagName()
	for more := true; more; {
		var name, value []byte
		name, value, more = z.TagAttr()
		if !links[string(name)] {
			continue
		}
		changed, err := change(string(value))
		if err != nil {
			return nil, err
		}
		if changed == string(value) {
			continue
		}
		was := []byte(string(name) + `="` + html.EscapeString(string(value)) + `"`)
		raw = bytes.Replace(raw, was, []byte(string(name)+`="`+html.EscapeString(changed)+`"`), 1)
	}
	return raw, nil
}

package browsertest

import (
	"context"
	"encoding/json"
	"sync/atomic"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/tracing"
	"github.com/chromedp/chromedp"
)

// Synced tells how often IndexedDB waited for the disk itself to have what was
// written, while do ran. A killed browser cannot show this: what it handed to
// the operating system outlives it, and only a phone that loses its power
// loses it. So Chromium's own trace is asked: its database notes each fsync.
func (p *Phone) Synced(tab *Tab, do func()) int {
	p.t.Helper()
	var syncs atomic.Int64
	ended := make(chan struct{})
	ctx, stop := context.WithCancel(tab.ctx)
	defer stop()
	err := chromedp.ListenBrowser(ctx, func(event any) {
		switch e := event.(type) {
		case *tracing.EventDataCollected:
			for _, value := range e.Value {
				if named(json.RawMessage(value), "WritableFile::Sync") {
					syncs.Add(1)
				}
			}
		case *tracing.EventTracingComplete:
			close(ended)
		}
	})
	if err == nil {
		_, err = chromedp.CallBrowser(ctx, tracing.Start, tracing.StartParams{
			TraceConfig: &tracing.TraceConfig{IncludedCategories: []string{"leveldb"}, ExcludedCategories: []string{"*"}},
		})
	}
	if err != nil {
		p.t.Fatalf("browsertest: begin a trace: %v", err)
	}
	do()
	if _, err := chromedp.CallBrowser(ctx, tracing.End, cdp.Empty{}); err != nil {
		p.t.Fatalf("browsertest: end a trace: %v", err)
	}
	select {
	case <-ended:
	case <-time.After(patience):
		p.t.Fatal("browsertest: the trace does not end")
	}
	return int(syncs.Load())
}

// named tells whether an event of a trace has a name.
func named(event json.RawMessage, name string) bool {
	var e struct {
		Name string `json:"name"`
	}
	return json.Unmarshal(event, &e) == nil && e.Name == name
}

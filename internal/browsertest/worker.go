package browsertest

import (
	"context"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/serviceworker"
	"github.com/chromedp/chromedp"
)

// StopWorkers ends the service workers of the tab's profile, as a system does
// that needs their memory.
func (tab *Tab) StopWorkers() {
	tab.t.Helper()
	tab.registration("")
	run(tab, "stop the workers", call(serviceworker.StopAllWorkers, cdp.Empty{}))
}

// StartWorker starts the service worker of a scope, for instance
// "http://127.0.0.1:8080/app/", without any page.
func (tab *Tab) StartWorker(scope string) {
	tab.t.Helper()
	tab.registration(scope)
	run(tab, "start the worker", call(serviceworker.StartWorker, serviceworker.StartWorkerParams{ScopeURL: scope}))
}

// NetworkBack tells the worker of a scope that there is a network, as a browser
// does for a tag that was registered for background sync.
func (tab *Tab) NetworkBack(scope, tag string) {
	tab.t.Helper()
	id := tab.registration(scope)
	run(tab, "sync "+tag, call(serviceworker.DispatchSyncEvent, serviceworker.DispatchSyncEventParams{
		Origin: tab.origin(), RegistrationID: id, Tag: tag,
	}))
}

// registration is the browser's own name for the registration of a scope. The
// browser tells it once it is asked to speak of workers at all.
func (tab *Tab) registration(scope string) serviceworker.RegistrationID {
	tab.t.Helper()
	found := make(chan serviceworker.RegistrationID, 1)
	ctx, stop := context.WithCancel(tab.ctx)
	defer stop()
	err := chromedp.Listen(ctx, func(event any) {
		updated, ok := event.(*serviceworker.EventWorkerRegistrationUpdated)
		if !ok {
			return
		}
		for _, r := range updated.Registrations {
			if r.ScopeURL == scope && !r.IsDeleted {
				select {
				case found <- r.RegistrationID:
				default: // told already
				}
			}
		}
	})
	if err != nil {
		tab.t.Fatalf("browsertest: listen for workers: %v", err)
	}
	run(tab, "speak of no workers", call(serviceworker.Disable, cdp.Empty{}))
	run(tab, "speak of workers", call(serviceworker.Enable, cdp.Empty{}))
	if scope == "" {
		return ""
	}
	select {
	case id := <-found:
		return id
	case <-time.After(patience):
		tab.t.Fatalf("browsertest: no worker for %s", scope)
		return ""
	}
}

package browsertest

import (
	"net/url"

	"github.com/chromedp/cdproto/storage"
)

// origin is the page's, for instance "http://127.0.0.1:8080".
func (tab *Tab) origin() string {
	tab.t.Helper()
	address, err := url.Parse(tab.URL())
	if err != nil || address.Host == "" {
		tab.t.Fatalf("browsertest: %q has no origin", tab.URL())
	}
	return address.Scheme + "://" + address.Host
}

// Quota lets the page's origin keep at most so many bytes; what it has stays,
// but nothing more fits when that is more already.
func (tab *Tab) Quota(bytes float64) {
	tab.t.Helper()
	run(tab, "set the quota", call(storage.OverrideQuotaForOrigin, storage.OverrideQuotaForOriginParams{Origin: tab.origin(), QuotaSize: &bytes}))
}

// NoQuota takes back what Quota said.
func (tab *Tab) NoQuota() {
	tab.t.Helper()
	run(tab, "lift the quota", call(storage.OverrideQuotaForOrigin, storage.OverrideQuotaForOriginParams{Origin: tab.origin()}))
}

// Wipe removes everything that the page's origin keeps, as a browser does that
// clears site data: databases, caches, workers and cookies.
func (tab *Tab) Wipe() {
	tab.t.Helper()
	tab.wipe("all")
}

// WipeStorage is Wipe of all but cookies: what a browser evicts by itself.
func (tab *Tab) WipeStorage() {
	tab.t.Helper()
	tab.wipe("cache_storage,file_systems,indexeddb,local_storage,service_workers,shader_cache,websql")
}

func (tab *Tab) wipe(kinds string) {
	tab.t.Helper()
	run(tab, "wipe", call(storage.ClearDataForOrigin, storage.ClearDataForOriginParams{Origin: tab.origin(), StorageTypes: kinds}))
}

// CacheNames gives the names of the caches of the page's origin, in the order
// in which they were made.
func (tab *Tab) CacheNames() []string {
	tab.t.Helper()
	return Eval[[]string](tab, `caches.keys()`)
}

// Caches gives the addresses that Cache Storage holds for the page's origin,
// by the name of the cache. It opens each, and so makes one again that is
// deleted in that moment: to wait for a cache to go, ask for CacheNames.
func (tab *Tab) Caches() map[string][]string {
	tab.t.Helper()
	return Eval[map[string][]string](tab, `(async () => {
		const kept = {};
		for (const name of await caches.keys()) {
			kept[name] = (await (await caches.open(name)).keys()).map((request) => request.url);
		}
		return kept;
	})()`)
}

// Kept gives what the page's origin keeps in IndexedDB as JSON texts, by
// "database/store"; bytes are written as base64. It holds up nobody: it reads
// the version that is there, and closes.
func (tab *Tab) Kept() map[string][]string {
	tab.t.Helper()
	return Eval[map[string][]string](tab, `(async () => {
		const done = (request) => new Promise((yes, no) => { request.onsuccess = () => yes(request.result); request.onerror = () => no(request.error); });
		const plain = (key, value) => {
			if (value instanceof ArrayBuffer) value = new Uint8Array(value);
			return value instanceof Uint8Array ? btoa(String.fromCharCode(...value)) : value;
		};
		const kept = {};
		for (const {name} of await indexedDB.databases()) {
			const db = await done(indexedDB.open(name));
			for (const store of db.objectStoreNames) {
				const from = db.transaction(store).objectStore(store);
				const [keys, values] = await Promise.all([done(from.getAllKeys()), done(from.getAll())]);
				kept[name + "/" + store] = values.map((value, i) => JSON.stringify({key: keys[i], value}, plain));
			}
			db.close();
		}
		return kept;
	})()`)
}

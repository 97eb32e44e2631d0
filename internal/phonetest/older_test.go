package phonetest

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"thntracker/internal/browsertest"
	"thntracker/internal/store/storetest"
)

// keepQueue writes the queue of this release beside those of earlier ones:
//
//	go test ./internal/phonetest -run TestOlderQueues -keep-queue 2
//
// Do so once for a release that changes what a phone keeps, with a number of its
// own, and never change a file that is there: phones may hold such a queue for 18
// months.
var keepQueue = flag.String("keep-queue", "", "number of a new fixture in testdata")

// oldQueue is what a phone kept, and what the server had to open it with.
type oldQueue struct {
	Shape json.RawMessage `json:"shape"` // of the database: version, stores and indexes
	Rows  json.RawMessage `json:"rows"`  // of its queue, bytes as base64
	Key   string          `json:"key"`   // the private half, as the server keeps it
	Grant string          `json:"grant"` // the hash of its token
	Until string          `json:"until"` // the grant's last day
}

// UX-36, F-35: the queues of all releases drain into this one.
func TestOlderQueues(t *testing.T) {
	t.Parallel()
	if *keepQueue != "" {
		writeQueue(t, filepath.Join("testdata", "queue-"+*keepQueue+".json"))
	}
	files, err := filepath.Glob(filepath.Join("testdata", "queue-*.json"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	drained := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		var old oldQueue
		require.NoError(t, json.Unmarshal(text, &old))
		w := openSmall(t, storetest.SQLiteURL(t))
		w.query(`INSERT INTO sealing_keys (programme_id, number, private_key, made_on) VALUES ('` + string(smallProgramme) + `', 1, '` + old.Key + `', '2026-01-01')`)
		w.query(`INSERT INTO submission_grants (programme_id, id, account_id, token_hash, issued_on, until_on, waiting, heard_on)
			SELECT '` + string(smallProgramme) + `', '5b1c0f1e-6d2a-4f6e-9a53-0c1d2e3f4a53', id, '` + old.Grant + `', '2026-01-01', '` + old.Until + `', 0, '2026-01-01' FROM accounts`)
		tab := browsertest.Touch(t)
		tab.Goto(w.proxy.URL() + "/nothing")
		rows := browsertest.Eval[int](tab, fmt.Sprintf(`(%s)(%s, %s)`, putQueue, old.Shape, old.Rows))
		tab.Goto(w.proxy.URL() + "/app/") // nobody has signed in: the grant is inside
		records := settled(t, tab, rows)
		require.Equal(t, map[string]int{"received": rows}, states(records), file)
		w.once(records)
		drained += rows
	}
	browsertest.Figure("UX-36", fmt.Sprintf("records of %d older queues that drained", len(files)), drained, "all")
}

// putQueue makes a database of an older shape and fills it.
const putQueue = `(shape, rows) => new Promise((done, failed) => {
	const opening = indexedDB.open("notes", shape.version);
	opening.onerror = () => failed(opening.error);
	opening.onupgradeneeded = () => {
		for (const s of shape.stores) {
			const store = opening.result.createObjectStore(s.name, {keyPath: s.keyPath, autoIncrement: s.autoIncrement});
			for (const i of s.indexes) store.createIndex(i.name, i.keyPath, {unique: i.unique});
		}
	};
	opening.onsuccess = () => {
		const writing = opening.result.transaction("queue", "readwrite");
		for (const row of rows) writing.objectStore("queue").put({...row, sealed: Uint8Array.from(atob(row.sealed), (c) => c.charCodeAt(0))});
		writing.oncomplete = () => { opening.result.close(); done(rows.length); };
	};
})`

// takeQueue gives the shape and the rows of the database as it is.
const takeQueue = `new Promise((done) => {
	const opening = indexedDB.open("notes");
	opening.onsuccess = () => {
		const db = opening.result, names = [...db.objectStoreNames], reading = db.transaction(names);
		const stores = names.map((name) => {
			const s = reading.objectStore(name);
			return {name, keyPath: s.keyPath, autoIncrement: s.autoIncrement, indexes: [...s.indexNames].map((i) => ({name: i, keyPath: s.index(i).keyPath, unique: s.index(i).unique}))};
		});
		reading.objectStore("queue").getAll().onsuccess = (event) => {
			const rows = event.target.result.map((row) => ({...row, sealed: btoa(String.fromCharCode(...row.sealed))}));
			db.close();
			done({shape: {version: db.version, stores}, rows});
		};
	};
})`

// writeQueue saves records of several kinds without signal and keeps the queue.
func writeQueue(t *testing.T, file string) {
	t.Helper()
	require.NoFileExists(t, file, "a queue that was released is never changed")
	w := openSmall(t, storetest.SQLiteURL(t))
	tab := phone(w)
	w.proxy.Stop()
	firstKit(tab)
	saveMany(t, tab, 1)
	tab.Tap("#say .undo")
	savedUndone(t, tab, 3)
	show(t, tab, "several")
	tab.Fill(form+" [name=risk_first]", "12")
	tab.Tap(save)
	savedAgain(t, tab, 4)
	show(t, tab, "used")
	for _, question := range []string{"giver", "doses", "outcome", "ambulance"} {
		choose(tab, question, options(tab, question)[0])
	}
	tab.Tap(save)
	savedAgain(t, tab, 5)
	show(t, tab, "training")
	tab.Fill(form+" .tally input", "7")
	tab.Tap(save)
	savedAgain(t, tab, 6)

	old := browsertest.Eval[oldQueue](tab, takeQueue)
	old.Key = w.query(`SELECT private_key FROM sealing_keys`)[0]
	old.Grant = w.query(`SELECT token_hash FROM submission_grants`)[0]
	old.Until = w.query(`SELECT until_on FROM submission_grants`)[0]
	text, err := json.MarshalIndent(old, "", " ")
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
	require.NoError(t, os.WriteFile(file, append(text, '\n'), 0o644))
}

// savedUndone waits until taking back is kept as well.
func savedUndone(t *testing.T, tab *browsertest.Tab, records int) {
	t.Helper()
	eventually(t, func() bool { return len(queue(t, tab)) == records }, "it is kept")
	tab.Wait("#say .undone")
}

package server

import "sync"

// mostKept is how many files of releases stay in memory: the newest releases in
// three languages. When it is reached all go, and those still asked for come back.
const mostKept = 96

// kept are the files of releases that were made already. A release never changes,
// so a file is made once however many ask for it at once; it is only ever looked up
// after it is known who asks and that the release may be read.
type kept struct {
	mu    sync.Mutex
	files map[string]func() (reply, error)
}

// once gives the file of a name, made by the first who asks for it.
func (k *kept) once(name string, file func() (reply, error)) (reply, error) {
	k.mu.Lock()
	made := k.files[name]
	if made == nil {
		if k.files == nil || len(k.files) >= mostKept {
			k.files = map[string]func() (reply, error){}
		}
		made = sync.OnceValues(file)
		k.files[name] = made
	}
	k.mu.Unlock()
	answer, err := made()
	if err != nil {
		k.mu.Lock()
		delete(k.files, name) // the next who asks may have more luck
		k.mu.Unlock()
	}
	return answer, err
}

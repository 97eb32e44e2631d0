package server

import (
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"thntracker/internal/thn"
)

// lookHeld is how long one look at the shelf answers everybody: a release that is
// published by another process shows that much later. It bounds what many readers
// cost the database to four looks a second for each country.
const lookHeld = 250 * time.Millisecond

// looks are the newest looks at the shelf, by country.
type looks struct {
	mu      sync.Mutex
	flights singleflight.Group
	held    map[string][]thn.Edition
	turn    int
}

// at gives what stood on the shelf a moment ago, or reads it.
func (l *looks) at(country string, read func() ([]thn.Edition, error)) ([]thn.Edition, error) {
	l.mu.Lock()
	list, known := l.held[country]
	turn := l.turn
	l.mu.Unlock()
	if known {
		return list, nil
	}
	found, err, _ := l.flights.Do(strconv.Itoa(turn)+country, func() (any, error) {
		list, err := read()
		if err == nil {
			l.hold(turn, country, list)
		}
		return list, err
	})
	return found.([]thn.Edition), err
}

// hold keeps a look for a moment, unless it began before the shelf was changed here.
func (l *looks) hold(turn int, country string, list []thn.Edition) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.turn != turn {
		return
	}
	if l.held == nil {
		l.held = map[string][]thn.Edition{}
	}
	l.held[country] = list
	time.AfterFunc(lookHeld, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.turn == turn {
			delete(l.held, country)
		}
	})
}

// again makes the next reader look: this server has just published something.
func (l *looks) again() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.turn++
	l.held = nil
}

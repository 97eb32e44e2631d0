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

// onShelf is what a look at the shelf shows: the releases for everybody that may be
// read, and what was announced of others.
type onShelf struct {
	open []thn.Edition
	said []thn.Announcement
}

// looks are the newest looks at the shelf, by country.
type looks struct {
	mu      sync.Mutex
	flights singleflight.Group
	held    map[string]onShelf
	turn    int
}

// at gives what stood on the shelf a moment ago, or reads it.
func (l *looks) at(country string, read func() (onShelf, error)) (onShelf, error) {
	l.mu.Lock()
	look, known := l.held[country]
	turn := l.turn
	l.mu.Unlock()
	if known {
		return look, nil
	}
	found, err, _ := l.flights.Do(strconv.Itoa(turn)+country, func() (any, error) {
		look, err := read()
		if err == nil {
			l.hold(turn, country, look)
		}
		return look, err
	})
	return found.(onShelf), err
}

// hold keeps a look for a moment, unless it began before the shelf was changed here.
func (l *looks) hold(turn int, country string, look onShelf) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.turn != turn {
		return
	}
	if l.held == nil {
		l.held = map[string]onShelf{}
	}
	l.held[country] = look
	time.AfterFunc(lookHeld, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.turn == turn {
			delete(l.held, country)
		}
	})
}

// again makes the next reader look: this server has just published or announced something.
func (l *looks) again() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.turn++
	l.held = nil
}
